"""Microsoft's time: the system's, plus the offset of the sandbox's clock that one can turn."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import now
from pytest_django import Settings

from common import clock

WEEK = timedelta(days=7)


@pytest.fixture
def _sandbox_is_used(settings: Settings) -> None:
    settings.SANDBOX_URL = "http://127.0.0.1:8010"


def _ahead() -> timedelta:
    return clock.microsoft_now() - now()


def test_at_the_real_microsoft_it_is_our_own(settings: Settings) -> None:
    """Its `Date` header is not trusted: nobody may turn our clock from outside."""
    settings.SANDBOX_URL = ""
    clock.note_offset(WEEK)
    assert abs(_ahead()) < timedelta(seconds=1)


@pytest.mark.usefixtures("_sandbox_is_used")
def test_a_turned_clock_is_followed() -> None:
    clock.note_offset(WEEK)
    assert abs(_ahead() - WEEK) < timedelta(seconds=1)
    clock.note_offset(timedelta(seconds=1))
    assert abs(_ahead()) < timedelta(seconds=1)


@pytest.mark.usefixtures("_sandbox_is_used")
def test_the_networks_delay_is_not_a_turn() -> None:
    clock.note_offset(WEEK)
    clock.note_offset(WEEK - timedelta(seconds=3))
    assert clock.offset() == WEEK


@pytest.mark.usefixtures("_sandbox_is_used")
def test_another_process_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    clock.note_offset(WEEK)
    monkeypatch.setattr(clock, "_last", timedelta(0))
    assert clock.offset() == WEEK


@pytest.mark.usefixtures("_sandbox_is_used")
def test_with_the_cache_lost_the_last_one_holds() -> None:
    clock.note_offset(WEEK)
    cache.clear()
    assert clock.offset() == WEEK
