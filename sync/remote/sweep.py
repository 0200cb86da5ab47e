"""`sync.sweep`: every tenant of a market, in chunks that survive a kill."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db.models import F
from django.utils.translation import gettext_noop

from common.clock import microsoft_now
from common.errors import Busy, Refused
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work
from partnercenter import connect
from partnercenter.base import PartnerCenter
from sync.models import Sweep, Watch
from sync.remote.importing import PAGE, existing
from sync.remote.looking import Cost, look
from sync.services.customers import known_ids, queue
from sync.services.looks import ask_look
from tenants.models import Tenant, TenantState

CHUNK = 50
"""Tenants between two notes of how far it is."""
LOOKING = gettext_noop("The tenants are being looked through.")


def sweep(work: Work) -> Done | Wait:
    """`sync.sweep`: params `market`. Goes on where an earlier attempt was when it ended."""
    market = work.params["market"]
    client = connect(market)
    run = _run(work, market)
    try:
        if not work.memo.get("listed"):
            _find_customers(client, market, run)
            work.remember(listed=True)
        last = look_at_chunk(client, run, _tenants(market, work.memo.get("after", 0)))
    except Busy as busy:
        return wait_for(busy)
    if last is not None:
        work.remember(after=last)
        return Wait(seconds=0, actor=NextActor.PORTAL, text=LOOKING)
    return Done(_told(run), partial(_end, run, run.started_at))


def wait_for(busy: Busy) -> Wait:
    """Reading may always be put off, and is no failure."""
    seconds = busy.retry_after or 5.0
    return Wait(seconds=seconds, actor=NextActor.MICROSOFT, text=busy.message)


def look_at_chunk(client: PartnerCenter, run: Sweep, tenants: Iterable[Tenant]) -> int | None:
    """Look at up to `CHUNK` tenants; the last one's id, None when there was none.

    One that Microsoft refuses gets a look of its own, whose error says why; the others go on.
    """
    last = None
    for tenant in tenants:
        try:
            cost = look(client, tenant)
        except Refused:
            ask_look(tenant=tenant)
            cost = Cost(calls=1)
        spend(run, cost, tenants=1)
        last = tenant.pk
    return last


def spend(run: Sweep, cost: Cost, *, tenants: int = 0) -> None:
    """Add to what the pass has cost and found."""
    Sweep.objects.filter(pk=run.pk).update(
        calls=F("calls") + cost.calls,
        tenants=F("tenants") + tenants,
        subscriptions=F("subscriptions") + cost.subscriptions,
        drifts=F("drifts") + cost.drifts,
    )


def _run(work: Work, market: str) -> Sweep:
    run, _new = Sweep.objects.get_or_create(
        operation_id=work.operation.pk,
        defaults={"market": market, "started_at": microsoft_now()},
    )
    return run


def _tenants(market: str, after: int) -> list[Tenant]:
    rows = Tenant.objects.filter(account__region=market, pk__gt=after).exclude(microsoft_id="")
    return list(rows.exclude(state=TenantState.CREATING).order_by("pk")[:CHUNK])


def _find_customers(client: PartnerCenter, market: str, run: Sweep) -> None:
    """Customers that nobody has are queued for staff."""
    known, count = known_ids(market), 0
    for customer in client.customers(page_size=PAGE):
        count += 1
        if customer.is_ours and customer.id not in known:
            queue(market=market, existing=existing(customer, customer.associated_partner_id))
    spend(run, Cost(calls=count // PAGE + 1))


def _told(run: Sweep) -> dict[str, int]:
    run.refresh_from_db()
    return {
        "calls": run.calls,
        "tenants": run.tenants,
        "subscriptions": run.subscriptions,
        "changes": run.drifts,
    }


def _end(run: Sweep, started_at: datetime, _operation: Operation) -> None:
    Sweep.objects.filter(pk=run.pk).update(ended_at=microsoft_now())
    Watch.objects.update_or_create(
        market=run.market, defaults={"swept_at": started_at, "audited_until": started_at}
    )
