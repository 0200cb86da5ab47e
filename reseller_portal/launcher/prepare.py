"""Brings database, static files and demo data up to date, in one process: Django starts once."""

import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands

SETUP = "setup.txt"
"""In PORTAL_HOME: the address and the code of the wizard, while there is something to set up."""


def prepare() -> None:
    """Migrates, collects static files if they changed, and writes demo data for a sandbox.

    Without a sandbox it writes how the wizard is opened, while there is something to set up.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reseller_portal.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    _collect_static()
    if settings.SANDBOX_URL and "demo" in get_commands():
        call_command("demo")
    elif not settings.SANDBOX_URL:
        call_command("setup", file=Path(settings.PORTAL_HOME) / SETUP)


def _collect_static() -> None:
    # Hashing and compressing everything takes seconds; the second start is to take none.
    stamp = Path(settings.PORTAL_HOME) / "static.stamp"
    state = _static_state()
    if stamp.exists() and stamp.read_text() == state and Path(settings.STATIC_ROOT).is_dir():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)


def _static_state() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            digest.update(f"{path}|{file.st_size}|{file.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    prepare()
