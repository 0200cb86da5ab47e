"""A real Celery worker is killed in the middle of a write; another one finishes it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection

from journal import tasks
from journal.models import Event, Operation, State
from tests.journal.conftest import Ask
from tests.journal.moments import lease_lapses

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    """A prefork worker, leader of a group of its own; killed with all its children at the end."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.journal.worker_settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    command = [sys.executable, "-m", "celery", "-A", "reseller_portal", "worker"]
    command += ["--pool", "prefork", "--concurrency", "1", "--without-gossip", "--without-mingle"]
    process = subprocess.Popen(
        command,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)


def _until(ready: Callable[[], bool], seconds: float = 120) -> None:
    latest = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < latest, "it never came"
        time.sleep(0.05)


def test_sigkill_in_the_middle_of_a_write(ask: Ask, tmp_path: Path, settings: object) -> None:
    current_app.control.purge()
    sent = tmp_path / "sent"
    with _worker() as first:
        operation = ask("try.slow", params={"place": str(tmp_path)}, secret={"password": "x"})
        _until(sent.exists)
        _kill(first)
    operation.refresh_from_db()
    assert operation.state == State.DOING
    lease_lapses(operation)
    (tmp_path / "go").touch()
    with _worker():
        tasks.sweep()
        _until(lambda: Operation.objects.filter(state=State.DONE).exists())
    first_try, second_try = sent.read_text().splitlines()
    assert first_try == second_try, "the same id and the same bytes"
    assert Operation.objects.get().result == {"by": 2}
    assert Event.objects.filter(kind="try.written").count() == 1
