"""When each market is looked through."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from common.clock import microsoft_now
from journal import services as journal
from journal.models import OPEN, Operation
from journal.people import PORTAL, By
from sync.models import Watch
from sync.services.events import forget
from tenants.models import Tenant

SWEEP, CATCH_UP, REGISTER = "sync.sweep", "sync.catch_up", "sync.register_webhook"
SLOT = timedelta(minutes=5)
FULL_EVERY = timedelta(days=7)
AUDIT_REACHES = timedelta(days=89)
"""Microsoft keeps audit records for 90 days."""


def plan() -> None:
    """Ask for the look that is due in each market: the audit, or once a week everything."""
    at = microsoft_now()
    forget()
    for market in Tenant.objects.values_list("account__region", flat=True).distinct():
        watch, _new = Watch.objects.get_or_create(market=market)
        if is_reachable():
            ask_registration(market=market, by=PORTAL, once=f"webhook:{market}:{at.date()}")
        if _is_due(watch, at):
            ask_sweep(market=market, by=PORTAL, once=f"sweep:{market}:{at.date()}")
        else:
            ask_catch_up(market=market, by=PORTAL)


@transaction.atomic
def ask_sweep(*, market: str, by: By, once: str | None = None) -> Operation:
    """Look at every tenant of a market."""
    return _open(SWEEP, market) or journal.ask(
        kind=SWEEP,
        account_id=None,
        subject=f"sync:{market}",
        params={"market": market},
        once=once,
        by=by,
    )


@transaction.atomic
def ask_catch_up(*, market: str, by: By) -> Operation:
    """Look at the tenants that the audit names since it was read last."""
    slot = int(microsoft_now().timestamp() // SLOT.total_seconds())
    return _open(CATCH_UP, market) or journal.ask(
        kind=CATCH_UP,
        account_id=None,
        subject=f"sync:{market}",
        params={"market": market},
        once=f"catch-up:{market}:{slot}",
        by=by,
    )


@transaction.atomic
def ask_registration(*, market: str, by: By, once: str | None = None) -> Operation:
    """Tell Microsoft where its events go to, unless it knows."""
    return journal.ask(
        kind=REGISTER,
        account_id=None,
        subject=f"webhook:{market}",
        params={"market": market},
        once=once,
        by=by,
    )


def address_of(market: str) -> str:
    """Where Microsoft sends the events of a market."""
    return settings.PORTAL_URL + reverse("sync:microsoft", args=[market])


def is_reachable() -> bool:
    """Microsoft calls https addresses only; the sandbox calls this machine."""
    return settings.PORTAL_URL.startswith("https://") or bool(settings.SANDBOX_URL)


def _open(kind: str, market: str) -> Operation | None:
    """The same look, still under way: one is enough."""
    rows = Operation.objects.filter(kind=kind, subject=f"sync:{market}", state__in=OPEN)
    return rows.order_by("pk").first()


def _is_due(watch: Watch, at: datetime) -> bool:
    read, swept = watch.audited_until, watch.swept_at
    if swept is None or read is None:
        return True
    return at - swept >= FULL_EVERY or at - read >= AUDIT_REACHES
