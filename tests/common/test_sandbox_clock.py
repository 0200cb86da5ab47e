"""In the demo the portal hears that the sandbox's clock was turned, though nobody called."""

from datetime import timedelta

import pytest

from common.clock import offset
from reseller_portal.celery import hear_sandbox_clock
from tests.sandbox_fixture import LiveSandbox


def test_a_turned_clock_is_heard(
    live_sandbox: LiveSandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANDBOX_URL", live_sandbox.url)
    live_sandbox.post("clock", {"advance": "P8D"})
    hear_sandbox_clock()
    assert abs(offset() - timedelta(days=8)) < timedelta(minutes=1)


def test_a_sandbox_that_is_away_is_asked_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_URL", "http://127.0.0.1:1")
    hear_sandbox_clock()
