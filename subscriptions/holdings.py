"""Use cases of counting what services hold: seats and spend, day by day."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum

from common.clock import microsoft_now
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL
from subscriptions.models import HoldingChange, Status, Subscription
from subscriptions.spend import with_monthly

COUNT = "subscription.count_holdings"
_PLACES = Decimal("0.0001")
_NOTHING = (0, Decimal(0))

Held = dict[tuple[int, str], tuple[int, Decimal]]
"""By service and currency: seats, and what they cost per month."""


@transaction.atomic
def plan_count() -> Operation:
    """Count today's seats and spend, once, by Microsoft's clock."""
    today = microsoft_now().date()
    return journal.ask(
        kind=COUNT, account_id=None, subject="holdings", once=f"{COUNT}:{today}", by=PORTAL
    )


@transaction.atomic
def count(*, day: date) -> int:
    """Write down what differs from the days before; returns how many rows.

    A day that was counted already is counted anew.
    """
    HoldingChange.objects.filter(day__gte=day).delete()
    rows = list(_changes(_held_now(), _counted(), day))
    HoldingChange.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _changes(now: Held, before: Held, day: date) -> Iterator[HoldingChange]:
    for key in sorted({*now, *before}):
        (seats, amount), (old_seats, old_amount) = now.get(key, _NOTHING), before.get(key, _NOTHING)
        more = (seats - old_seats, (amount - old_amount).quantize(_PLACES))
        if any(more):
            tenant, currency = key
            yield HoldingChange(
                tenant_id=tenant, currency=currency, day=day, seats=more[0], per_month=more[1]
            )


def _held_now() -> Held:
    active = with_monthly(Subscription.objects.filter(status=Status.ACTIVE))
    return _sums(active, "quantity", "monthly")


def _counted() -> Held:
    return _sums(HoldingChange.objects.all(), "seats", "per_month")


def _sums(rows: QuerySet[Any], seats: str, amount: str) -> Held:
    found = rows.order_by().values_list("tenant_id", "currency").annotate(Sum(seats), Sum(amount))
    return {
        (tenant, currency): (number, cost or Decimal(0))
        for tenant, currency, number, cost in found.iterator(2000)
    }
