"""What is sent is stored first, and a repeat is the same id and the same bytes."""

from datetime import timedelta

import pytest

from journal import remote, services
from journal.models import Attempt, Event, Operation, State
from journal.work import Work
from tests.journal.conftest import ASKER, Ask
from tests.journal.moments import first_sent, lease_lapses, pause_ends
from tests.journal.other_side import Killed, OtherSide

pytestmark = pytest.mark.django_db


def test_it_is_stored_before_it_is_sent(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask(params={"seats": 3})
    stored = []

    def look() -> None:
        row = Operation.objects.get(pk=operation.pk)
        stored.append((str(row.request_id), row.request, row.first_sent_at))

    remote_side.plan = [look]
    remote.perform(operation.pk)
    request_id, body = remote_side.calls[0]
    assert stored[0][:2] == (request_id, body)
    assert stored[0][2] is not None


@pytest.mark.parametrize("mishap", ["lost", "dropped", "busy"])
def test_a_repeat_is_the_same(ask: Ask, remote_side: OtherSide, mishap: str) -> None:
    operation = ask(params={"seats": 3})
    remote_side.plan = [mishap, mishap]
    for _attempt in range(3):
        pause_ends(operation)
        assert remote.perform(operation.pk)
    assert len(remote_side.calls) == 3
    assert remote_side.calls[0] == remote_side.calls[1] == remote_side.calls[2]
    assert len(remote_side.effects) == 1
    operation.refresh_from_db()
    assert operation.state == State.DONE
    assert Event.objects.filter(kind="try.written").count() == 1


@pytest.mark.parametrize("moment", ["killed_before", "killed_after"])
def test_a_killed_worker_repeats_harmlessly(ask: Ask, remote_side: OtherSide, moment: str) -> None:
    operation = ask()
    remote_side.plan = [moment]
    with pytest.raises(Killed):
        remote.perform(operation.pk)
    assert not remote.perform(operation.pk), "it is still leased"
    lease_lapses(operation)
    assert remote.perform(operation.pk)
    assert remote_side.calls[0] == remote_side.calls[1]
    assert len(remote_side.effects) == 1
    outcomes = Attempt.objects.filter(operation=operation).values_list("number", "outcome")
    assert list(outcomes) == [(1, "lost"), (2, "done")]


def test_after_a_refusal_the_next_attempt_is_a_new_request(
    ask: Ask, remote_side: OtherSide
) -> None:
    operation = ask()
    remote_side.plan = ["refused"]
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.request_id) == (State.ERROR, None)
    assert services.retry(operation=operation, by=ASKER)
    remote.perform(operation.pk)
    (first_id, first_body), (second_id, second_body) = remote_side.calls
    assert first_id != second_id
    assert first_body != second_body
    tried = Attempt.objects.filter(operation=operation).values_list("request_id", flat=True)
    assert [str(each) for each in tried] == [first_id, second_id], "support asks for both"


def test_after_an_hour_it_must_read_back(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    remote_side.plan = ["lost"]
    assert not Work(operation).was_sent
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert Work(operation).was_sent
    assert not Work(operation).must_read_back
    first_sent(operation, ago=timedelta(minutes=61))
    operation.refresh_from_db()
    assert Work(operation).must_read_back


def test_the_first_attempt_was_not_sent_earlier(ask: Ask) -> None:
    """Also after it has stored its request: only earlier attempts count."""
    operation = ask()
    operation.claim(at=operation.not_before)
    work = Work(operation)
    work.request(lambda: {"seats": 1})
    assert not work.was_sent
