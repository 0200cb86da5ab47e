"""What the audit names leads to a look at the tenant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from journal.models import Operation
from subscriptions.models import Status, Subscription
from sync.services.looks import ask_look
from tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody changed something of a customer."""

    customer_id: str
    author: str
    at: datetime | None
    request_id: str


@transaction.atomic
def note_changes(*, market: str, changes: Sequence[Change], at: datetime) -> int:
    """Ask for a look at each tenant that others changed, or whose terms ended; how many."""
    own = _own({change.request_id for change in changes})
    latest = {c.customer_id: c for c in changes if c.request_id not in own}
    rows = Tenant.objects.filter(account__region=market)
    named = {t.pk: t for t in rows.filter(microsoft_id__in=list(latest))}
    for tenant in named.values():
        change = latest[tenant.microsoft_id]
        ask_look(tenant=tenant, author=change.author, at=change.at)
    ended = rows.filter(pk__in=_ended(market, at)).exclude(pk__in=list(named))
    for tenant in ended:
        ask_look(tenant=tenant)
    return len(named) + len(ended)


def _own(request_ids: set[str]) -> set[str]:
    """Those of our own operations: they record their answers themselves."""
    rows = Operation.objects.filter(request_id__in=request_ids)
    return {str(request_id).lower() for request_id in rows.values_list("request_id", flat=True)}


def _ended(market: str, at: datetime) -> list[int]:
    """Tenants with a term that has ended since Microsoft last showed it."""
    rows = Subscription.objects.filter(
        tenant__account__region=market, commitment_ends_at__lt=at
    ).exclude(status=Status.DELETED)
    return list(rows.filter(as_of__lte=F("commitment_ends_at")).values_list("tenant_id", flat=True))
