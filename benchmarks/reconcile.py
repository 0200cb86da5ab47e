"""Keeping 1,000 tenants with 5,000 subscriptions in step, and the same calls by a bare client."""

import time
import uuid
from typing import Any, NamedTuple

from benchmarks.bare import Bare
from benchmarks.stand import Portal

TENANTS, LINES = 1000, 5


class Passes(NamedTuple):
    """What the passes over the market have cost."""

    sweep: float
    """Seconds of a full sweep that finds nothing new."""
    floor: float
    """Seconds of a bare client that asks for the same."""
    sweep_calls: int
    catch_up_calls: int
    subscriptions: int


def measure(portal: Portal) -> Passes:
    """Seconds and calls. The first sweep, which adopts everything, is not measured.

    Neither side keeps to 500 calls a minute here: it is the work that is measured, not waiting.
    """
    from django.conf import settings

    from partnercenter import connect

    settings.MICROSOFT_CALLS_PER_MINUTE = 1_000_000
    connect.cache_clear()
    portal.sandbox.post("limits", {"per_minute": 1_000_000, "per_customer": 1_000_000})
    customers = _people_the_sandbox(portal)
    _tenants(customers)
    _sweep()
    begin = time.perf_counter()
    calls = _sweep()
    sweep = time.perf_counter() - begin
    return Passes(
        sweep=sweep,
        floor=_bare(portal, customers),
        sweep_calls=calls,
        catch_up_calls=_catch_up(portal),
        subscriptions=TENANTS * LINES,
    )


def _people_the_sandbox(portal: Portal) -> list[str]:
    """Customers with one order of several lines each; their ids at Microsoft."""
    bare = Bare(portal.sandbox)
    return [bare.customer_with_lines(f"many{uuid.uuid4().hex[:12]}", LINES) for _ in range(TENANTS)]


def _tenants(customers: list[str]) -> None:
    from tenants.models import Tenant
    from tests.people import open_reseller

    shop = open_reseller(name="Keeper", nic_handle="ke12345-ovh", mpn_id="4847384", roles=["owner"])
    Tenant.objects.bulk_create(
        Tenant(
            account=shop.account,
            partner_id=shop.partner_id,
            service_name=f"{microsoft_id}.onmicrosoft.com",
            display_name=microsoft_id[:8],
            microsoft_id=microsoft_id,
            country="FR",
            state="ok",
        )
        for microsoft_id in customers
    )


def _sweep() -> int:
    """One full pass; the calls it made."""
    from journal.people import PORTAL
    from sync import services
    from sync.models import Sweep

    asked = services.ask_sweep(market="eu", by=PORTAL)
    _run(asked)
    return int(Sweep.objects.get(operation_id=asked.pk).calls)


def _catch_up(portal: Portal) -> int:
    """The calls of a pass over everything that nobody has changed."""
    from journal.people import PORTAL
    from sync import services

    since = max(call["n"] for call in portal.sandbox.get("calls", since=0))
    _run(services.ask_catch_up(market="eu", by=PORTAL))
    return len(portal.sandbox.get("calls", since=since))


def _run(asked: Any) -> None:
    from journal import remote
    from journal.models import Operation, State

    for _attempt in range(1000):
        Operation.objects.filter(pk=asked.pk, state=State.TODO).update(not_before=asked.created_at)
        remote.perform(asked.pk)
        asked.refresh_from_db()
        if asked.state == State.DONE:
            return
    raise RuntimeError(f"{asked.kind} does not end: {asked.error_text}")


def _bare(portal: Portal, customers: list[str]) -> float:
    """The lists that a sweep reads, without doing anything about them."""
    bare = Bare(portal.sandbox)
    begin = time.perf_counter()
    for _page in range(TENANTS // 500):
        bare.read("/v1/customers?size=500")
    for microsoft_id in customers:
        bare.read(f"/v1/customers/{microsoft_id}/subscriptions")
    return time.perf_counter() - begin
