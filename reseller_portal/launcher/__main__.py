"""`python -m reseller_portal.launcher [run | reset]`; `--with-parent`: end when the caller ends."""

import argparse
import ctypes
import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reseller_portal.launcher import installation, places
from reseller_portal.launcher.engines import EngineFailed
from reseller_portal.launcher.installation import WrongSetting
from reseller_portal.launcher.logs import say
from reseller_portal.launcher.run import run
from reseller_portal.launcher.supervisor import StartFailed, Stopped

_PR_SET_PDEATHSIG = 1


class Running(Exception):
    """The installation is running."""


def main() -> int:
    """The exit code: 0 after a clean stop, 1 after one sentence about what is in the way."""
    parser = argparse.ArgumentParser(prog="python -m reseller_portal.launcher")
    parser.add_argument("what", nargs="?", choices=["run", "reset"], default="run")
    parser.add_argument("--with-parent", action="store_true", help="end when the caller ends")
    wish = parser.parse_args()
    if wish.with_parent:
        _end_with_parent()
    try:
        here = installation.read()
        if wish.what == "reset":
            _reset(here.home)
            return 0
        here.home.mkdir(parents=True, exist_ok=True)
        with _alone(here.home):
            run(here)
    except Stopped:
        say("Everything has stopped.")
    except (StartFailed, EngineFailed, WrongSetting, Running) as error:
        say(str(error))
        return 1
    return 0


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def _reset(home: Path) -> None:
    if not home.exists():
        say(f"Nothing to forget: {home} does not exist.")
        return
    if not (home / "lock").exists():
        raise WrongSetting(f"{home} is not a folder of the portal; it stays as it is.")
    with _alone(home):
        places.forget_engines(home)
        shutil.rmtree(home)
    say(f"Forgotten: {home}")


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Holds the installation's lock; the kernel lets it go however we end.

    Raises:
        Running: somebody else holds it.
    """
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Running(
                f"The portal in {home} is running already (process {lock.read()}): stop it first."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


if __name__ == "__main__":
    sys.exit(main())
