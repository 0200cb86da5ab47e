"""`manage.py demo`: fills the portal for trying it out, in sandbox mode only."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panel import demo


class Command(BaseCommand):
    help = "Make the demo's resellers and people; write demo.json into PORTAL_HOME."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.SANDBOX_URL:
            raise CommandError("The demo needs the sandbox: SANDBOX_URL is not set.")
        root = settings.DNS_ROOTS[0] if settings.DNS_ROOTS else "127.0.0.1"
        file = settings.PORTAL_HOME / "demo.json"
        demo.set_up(dns=f"{root}:{settings.DNS_PORT}", file=file)
        self.stdout.write(f"Demo accounts are in {file}")
