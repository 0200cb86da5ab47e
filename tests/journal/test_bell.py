"""Ringing is bounded and never raises; the sweep follows in any case."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from celery import current_app
from django.db import transaction

from journal import bell, services, tasks
from journal.models import Operation, State
from tests.journal.broker import broker_down, broker_frozen
from tests.journal.conftest import ASKER, Ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_bells() -> Iterator[None]:
    current_app.control.purge()
    yield
    current_app.control.purge()


def test_asking_rings_after_the_commit(ask: Ask) -> None:
    with transaction.atomic():
        ask()
        assert bell.unheard() == 0
    assert bell.unheard() == 1


@pytest.mark.parametrize("broken", [broker_down, broker_frozen])
def test_with_the_broker_away_asking_is_quick_and_nothing_is_lost(
    ask: Ask, broken: Callable[[], AbstractContextManager[None]]
) -> None:
    with broken():
        began = time.monotonic()
        with transaction.atomic():
            for number in range(10):
                services.ask(kind="try.write", account_id=None, subject=f"thing:{number}", by=ASKER)
        took = time.monotonic() - began
    assert took < 20
    assert Operation.objects.filter(state=State.TODO).count() == 10
    assert bell.unheard() == 0
    tasks.sweep()
    assert bell.unheard() == 10


def test_later_callbacks_of_the_commit_still_run(ask: Ask) -> None:
    ran: list[str] = []
    with broker_down(), transaction.atomic():
        ask()
        transaction.on_commit(lambda: ran.append("later"))
    assert ran == ["later"]


def test_a_sweep_does_not_flood_the_broker(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SWEEP_AT_ONCE", 3)
    with broker_down():
        for number in range(5):
            ask(subject=f"thing:{number}")
    for _round in range(4):
        tasks.sweep()
    assert bell.unheard() == 3


def test_one_room_that_fails_does_not_keep_others_from_planning(
    settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.JOURNAL_DAILY = [  # type: ignore[attr-defined]
        "tests.journal.test_bell.fail_to_plan",
        "tests.journal.test_bell.plan",
    ]
    tasks.plan_daily()
    tasks.plan_daily()
    assert [each.once for each in Operation.objects.all()] == ["try.write:2026-11-21"]
    assert "fail_to_plan" in caplog.text


def fail_to_plan() -> None:
    raise LookupError


def plan() -> None:
    with transaction.atomic():
        services.ask(
            kind="try.write",
            account_id=None,
            subject="thing:1",
            by=ASKER,
            once="try.write:2026-11-21",
        )
