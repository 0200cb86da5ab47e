"""One order, all its steps, by the portal; and the very same calls by a bare client."""

import re
import statistics
import uuid
from collections.abc import Callable
from typing import Any

from benchmarks import ROUNDS_ORDER
from benchmarks.bare import Bare
from benchmarks.measure import in_turns
from benchmarks.stand import Portal

RIGHTS = ("tenant.await_gdap", "tenant.assign_gdap", "tenant.consent")
"""What the customer approves goes on beside the order and is not part of it."""


def measure(portal: Portal) -> tuple[float, float]:
    """Seconds, medians: an order by the portal, its calls by a bare client."""
    from tests.orders import wishes
    from tests.people import open_reseller

    shop = open_reseller(name="Buyer", nic_handle="bu12345-ovh", mpn_id="4847383", roles=["owner"])
    wishes.fetch_catalogue(shop.account, _run)
    bare = Bare(portal.sandbox)
    _check_same_calls(portal, lambda: _order(shop, _name()), lambda: bare.order(_name()))
    portals, floors = in_turns(
        lambda: _order(shop, _name()), lambda: bare.order(_name()), ROUNDS_ORDER
    )
    return statistics.median(portals), statistics.median(floors)


def _name() -> str:
    return f"bench{uuid.uuid4().hex[:12]}"


def _order(shop: Any, prefix: str) -> None:
    """From the wish to the last step, one after the other, without the broker's time."""
    from orders import services
    from orders.state import OrderState, state_of
    from tests.orders import wishes

    basic = wishes.licence(shop.account, "Microsoft 365 Business Basic")
    actor = wishes.actor(shop.account, shop.users["owner"])
    wish = wishes.platform(shop.partner_id.pk, wishes.line(basic, 2), prefix=prefix)
    order = services.order_platform(actor=actor, wish=wish)
    _run()
    state = state_of(order.steps())
    assert state == OrderState.DONE, list(order.steps().values_list("kind", "state", "error_text"))


def _run(**_options: Any) -> None:
    """Every due step of an order, until none is."""
    from django.utils.timezone import now

    from journal import remote
    from journal.models import Operation

    for _attempt in range(200):
        due = Operation.objects.due(now()).exclude(kind__in=RIGHTS).order_by("pk").first()
        if due is None:
            return
        remote.perform(due.pk)


def _check_same_calls(portal: Portal, *ways: Callable[[], None]) -> None:
    """A floor that asks for less would flatter nobody for long."""
    first, second = (_calls_of(portal, way) for way in ways)
    assert first == second, f"the portal: {first}\nthe floor: {second}"


def _calls_of(portal: Portal, way: Callable[[], None]) -> list[str]:
    """The calls that the sandbox received, without what differs from order to order."""
    way()  # tokens and connections are there the second time
    since = max(call["n"] for call in portal.sandbox.get("calls", since=0))
    way()
    calls = portal.sandbox.get("calls", since=since)
    return [f"{c['method']} {re.sub(r'[0-9a-f-]{36,}', '*', c['path'])}" for c in calls]
