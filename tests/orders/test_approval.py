"""Orders above an amount wait for an owner; nothing reaches Microsoft before the yes."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role
from common.refusals import Impossible
from journal import services as journal
from journal.models import NextActor, Operation, State
from orders import services
from orders.models import Approval, Order
from orders.state import OrderState, state_of
from subscriptions import services as subscriptions
from subscriptions.models import Status, Subscription
from tests.orders import wishes
from tests.people import People

Run = Callable[..., int]


@pytest.fixture
def shop(people: People, sandbox: Any, run_journal: Run) -> People:
    """Northwind, where nobody but an owner spends more than 10 euros at once."""
    account = people.northwind.account
    wishes.fetch_catalogue(account, run_journal)
    account.approval_above = Decimal("10")
    account.save()
    return people


def place(shop: People, who: str = "manager", seats: int = 3, **kwargs: Any) -> Order:
    account = shop.northwind.account
    actor = wishes.actor(account, shop.user(who), Role(who))
    basic = wishes.licence(account, "Microsoft 365 Business Basic")
    wish = wishes.platform(shop.northwind.partner_id.pk, wishes.line(basic, seats), **kwargs)
    return services.order_platform(actor=actor, wish=wish)


def test_it_waits_is_approved_and_goes_on(
    shop: People, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    order = place(shop)
    run_journal(skip_pauses=True)
    assert not sandbox.table("customers")
    step = order.steps().get(kind="order.approval")
    assert (step.state, step.next_actor) == (State.TODO, NextActor.OWNER)
    asked = [mail for mail in mailoutbox if "waits for your approval" in mail.subject]
    assert [mail.to for mail in asked] == [["owner@northwind.example"]]
    assert f"/orders/{order.pk}/" in asked[0].body

    home = shop.owner.get("/home/").content.decode()
    assert "Orders waiting for an owner" in home
    assert f"/orders/{order.pk}/" in home
    address = f"/orders/{order.pk}/decide/"
    assert shop.manager.post(address, {"decision": "approve"}).status_code == 403
    assert shop.stranger.post(address, {"decision": "approve"}).status_code == 404
    assert "Waits for your approval" not in shop.manager.get(order.get_absolute_url()).text
    assert "Waits for your approval" in shop.owner.get(order.get_absolute_url()).text

    assert shop.owner.post(address, {"decision": "approve"}).status_code == 302
    run_journal(skip_pauses=True)
    order.refresh_from_db()
    assert (order.approval, order.decided_by) == (Approval.APPROVED, "owner@northwind.example")
    assert state_of(order.steps()) == OrderState.DONE
    assert len(sandbox.table("orders")) == 1
    told = [mail for mail in mailoutbox if mail.to == ["manager@northwind.example"]]
    assert [mail.subject for mail in told] == [f"Order {order.pk} is approved"]
    again = shop.owner.post(address, {"decision": "refuse", "reason": "no"})
    assert "does not wait for an approval" in again.content.decode()
    assert "Orders waiting for an owner" not in shop.owner.get("/home/").content.decode()


def test_it_is_refused_with_a_reason_by_rest(
    shop: People, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    order = place(shop)
    run_journal()
    path = f"/api/v1/orders/{order.pk}/refuse"
    assert shop.api("manager").post(path, {"reason": "no"}, format="json").status_code == 403
    silent = shop.api("owner").post(path, {}, format="json")
    assert silent.status_code == 422
    assert "reason" in silent.json()["errors"]
    said = shop.api("owner").post(path, {"reason": "Too many seats"}, format="json")
    assert said.status_code == 202
    assert (said.json()["state"], said.json()["approval"]) == ("cancelled", "refused")
    run_journal(skip_pauses=True)
    assert not sandbox.table("customers")
    assert not Operation.objects.in_progress().filter(journey=order.key).exists()
    assert Subscription.objects.get().status == Status.DELETED
    told = next(mail for mail in mailoutbox if mail.to == ["manager@northwind.example"])
    assert "Too many seats" in told.body
    late = shop.api("owner").post(f"/api/v1/orders/{order.pk}/approve", {}, format="json")
    assert late.status_code == 422


def test_an_owner_and_small_orders_wait_for_nobody(
    shop: People, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    for order in (place(shop, "owner"), place(shop, seats=1, prefix="crumbs")):
        assert order.approval == Approval.NOT_NEEDED
    run_journal(skip_pauses=True)
    assert len(sandbox.table("orders")) == 2
    assert not [mail for mail in mailoutbox if "approval" in mail.subject]


def test_nobody_goes_around_it(shop: People, sandbox: Any, run_journal: Run) -> None:
    """Neither by one seat first and more later, nor by trying the waiting step by hand."""
    small = place(shop, seats=1)
    run_journal(skip_pauses=True)
    held = Subscription.objects.get(order_line__order=small)
    manager, owner = shop.user("manager").by, shop.user("owner").by
    assert subscriptions.change_seats(subscription=held, quantity=2, by=manager) is not None
    run_journal(skip_pauses=True)
    held.refresh_from_db()
    waiting = subscriptions.change_seats(subscription=held, quantity=90, by=manager)
    run_journal(skip_pauses=True)
    held.refresh_from_db()
    assert waiting is not None and waiting.kind == "subscription.approval"
    assert held.quantity == 2
    with pytest.raises(Impossible, match="Approve or refuse it first"):
        subscriptions.change_seats(subscription=held, quantity=90, by=owner)
    journal.cancel(operation=Operation.objects.get(pk=waiting.pk), by=owner)
    asked = subscriptions.change_seats(subscription=held, quantity=90, by=owner)
    assert asked is not None and asked.kind == "subscription.change_seats"

    large = place(shop, prefix="crumbs")
    run_journal()
    step = large.steps().get(kind="order.approval")
    Operation.objects.filter(pk=step.pk).update(not_before=step.created_at)
    run_journal()
    step.refresh_from_db()
    assert step.state == State.TODO
    assert len(sandbox.table("orders")) == 1
