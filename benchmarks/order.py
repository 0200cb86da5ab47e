"""One order, all its steps, and the floor: the very same requests by a bare httpx client."""

import statistics
import time
import uuid
from typing import Any

import httpx

from benchmarks import ROUNDS_ORDER
from benchmarks.stand import Portal


def measure(portal: Portal) -> tuple[float, float]:
    """Seconds, medians: an order by the portal, its calls by a bare client."""
    from tests.orders import wishes
    from tests.people import open_reseller

    shop = open_reseller(name="Buyer", nic_handle="bu12345-ovh", mpn_id="4847383", roles=["owner"])
    wishes.fetch_catalogue(shop.account, _run)
    _order(shop, "warmup0")
    portals, floors = [], []
    for _round in range(ROUNDS_ORDER):
        since = _newest(portal)
        begin = time.perf_counter()
        _order(shop, f"bench{uuid.uuid4().hex[:12]}")
        portals.append(time.perf_counter() - begin)
        floors.append(_replay(portal, since))
    return statistics.median(portals), statistics.median(floors)


def _order(shop: Any, prefix: str) -> None:
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
    """Every due step, one after the other; pauses are skipped."""
    from django.utils.timezone import now

    from journal import remote
    from journal.models import Operation

    for _attempt in range(200):
        Operation.objects.filter(state="todo", not_before__gt=now()).update(not_before=now())
        due = Operation.objects.due(now()).exclude(kind="tenant.await_gdap").order_by("pk").first()
        if due is None:
            return
        remote.perform(due.pk)


def _newest(portal: Portal) -> int:
    calls = portal.sandbox.get("calls", since=0)["items"]
    return max((call["n"] for call in calls), default=0)


def _replay(portal: Portal, since: int) -> float:
    """The same number of requests to the same paths, nothing else; seconds."""
    calls = portal.sandbox.get("calls", since=since)["items"]
    wire = [(c["method"], c["path"]) for c in calls if c["service"] != "smtp"]
    with httpx.Client(base_url=portal.sandbox.url, timeout=30) as client:
        begin = time.perf_counter()
        for method, path in wire:
            client.request(method, path)
        return time.perf_counter() - begin
