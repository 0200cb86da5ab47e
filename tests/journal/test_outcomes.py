"""Who acts next: the machine tries on, a person is told, nothing waits for ever."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from common.errors import AlreadyDone, Busy, Misconfigured, RemoteError
from journal import remote, services
from journal.models import Attempt, Event, NextActor, Operation, State
from tests.journal.conftest import ASKER, Ask
from tests.journal.moments import begun, lease_lapses, pause_ends, seconds_to_go
from tests.journal.other_side import OtherSide

pytestmark = pytest.mark.django_db


def _raises(error: BaseException) -> object:
    def _raise() -> None:
        raise error

    return _raise


def test_busy_waits_as_long_as_was_asked(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    remote_side.plan = ["busy"]
    remote.perform(operation.pk)
    assert 6 < seconds_to_go(operation) <= 7
    assert (operation.state, operation.next_actor) == (State.TODO, NextActor.PORTAL)
    assert (operation.error_code, operation.error_text) == ("429", "slow down")


def test_pauses_grow(ask: Ask, remote_side: OtherSide) -> None:
    """Also when the other side asks for none at all."""
    operation = ask()
    pauses = []
    for _attempt in range(10):
        remote_side.plan = [_raises(Busy("now", retry_after=0))]  # type: ignore[list-item]
        pause_ends(operation)
        remote.perform(operation.pk)
        pauses.append(seconds_to_go(operation))
    assert 0.5 < pauses[0] <= 1
    assert 3 < pauses[3] <= 8
    assert 200 < pauses[9] <= 300


def test_patience_ends_and_begins_anew(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    Operation.objects.filter(pk=operation.pk).update(failures=remote.PATIENCE)
    remote_side.plan = ["lost"]
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.next_actor) == (State.ERROR, NextActor.STAFF)
    assert operation.request_id is not None, "it may have been done: the next one repeats it"
    services.retry(operation=operation, by=ASKER)
    remote_side.plan = ["lost"]
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.failures) == (State.TODO, 1)
    pause_ends(operation)
    remote.perform(operation.pk)
    assert len(remote_side.effects) == 1


def test_refused_is_told_beside_the_field(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    remote_side.plan = ["refused"]
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.next_actor) == (State.ERROR, NextActor.RESELLER)
    assert (operation.error_field, operation.error_code) == ("postal_code", "2003")
    assert operation.error_text == "The postal code is wrong."


@pytest.mark.parametrize(
    "error", [Misconfigured("consent", code="AADSTS700082"), AlreadyDone(), RemoteError("?")]
)
def test_what_a_handler_does_not_know_goes_to_staff(
    ask: Ask, remote_side: OtherSide, error: RemoteError
) -> None:
    operation = ask()
    remote_side.plan = [_raises(error)]  # type: ignore[list-item]
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.next_actor) == (State.ERROR, NextActor.STAFF)
    assert operation.error_code == (error.code or type(error).__name__)


@pytest.mark.parametrize("kind", ["try.nowhere", "try.unheard_of", "try.write_badly"])
def test_our_own_mistakes_go_to_staff(ask: Ask, kind: str) -> None:
    operation = ask(kind)
    assert remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.next_actor) == (State.ERROR, NextActor.STAFF)
    assert operation.error_text == remote.BROKEN
    assert not Event.objects.filter(kind="try.written").exists(), "all or nothing"
    assert [each.outcome for each in operation.attempts.all()] == ["broke"]


def test_a_mistake_after_the_write_repeats_the_same_request(
    ask: Ask, remote_side: OtherSide
) -> None:
    operation = ask("try.write_badly")
    remote.perform(operation.pk)
    Operation.objects.filter(pk=operation.pk).update(kind="try.write")  # mended
    services.retry(operation=operation, by=ASKER)
    remote.perform(operation.pk)
    assert remote_side.calls[0] == remote_side.calls[1]
    assert Event.objects.filter(kind="try.written").count() == 1


def test_a_lost_database_ends_the_lease_only(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    remote_side.plan = [_raises(OperationalError("server closed"))]  # type: ignore[list-item]
    with pytest.raises(OperationalError):
        remote.perform(operation.pk)
    operation.refresh_from_db()
    assert operation.state == State.DOING
    lease_lapses(operation)
    assert remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, len(remote_side.effects)) == (State.DONE, 1)


def test_one_that_kills_its_workers_is_given_up(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask()
    operation.claim(at=operation.not_before)
    Operation.objects.filter(pk=operation.pk).update(failures=remote.PATIENCE)
    lease_lapses(operation)
    assert remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.error_code) == (State.ERROR, "lost")
    assert not remote_side.calls


def test_waiting_is_no_failure(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask("try.poll")
    remote_side.ready_after = 1
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.failures) == (State.TODO, 0)
    assert operation.is_waiting
    assert operation.error_text == "The customer approves."
    assert not Attempt.objects.exists()
    assert not remote.perform(operation.pk), "its pause has not ended"
    services.hurry(subjects=["thing:1"])
    assert remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.error_text) == (State.DONE, "")


def test_waiting_ends(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask("try.poll")
    remote_side.ready_after = 9
    remote.perform(operation.pk)
    begun(operation, ago=timedelta(days=3))
    pause_ends(operation)
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.state, operation.error_code) == (State.ERROR, "waited")
    services.retry(operation=operation, by=ASKER)
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert operation.state == State.TODO, "the time begins anew"
