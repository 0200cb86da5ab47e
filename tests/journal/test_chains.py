"""Steps follow each other, subjects take turns, and giving up reaches all that waits."""

import pytest
from django.utils.timezone import now

from journal import remote, services
from journal.models import Event, Operation, State
from tests.journal.conftest import ASKER, Ask
from tests.journal.other_side import Killed, OtherSide

pytestmark = pytest.mark.django_db


def _due() -> list[int]:
    return list(Operation.objects.due(now()).order_by("pk").values_list("pk", flat=True))


def _states(*operations: Operation) -> list[str]:
    rows = Operation.objects.in_bulk([each.pk for each in operations])
    return [rows[each.pk].state for each in operations]


def test_a_step_waits_for_the_one_before(ask: Ask) -> None:
    first = ask(subject="a:1", journey="j:1")
    second = ask(subject="b:1", journey="j:1", after=first)
    assert _due() == [first.pk]
    assert not remote.perform(second.pk)
    remote.perform(first.pk)
    assert _due() == [second.pk]


def test_finishing_rings_for_the_next(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    first, same_subject = ask(), ask()
    follower = ask(subject="b:1", after=first)
    rung: list[int] = []
    monkeypatch.setattr("journal.bell.ring", rung.extend)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remote.perform(first.pk)
    assert sorted(rung) == [same_subject.pk, follower.pk]


def test_one_subject_one_at_a_time_in_order(ask: Ask, remote_side: OtherSide) -> None:
    first, second, other = ask(), ask(), ask(subject="thing:2")
    assert _due() == [first.pk, other.pk]
    remote_side.plan = [lambda: [remote.perform(second.pk), remote.perform(other.pk)]]
    remote.perform(first.pk)
    assert _states(first, second, other) == [State.DONE, State.TODO, State.DONE]
    assert _due() == [second.pk]


def test_a_silent_worker_still_holds_its_subject(ask: Ask, remote_side: OtherSide) -> None:
    first, second = ask(), ask()
    remote_side.plan = ["killed_after"]
    with pytest.raises(Killed):
        remote.perform(first.pk)
    assert _due() == []
    assert not remote.perform(second.pk)


def test_an_error_lets_the_next_of_its_subject_go_first(ask: Ask, remote_side: OtherSide) -> None:
    first, second = ask(), ask()
    remote_side.plan = ["refused"]
    remote.perform(first.pk)
    assert remote.perform(second.pk)
    services.retry(operation=first, by=ASKER)
    assert remote.perform(first.pk)
    assert _states(first, second) == [State.DONE, State.DONE]


def test_steps_that_hang_on_an_error_block_nobody(ask: Ask, remote_side: OtherSide) -> None:
    """A welcome mail that waits for a refused order must not hold up the tenant's other work."""
    failing = ask(subject="order:1", journey="order:1")
    near = ask(subject="tenant:1", journey="order:1", after=failing)
    far = ask(subject="tenant:1", journey="order:1", after=near)
    later = ask(subject="tenant:1")
    assert _due() == [failing.pk]
    remote_side.plan = ["refused"]
    remote.perform(failing.pk)
    assert _due() == [later.pk]
    services.retry(operation=failing, by=ASKER)
    assert _due() == [failing.pk], "now they come first again"
    remote.perform(failing.pk)
    for each in (near, far, later):
        assert remote.perform(each.pk)


def test_cancelling_reaches_all_that_waits(ask: Ask) -> None:
    first = ask(secret={"password": "x"})
    second = ask(after=first)
    third = ask(after=second)
    beside = ask(subject="thing:2")
    assert services.cancel(operation=first, by=ASKER)
    assert _states(first, second, third, beside) == ["cancelled"] * 3 + [State.TODO]
    assert Operation.objects.get(pk=first.pk).secret is None
    told = Event.objects.filter(kind="operation.cancelled", by_label=ASKER.label)
    assert told.count() == 3
    assert not services.cancel(operation=first, by=ASKER)
    assert not services.retry(operation=first, by=ASKER)


def test_what_may_have_been_sent_is_not_cancelled(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    remote_side.plan = ["lost"]
    remote.perform(operation.pk)
    assert not services.cancel(operation=operation, by=ASKER)
    assert not services.cancel(operation=Operation.objects.get(pk=operation.pk), by=ASKER)


def test_what_was_refused_may_be_cancelled(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    remote_side.plan = ["refused"]
    remote.perform(operation.pk)
    assert services.cancel(operation=operation, by=ASKER)


def test_what_is_being_done_is_not_cancelled(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask("try.poll")
    assert operation.claim(at=now())
    assert not services.cancel(operation=operation, by=ASKER)
    assert not services.retry(operation=operation, by=ASKER)


def test_scheduled_work_is_written_once(ask: Ask) -> None:
    first, again = ask(once="check:2026-11-21"), ask(once="check:2026-11-21")
    assert first.pk == again.pk
    assert Operation.objects.count() == 1


def test_a_wish_that_is_rolled_back_asks_for_nothing(ask: Ask) -> None:
    from django.db import transaction

    with pytest.raises(LookupError), transaction.atomic():
        ask()
        raise LookupError
    assert not Operation.objects.exists()
