"""`manage.py serve_zones`: the name server of the portal's own zones."""

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dnsconfig.embedded.replies import Responder
from dnsconfig.embedded.server import NameServer


class Command(BaseCommand):
    """Serves until SIGTERM or Ctrl-C."""

    help = "Serves the own zones over DNS (UDP and TCP): a hidden primary for their secondaries."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.ZONES_DNS_PORT)

    def handle(self, *_args: Any, **options: Any) -> None:
        stopping = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        try:
            server = NameServer(Responder().respond, host=options["host"], port=options["port"])
        except OSError as error:
            raise CommandError(f"Port {options['port']}: {error.strerror}") from error
        self.stdout.write(f"Own zones are served at {options['host']} port {server.port}.")
        self.stdout.flush()
        stopping.wait()
        server.stop()
