"""`manage.py setup`: the code that opens the operator's wizard on a new installation."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from panel.first_run import codes, services


class Command(BaseCommand):
    """Changes nothing on an installation that is set up, unless `--again`."""

    help = "Prints the address of the wizard, and the code that opens it while nobody is staff."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="open the wizard once more")
        parser.add_argument("--file", type=Path, help="keep what is printed here, for the launcher")

    def handle(self, *_args: Any, **options: Any) -> None:
        text = _told(again=options["again"])
        if options["file"] is not None:
            _keep(options["file"], text)
        self.stdout.write(
            text or "The portal is set up. `manage.py setup --again` opens the wizard."
        )


def _told(*, again: bool) -> str:
    """Empty when there is nothing to open."""
    setup = services.begin(again=again)
    if setup is None:
        return ""
    lines = [f"Set the portal up: {settings.PORTAL_URL}{reverse('panel:setup')}"]
    if services.operators_exist():
        lines.append("Sign in there as staff.")
    else:
        lines.append(f"Code, good once and for a day: {codes.make_code(setup)}")
    return "\n".join(lines)


def _keep(file: Path, text: str) -> None:
    """Readable by its owner only; gone when there is nothing to tell."""
    file.unlink(missing_ok=True)
    if text:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(text + "\n")
