"""The pencil and the bin, against the sandbox."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from common import clock
from common.clock import microsoft_now
from common.refusals import Impossible
from journal.models import Event, Operation, State
from sandbox.faults import Fault
from subscriptions import services
from subscriptions.contracts import open_batches
from subscriptions.models import Status, Subscription
from tests.journal.moments import first_sent
from tests.people import People

Run = Callable[..., int]


def seats_at_microsoft(world: Any) -> list[int]:
    return [row["quantity"] for row in world.table("subscriptions").values()]


def by(people: People) -> Any:
    return people.user("manager").by


def test_more_seats(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    services.change_seats(subscription=subscription, quantity=8, by=by(people))
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert subscription.quantity == 8
    assert seats_at_microsoft(sandbox) == [8]
    event = Event.objects.get(kind="subscription.seats_changed")
    assert (event.data["before"], event.data["after"]) == ({"quantity": 3}, {"quantity": 8})
    assert event.data["preview"]["change"] == {"kind": "set_seats", "quantity": 8}
    assert event.by_label == "manager@northwind.example"


def test_fewer_seats_within_their_window(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    services.change_seats(subscription=subscription, quantity=2, by=by(people))
    run_journal(skip_pauses=True)
    assert seats_at_microsoft(sandbox) == [2]


def test_after_eight_days_only_the_new_batch_can_be_given_back(
    people: People,
    subscription: Subscription,
    sandbox: Any,
    run_journal: Run,
) -> None:
    sandbox.offset = timedelta(days=8)
    clock.note_offset(timedelta(days=8))
    services.change_seats(subscription=subscription, quantity=5, by=by(people))
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert [batch.quantity for batch in open_batches(subscription)] == [2]
    with pytest.raises(Impossible) as refused:
        services.change_seats(subscription=subscription, quantity=2, by=by(people))
    assert list(refused.value.errors) == ["quantity"]
    assert not Operation.objects.filter(state=State.TODO).exists()
    services.change_seats(subscription=subscription, quantity=3, by=by(people))
    run_journal(skip_pauses=True)
    assert seats_at_microsoft(sandbox) == [3]


def test_the_same_wish_twice_is_one_operation(people: People, subscription: Subscription) -> None:
    first = services.change_seats(subscription=subscription, quantity=9, by=by(people))
    again = services.change_seats(subscription=subscription, quantity=9, by=by(people))
    assert first == again


def test_no_change_asks_nobody(people: People, subscription: Subscription) -> None:
    assert services.change_seats(subscription=subscription, quantity=3, by=by(people)) is None


@pytest.mark.parametrize("kind", ["drop_after", "html"])
def test_a_lost_answer_changes_the_seats_once(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run, kind: str
) -> None:
    fault = {"method": "PATCH", "path": "/subscriptions/", "kind": kind, "times": 2}
    sandbox.faults.add(Fault.from_json(fault))
    services.change_seats(subscription=subscription, quantity=6, by=by(people))
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert (subscription.quantity, seats_at_microsoft(sandbox)) == (6, [6])
    assert sum(batch["quantity"] for batch in subscription.refundable) == 6


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
def test_after_an_hour_it_is_looked_up_before_it_is_sent_again(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run, kind: str
) -> None:
    fault = {"method": "PATCH", "path": "/subscriptions/", "kind": kind}
    sandbox.faults.add(Fault.from_json(fault))
    asked = services.change_seats(subscription=subscription, quantity=6, by=by(people))
    assert asked is not None
    run_journal()
    first_sent(asked, ago=timedelta(minutes=61))
    rename = {"friendlyName": "Changed elsewhere"}
    with sandbox.change():
        next(iter(sandbox.table("subscriptions").values())).update(rename)
    run_journal(skip_pauses=True)

    sent = [call for call in sandbox.calls(0) if call["method"] == "PATCH"]
    assert len(sent) == (1 if kind == "drop_after" else 2)
    assert len({call["request_id"] for call in sent}) == len(sent)
    shown = next(iter(sandbox.table("subscriptions").values()))
    assert (shown["quantity"], shown["friendlyName"]) == (6, "Changed elsewhere")


def test_the_bin_within_the_window(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    services.cancel(subscription=subscription, by=by(people))
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert subscription.status == Status.DELETED


def test_the_bin_is_closed_after_seven_days(
    people: People, subscription: Subscription, sandbox: Any
) -> None:
    clock.note_offset(timedelta(days=7, minutes=1))
    assert subscription.cancellable_until is not None
    assert microsoft_now() > subscription.cancellable_until
    with pytest.raises(Impossible):
        services.cancel(subscription=subscription, by=by(people))


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "1000000000", "many", ""])
def test_a_wrong_number_gets_a_sentence_and_nothing_is_asked(
    people: People, subscription: Subscription, typed: str
) -> None:
    before = Operation.objects.count()
    browser: Client = people.manager
    answer = browser.post(f"/subscriptions/{subscription.pk}/seats/", {"quantity": typed})
    assert answer.status_code == 422
    assert "id_quantity" in answer.content.decode()
    assert Operation.objects.count() == before
