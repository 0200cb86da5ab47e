"""Several workers at once, each with a database connection of its own."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from journal import heartbeat, remote
from journal.models import Attempt, Event, Operation, State, operations
from tests.journal.conftest import Ask
from tests.journal.moments import lease_lapses
from tests.journal.other_side import OtherSide

pytestmark = pytest.mark.django_db(transaction=True)


def _in_threads(*jobs: Callable[[], object]) -> list[object]:
    """What each job answers; all start together."""
    answers: list[object] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def _run(index: int, job: Callable[[], object]) -> None:
        try:
            start.wait(5)
            answers[index] = job()
        finally:
            connection.close()

    threads = [threading.Thread(target=_run, args=(index, job)) for index, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return answers


def test_of_many_workers_one_wins(ask: Ask, remote_side: OtherSide) -> None:
    wishes = [ask(subject=f"thing:{number}") for number in range(5)]
    for wish in wishes:
        won = _in_threads(*[lambda wish=wish: remote.perform(wish.pk)] * 4)  # type: ignore[misc]
        assert sorted(map(bool, won)) == [False, False, False, True]
    assert len(remote_side.calls) == len(wishes)


def test_a_subject_is_never_done_twice_at_a_time(ask: Ask, remote_side: OtherSide) -> None:
    """Even when the second one is started while the first is being claimed."""
    first, second = ask(), ask()
    running = threading.Event()
    seen: list[int] = []

    def _answer() -> None:
        running.set()
        time.sleep(0.3)
        seen.append(Operation.objects.filter(state=State.DOING).count())

    def _second() -> bool:
        assert running.wait(5)
        return remote.perform(second.pk)

    remote_side.plan = [_answer]
    assert _in_threads(lambda: remote.perform(first.pk), _second) == [True, False]
    assert seen == [1]
    assert remote.perform(second.pk)


def test_the_database_itself_refuses_two_of_a_subject(ask: Ask) -> None:
    first, second = ask(), ask()
    assert first.claim(at=first.not_before)
    assert not second.claim(at=second.not_before)


def test_a_late_answer_is_dropped(ask: Ask, remote_side: OtherSide) -> None:
    """The first worker was silent for too long; its answer comes after the second one's."""
    operation = ask()
    overtaken = threading.Event()
    waiting = threading.Event()

    def _slow() -> None:
        waiting.set()
        assert overtaken.wait(10)

    def _second() -> bool:
        assert waiting.wait(5)
        lease_lapses(operation)
        done = remote.perform(operation.pk)
        overtaken.set()
        return done

    remote_side.plan = [_slow]
    assert _in_threads(lambda: remote.perform(operation.pk), _second) == [False, True]
    assert len(remote_side.effects) == 1
    assert Event.objects.filter(kind="try.written").count() == 1
    outcomes = Attempt.objects.values_list("number", "outcome")
    assert sorted(outcomes) == [(1, "lost"), (2, "done")]


def test_the_heartbeat_keeps_a_long_one(
    ask: Ask, remote_side: OtherSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.05)
    monkeypatch.setattr(operations, "LEASE", timedelta(seconds=0.4))
    operation = ask()
    remote_side.plan = [lambda: time.sleep(1.2)]

    def _others() -> list[bool]:
        tried = []
        for _time in range(10):
            time.sleep(0.1)
            tried.append(remote.perform(operation.pk))
        return tried

    assert _in_threads(lambda: remote.perform(operation.pk), _others) == [True, [False] * 10]
    assert len(remote_side.calls) == 1


def test_one_that_hangs_is_left_at_last(
    ask: Ask, remote_side: OtherSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "INTERVAL", 0.05)
    monkeypatch.setattr(heartbeat, "LONGEST", 0.2)
    monkeypatch.setattr(operations, "LEASE", timedelta(seconds=0.2))
    operation = ask()
    remote_side.plan = [lambda: time.sleep(1.0)]

    def _second() -> bool:
        time.sleep(0.7)
        return remote.perform(operation.pk)

    assert _in_threads(lambda: remote.perform(operation.pk), _second) == [False, True]
    assert len(remote_side.effects) == 1


def test_a_database_away_for_a_moment_does_not_stop_the_heartbeat(
    ask: Ask, remote_side: OtherSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    monkeypatch.setattr(heartbeat, "INTERVAL", 0.05)
    beats: list[str] = []
    renew = Operation.renew_lease

    def _shaky(self: Operation) -> bool:
        beats.append("beat")
        if len(beats) == 1:
            raise OperationalError("server closed the connection")
        return renew(self)

    monkeypatch.setattr(Operation, "renew_lease", _shaky)
    operation = ask()
    remote_side.plan = [lambda: time.sleep(0.5)]
    assert remote.perform(operation.pk)
    assert len(beats) > 2
