"""Every wish, from the service to Microsoft and back, also when an answer is lost."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from common import clock
from common.refusals import Impossible
from journal.models import Event, Operation, State
from sandbox.faults import Fault
from subscriptions import learning, rules, services, wishes
from subscriptions.models import Price, Status, Subscription
from subscriptions.rules import (
    Cancel,
    Change,
    ChooseEnd,
    ClearSchedule,
    Reactivate,
    Rename,
    ScheduleAtRenewal,
    SetSeats,
    Suspend,
)
from tests.journal.moments import first_sent
from tests.people import People

Run = Callable[..., int]


@pytest.fixture
def change(people: People, subscription: Subscription, run_journal: Run) -> Callable[..., None]:
    """`change(wish)`: the manager asks for it and it is carried out."""

    def carry_out(wish: Change, **more: Any) -> None:
        by = people.user("manager").by
        services.change(subscription=subscription, change=wish, by=by, **more)
        run_journal(skip_pauses=True)
        subscription.refresh_from_db()

    return carry_out


def at_microsoft(world: Any) -> dict[str, Any]:
    """The only subscription that Microsoft has."""
    rows = list(world.table("subscriptions").values())
    assert len(rows) == 1
    return dict(rows[0])


def turn(world: Any, **ahead: int) -> None:
    """Turn Microsoft's clock, and let the portal have seen it."""
    world.offset += timedelta(**ahead)
    clock.note_offset(world.offset)


WISHES: dict[str, tuple[Change, dict[str, Any]]] = {
    "seats": (SetSeats(quantity=5), {"quantity": 5}),
    "cancel": (Cancel(), {"status": "deleted"}),
    "suspend": (Suspend(), {"status": "suspended", "auto_renew": False}),
    "rename": (Rename(name="Sales team"), {"name": "Sales team"}),
    "end": (ChooseEnd(choice="cancel"), {"auto_renew": False}),
    "extend": (ChooseEnd(choice="extend"), {"auto_renew": False}),
}


@pytest.mark.parametrize("fault", ["", "drop_after"])
@pytest.mark.parametrize("name", WISHES)
def test_it_is_done_once(
    subscription: Subscription,
    change: Callable[..., None],
    sandbox: Any,
    name: str,
    fault: str,
) -> None:
    wish, columns = WISHES[name]
    if fault:
        lost = {"method": "PATCH", "path": "/subscriptions/", "kind": fault}
        sandbox.faults.add(Fault.from_json(lost))
    before = at_microsoft(sandbox)["updates"]
    change(wish)
    shown = at_microsoft(sandbox)
    assert {column: shown[column] for column in columns} == columns
    assert {column: getattr(subscription, column) for column in columns} == columns
    assert shown["updates"] == before + 1
    assert Operation.objects.filter(state=State.DONE, subject=subscription.key).count() == 1
    told = Event.objects.get(subject=subscription.key)
    assert told.by_label == "manager@northwind.example"
    assert told.data["preview"]["change"] == wish.to_json()


@pytest.mark.parametrize("fault", ["", "drop_after"])
def test_a_change_waits_for_the_renewal_and_is_given_up(
    subscription: Subscription, change: Callable[..., None], sandbox: Any, fault: str
) -> None:
    if fault:
        lost = {"method": "PATCH", "path": "/subscriptions/", "kind": fault}
        sandbox.faults.add(Fault.from_json({**lost, "times": 2}))
    change(ScheduleAtRenewal(quantity=2))
    assert at_microsoft(sandbox)["next_term"]["quantity"] == 2
    assert subscription.scheduled["quantity"] == 2
    change(ClearSchedule())
    assert at_microsoft(sandbox)["next_term"] is None
    assert subscription.scheduled == {}
    assert subscription.quantity == 3


def test_a_mid_term_change_deletes_the_schedule_and_writes_it_again_on_wish(
    subscription: Subscription, change: Callable[..., None], sandbox: Any
) -> None:
    change(ScheduleAtRenewal(quantity=2))
    today = services.preview(subscription=subscription, change=SetSeats(quantity=4))
    assert today.deletes_schedule is not None
    assert today.deletes_schedule.quantity == 2
    change(SetSeats(quantity=4))
    assert at_microsoft(sandbox)["next_term"] is None
    assert subscription.scheduled == {}

    change(ScheduleAtRenewal(quantity=2))
    change(SetSeats(quantity=5), keep_schedule=True)
    assert at_microsoft(sandbox)["next_term"]["quantity"] == 2
    assert (subscription.quantity, subscription.scheduled["quantity"]) == (5, 2)


def test_suspended_and_back(
    subscription: Subscription, change: Callable[..., None], sandbox: Any
) -> None:
    change(Suspend())
    with pytest.raises(Impossible) as refused:
        change(SetSeats(quantity=5))
    assert refused.value.code == "suspended"
    change(Reactivate())
    assert at_microsoft(sandbox)["status"] == "active"
    assert subscription.status == Status.ACTIVE
    assert subscription.is_undecided
    change(ChooseEnd(choice="renew"))
    assert subscription.auto_renew
    assert not subscription.is_undecided


def test_another_payment_begins_at_once(
    subscription: Subscription, change: Callable[..., None], sandbox: Any
) -> None:
    change(wishes.plan_change(subscription, term="P1Y", billing_cycle="Annual"))
    assert at_microsoft(sandbox)["cycle"] == "annual"
    assert (subscription.term, subscription.billing_cycle) == ("P1Y", "Annual")


def test_a_renewal_brings_what_was_scheduled_and_its_price(
    subscription: Subscription, change: Callable[..., None], sandbox: Any, run_journal: Run
) -> None:
    change(ScheduleAtRenewal(quantity=2))
    prices = Price.objects.filter(licence=subscription.licence, term="P1Y")
    prices.filter(billing_cycle="Monthly").update(amount=Decimal("4.99"))
    turn(sandbox, days=367)
    with pytest.raises(Impossible) as refused:
        change(SetSeats(quantity=4))
    assert refused.value.code == "renewing"
    learning.plan_looks()
    learning.plan_looks()
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert (subscription.quantity, subscription.scheduled) == (2, {})
    assert subscription.unit_price == Decimal("4.99")
    assert Event.objects.get(kind="subscription.renewed").data["quantity"] == 2
    assert Operation.objects.filter(kind=learning.LOOK).count() == 1
    change(SetSeats(quantity=4))
    assert subscription.quantity == 4


def test_the_extended_term_costs_more_and_can_be_cancelled_any_day(
    subscription: Subscription, change: Callable[..., None], sandbox: Any, run_journal: Run
) -> None:
    change(ChooseEnd(choice="extend"))
    turn(sandbox, days=380)
    learning.plan_looks()
    run_journal(skip_pauses=True)
    subscription.refresh_from_db()
    assert (subscription.is_extended, subscription.term) == (True, "P1M")
    monthly = Price.objects.get(licence=subscription.licence, term="P1M")
    assert subscription.unit_price == rules.cut(monthly.amount * Decimal("1.03"))
    today = services.preview(subscription=subscription, change=Cancel())
    assert today.amount_now < 0
    change(Cancel())
    assert subscription.status == Status.DELETED


def test_what_became_impossible_meanwhile_is_not_sent(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    by = people.user("manager").by
    asked = services.change(subscription=subscription, change=Cancel(), by=by)
    turn(sandbox, days=8)
    before = len(sandbox.calls(0))
    run_journal(skip_pauses=True)
    assert asked is not None
    asked.refresh_from_db()
    assert (asked.state, asked.error_code) == (State.ERROR, "cancel_window_closed")
    assert "PATCH" not in [call["method"] for call in sandbox.calls(0)[before:]]


def test_another_wish_waits_for_the_first(people: People, subscription: Subscription) -> None:
    by = people.user("manager").by
    services.change(subscription=subscription, change=SetSeats(quantity=5), by=by)
    with pytest.raises(Impossible) as refused:
        services.change(subscription=subscription, change=Cancel(), by=by)
    assert refused.value.code == "under_way"


def test_money_that_moved_is_shown_again(
    people: People, subscription: Subscription, sandbox: Any
) -> None:
    wish = SetSeats(quantity=5)
    looked = services.preview(subscription=subscription, change=wish)
    seen = services.Seen(looked.amount_now, looked.period_after)
    turn(sandbox, days=3)
    by = people.user("manager").by
    with pytest.raises(services.MoneyMoved) as moved:
        services.change(subscription=subscription, change=wish, seen=seen, by=by)
    assert moved.value.preview.amount_now < looked.amount_now
    assert not Operation.objects.filter(subject=subscription.key).exists()


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "html"])
def test_an_upgrade_is_made_once(
    subscription: Subscription, change: Callable[..., None], sandbox: Any, kind: str
) -> None:
    sandbox.faults.add(Fault.from_json({"method": "POST", "path": "/transitions", "kind": kind}))
    change(wishes.upgrade(subscription, product="CFQ7TTC0LDPB:0001", quantity=3))
    seats = {
        row["key"]: row["quantity"]
        for row in sandbox.table("subscriptions").values()
        if row["status"] == "active"
    }
    assert seats == {"CFQ7TTC0LDPB:0001": 3}
    assert subscription.status == Status.DELETED
    made = Subscription.objects.exclude(pk=subscription.pk).get()
    assert (made.quantity, made.status) == (3, Status.ACTIVE)


def test_an_old_upgrade_is_looked_up_before_it_is_sent_again(
    people: People, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    lost = {"method": "POST", "path": "/transitions", "kind": "drop_after"}
    sandbox.faults.add(Fault.from_json(lost))
    wish = wishes.upgrade(subscription, product="CFQ7TTC0LDPB:0001", quantity=1)
    by = people.user("manager").by
    asked = services.change(subscription=subscription, change=wish, by=by)
    assert asked is not None
    run_journal()
    first_sent(asked, ago=timedelta(minutes=61))
    run_journal(skip_pauses=True)
    sent = [c for c in sandbox.calls(0) if c["method"] == "POST" and "/transitions" in c["path"]]
    assert len(sent) == 1
    assert Subscription.objects.count() == 2
