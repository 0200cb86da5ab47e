"""What an order says of itself, held against what really is at Microsoft and in the mailbox."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from journal.models import Operation, State
from orders.models import Order
from orders.state import OrderState
from tests.sandbox_fixture import LiveSandbox

Seen = dict[str, Any]

PROOFS: dict[str, Callable[[Seen], bool]] = {
    "tenant.create_customer": lambda seen: len(seen["customers"]) == 1,
    "tenant.create_gdap": lambda seen: len(seen["gdap"]) == 1,
    "tenant.attest_agreement": lambda seen: len(seen["agreements"]) == 1,
    "order.fill_cart": lambda seen: len(seen["carts"]) == 1,
    "order.checkout": lambda seen: len(seen["orders"]) == 1,
    "order.await_subscriptions": lambda seen: len(seen["subscriptions"]) == 2,
    "tenant.mail_welcome": lambda seen: len(seen["welcome"]) == 1,
    "tenant.consent": lambda seen: len(seen["consents"]) == 1,
}
"""What must be true elsewhere once a step says that it is done."""


def at_microsoft(live: LiveSandbox, email: str) -> Seen:
    """The sandbox's state, with the welcome mails; a mail that came twice is one mail."""
    mails = [mail for mail in live.get("mail") if email in mail["to"]]
    return {**live.get("state"), "welcome": {mail["message_id"] for mail in mails}}


def look(browser: Client, live: LiveSandbox, order: Order) -> OrderState:
    """Opens the order's page; fails when it says more than is true. Returns its state."""
    page = browser.get(order.get_absolute_url())
    assert page.status_code == 200
    shown: OrderState = page.context["state"]
    assert str(shown.label) in page.content.decode()
    assert shown in (OrderState.WORKING, OrderState.DONE), _states(order)
    done = {step.kind for step in page.context["steps"] if step.state == State.DONE}
    seen = at_microsoft(live, order.tenant.email)
    untrue = [kind for kind in done & PROOFS.keys() if not PROOFS[kind](seen)]
    assert not untrue, untrue
    if shown == OrderState.DONE:
        assert {*PROOFS} - {"tenant.consent"} <= done, "done before all of it was"
    return shown


def all_at_rest() -> bool:
    """Every operation that was ever asked for is done."""
    return not Operation.objects.exclude(state=State.DONE).exists()


def check_once(live: LiveSandbox, order: Order, seats: list[int]) -> None:
    """One customer, one order, one welcome mail, these seats."""
    seen = at_microsoft(live, order.tenant.email)
    assert all(proof(seen) for proof in PROOFS.values()), seen
    assert sorted(row["quantity"] for row in seen["subscriptions"]) == seats
    ours = order.tenant.subscriptions.order_by("quantity")
    assert list(ours.values_list("quantity", flat=True)) == seats
    assert set(ours.values_list("status", flat=True)) == {"active"}


def _states(order: Order) -> list[Any]:
    return list(order.steps().values_list("kind", "state", "error_code", "error_text"))
