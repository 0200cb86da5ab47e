"""What the figures are measured on: gunicorn with one worker, PostgreSQL, and the sandbox."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.sandbox_fixture import LiveSandbox, started


@dataclass(frozen=True)
class Portal:
    url: str
    sandbox: LiveSandbox


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def portal() -> Iterator[Portal]:
    """A migrated database, the sandbox without delays, one web process."""
    with started() as sandbox:
        sandbox.post("delays", {"all": 0})
        os.environ |= {
            "SANDBOX_URL": sandbox.url,
            "DNS_PORT": str(sandbox.dns_port),
            "EMAIL_URL": f"smtp://127.0.0.1:{sandbox.smtp_port}",
            "DJANGO_SETTINGS_MODULE": "reseller_portal.settings",
            "LOG_LEVEL": "ERROR",
        }
        import django
        from django.conf import settings
        from django.core.management import call_command

        django.setup()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        port = free_port()
        web = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4",
             "--log-level", "error", "benchmarks.wsgi:application"],
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/empty")
            yield Portal(url, sandbox)
        finally:
            web.terminate()
            web.wait(10)


def _wait_for(url: str) -> None:
    for _try in range(100):
        try:
            httpx.get(url, timeout=2)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(url)
