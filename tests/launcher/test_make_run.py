"""The whole house on one command, on other ports and in another folder."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.launcher.free import free_ports
from tests.launcher.processes import descendants, gone

pytestmark = pytest.mark.full

LAUNCHER = [sys.executable, "-m", "reseller_portal.launcher"]
GIVEN = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "SANDBOX_URL"}
GIVEN |= {"DNS_ROOTS", "DNS_PORT", "STATICFILES_BACKEND", "PORTAL_URL"}


class Installation:
    """An installation in a folder of its own, driven like a person at a terminal."""

    def __init__(self, home: Path) -> None:
        self.home = home
        clean = {name: value for name, value in os.environ.items() if name not in GIVEN}
        self.environment = clean | free_ports() | {"PORTAL_HOME": str(home)}
        self.url = f"http://127.0.0.1:{self.environment['PORT']}"
        self.process: subprocess.Popen[str] | None = None
        self.output = home.with_name(f"{home.name}.txt")

    def start(self) -> None:
        """Starts it and waits until it answers and has told so."""
        began = time.monotonic()
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                LAUNCHER, env=self.environment, stdout=output, stderr=output, text=True
            )
        while not (self.ready() and "The portal is ready" in self.output.read_text()):
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() - began < 300, self.output.read_text()
            time.sleep(0.1)

    def ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def end(self, how: signal.Signals) -> list[int]:
        """Ends the supervisor with a signal; the processes that it had started."""
        assert self.process is not None
        family = descendants(self.process.pid)
        self.process.send_signal(how)
        self.process.wait(60)
        return family

    def say(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Runs the launcher to its end."""
        return subprocess.run(
            [*LAUNCHER, *words], env=self.environment, capture_output=True, text=True, timeout=120
        )


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    one = Installation(tmp_path / "home")
    yield one
    if one.process is not None and one.process.poll() is None:
        one.end(signal.SIGTERM)
    one.say("reset")


def test_it_starts_keeps_its_data_and_leaves_nothing_behind(installation: Installation) -> None:
    installation.start()
    demo = json.loads((installation.home / "demo.json").read_text())
    assert demo["portal"] == installation.url
    assert "owner@northwind.example" in demo["users"]

    second = installation.say("run")
    assert second.returncode == 1
    assert "is running already" in second.stdout
    assert len(second.stdout.splitlines()) == 1
    assert "is running already" in installation.say("reset").stdout

    family = installation.end(signal.SIGINT)
    assert len(family) > 10
    assert all(gone(pid) for pid in family)

    secrets = (installation.home / "secrets.json").read_text()
    installation.start()
    assert (installation.home / "secrets.json").read_text() == secrets
    again = json.loads((installation.home / "demo.json").read_text())
    assert again["users"].keys() == demo["users"].keys()

    family = installation.end(signal.SIGKILL)
    assert all(gone(pid) for pid in family)

    assert installation.say("reset").returncode == 0
    assert not installation.home.exists()


def test_web_worker_scheduler_sandbox_and_engines_start_again(installation: Installation) -> None:
    installation.start()
    assert installation.process is not None
    # Keepers and engines are the supervisor's own children.
    first = descendants(installation.process.pid, depth=1)
    assert len(first) == 7
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    assert all(gone(pid) for pid in first)
    deadline = time.monotonic() + 120
    while not (installation.ready() and len(descendants(installation.process.pid, depth=1)) == 7):
        assert time.monotonic() < deadline, installation.output.read_text()
        time.sleep(0.2)
