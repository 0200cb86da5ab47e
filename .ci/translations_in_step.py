"""Fails when a text is not translated, is fuzzy, or a catalogue is not built from its source.

Collects the texts into a copy of the catalogues, so the checkout stays as it is. Needs gettext.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
LEFT_OUT = shutil.ignore_patterns(
    ".*", "node_modules", "tests", "sandbox", "benchmarks", "static", "__pycache__"
)


def main() -> int:
    if shutil.which("xgettext") is None:
        sys.stdout.write("gettext is missing: translations cannot be checked.\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "portal"
        shutil.copytree(".", copy, ignore=LEFT_OUT)
        collect(copy)
        wrong = statistics(copy / CATALOGUE) + lost(copy / CATALOGUE)
    wrong += stale()
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


def collect(copy: Path) -> None:
    command = [sys.executable, "manage.py", "makemessages", "--locale=fr", "--no-obsolete"]
    environment = os.environ | {
        "SECRET_KEY": "tools",
        "FIELD_ENCRYPTION_KEYS": "dG9vbHMgb25seSwgMzIgYnl0ZXMgbG9uZywgbm9uZSE=",
        "PYTHONPATH": "",
    }
    subprocess.run(  # noqa: S603 - our own command
        command, cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def statistics(catalogue: Path) -> list[str]:
    """Complaints about texts without a sure translation, with the texts."""
    wrong = []
    for kind in ("--untranslated", "--only-fuzzy"):
        found = texts(catalogue, kind)
        wrong += [f"{kind.lstrip('-')}: {text}" for text in found]
    if wrong:
        wrong.append("Run `make translations`, complete the catalogue, and run it again.")
    return wrong


def texts(catalogue: Path, kind: str) -> list[str]:
    done = subprocess.run(  # noqa: S603 - gettext's own tool
        [shutil.which("msgattrib") or "msgattrib", kind, "--no-wrap", str(catalogue)],
        check=True,
        capture_output=True,
        text=True,
    )
    return [text for text in re.findall(r'^msgid "(.+)"', done.stdout, re.MULTILINE) if text]


def lost(collected: Path) -> list[str]:
    """Texts that the committed catalogue does not have."""
    here = set(re.findall(r'^msgid "(.+)"', CATALOGUE.read_text(), re.MULTILINE))
    there = set(re.findall(r'^msgid "(.+)"', collected.read_text(), re.MULTILINE))
    return [f"not in {CATALOGUE}: {text}" for text in sorted(there - here)]


def stale() -> list[str]:
    """Built catalogues that differ from what their source gives."""
    kept = CATALOGUE.with_suffix(".mo")
    with tempfile.NamedTemporaryFile() as built:
        subprocess.run(  # noqa: S603 - gettext's own tool
            [shutil.which("msgfmt") or "msgfmt", "-o", built.name, str(CATALOGUE)], check=True
        )
        if kept.exists() and Path(built.name).read_bytes() == kept.read_bytes():
            return []
    return [f"{kept} is not built from its source: make translations"]


if __name__ == "__main__":
    sys.exit(main())
