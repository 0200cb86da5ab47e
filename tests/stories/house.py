"""The portal's own processes on the database of a test: worker, schedule and web."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from django.db import connection

from reseller_portal.launcher.engines import free_port
from tests.sandbox_fixture import LiveSandbox

CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "reseller_portal"]

Process = subprocess.Popen[bytes]


@dataclass
class House:
    """Starts processes; each leads a group of its own and is killed with it at the latest."""

    environment: dict[str, str]
    folder: Path
    running: list[Process] = field(default_factory=list)

    def worker(self) -> Process:
        """Two at a time, as separate processes."""
        options = ["--concurrency", "2", "--without-gossip", "--without-mingle"]
        return self._start("worker", *CELERY, "worker", *options)

    def schedule(self) -> Process:
        """The real schedule, which only rings."""
        options = ["--pidfile", "", "--schedule", str(self.folder / "schedule")]
        return self._start("schedule", *CELERY, "beat", *options)

    def web(self) -> str:
        """The production server; its address once it answers."""
        url = f"http://127.0.0.1:{free_port()}"
        server = [sys.executable, "-m", "gunicorn", "reseller_portal.wsgi:application"]
        server += ["--bind", url.removeprefix("http://"), "--worker-class", "gthread"]
        server += ["--threads", "4", "--no-control-socket"]
        self._start("web", *server)
        latest = time.monotonic() + 120
        while not _answers(url):
            assert time.monotonic() < latest, "the web process does not answer"
            time.sleep(0.1)
        return url

    def kill(self, process: Process) -> None:
        """SIGKILL to it and all its children."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(60)

    def _start(self, name: str, *command: str) -> Process:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        self.running.append(process)
        return process


@contextmanager
def opened(live: LiveSandbox, folder: Path, **more: str) -> Iterator[House]:
    """A house beside this sandbox; `more` are settings. In the end nothing of it runs."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    settings = {
        "DJANGO_SETTINGS_MODULE": "reseller_portal.settings",
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "SANDBOX_URL": live.url,
        "DNS_PORT": str(live.dns_port),
        "EMAIL_URL": f"smtp://127.0.0.1:{live.smtp_port}",
        **more,
    }
    house = House(os.environ | settings, folder)
    try:
        yield house
    finally:
        for process in house.running:
            house.kill(process)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", timeout=3).is_success
    except httpx.TransportError:
        return False
