"""Seats and spend of an account over the last twelve months; one query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Sum

from accounts.access import Actor
from panel.home.figures import Bar, Held, share_of
from subscriptions.access import holding_changes_of
from subscriptions.rules.terms import add_months

MONTHS: Final = 12
Changes = list[Mapping[str, Any]]


@dataclass(frozen=True)
class Trend:
    """What was held at the end of each month; the last one is today."""

    bars: list[Bar]
    currency: str = ""
    """Of sums of money; empty: seats."""

    @property
    def more(self) -> int | Decimal:
        """Today than at the end of the first month."""
        return self.bars[-1].value - self.bars[0].value


@dataclass(frozen=True)
class Trends:
    """Seats, and spend by currency, the account's own first."""

    seats: Trend
    spend: list[Trend]
    since: date | None
    """The first day that was counted, where months are left out for it."""


def trends(actor: Actor, at: datetime, held: Held) -> Trends | None:
    """None where nothing was counted yet; `held`: what is held now.

    Months before the first count are left out: nobody knows what was held then.
    """
    changes = _changes(actor)
    if not changes:
        return None
    first = min(change["day"] for change in changes)
    months = _months(first, at.astimezone(UTC).date())
    now = {one.currency: one.amount for one in held.spend}
    known = {*now, *(change["currency"] for change in changes)}
    sums = [
        Trend(_bars(months, _of(changes, currency), "per_month", now.get(currency, 0)), currency)
        for currency in sorted(known, key=lambda one: (one != actor.account.currency, one))
    ]
    return Trends(
        Trend(_bars(months, changes, "seats", held.all_seats)),
        [trend for trend in sums if any(bar.value for bar in trend.bars)],
        first if len(months) < MONTHS else None,
    )


def _changes(actor: Actor) -> Changes:
    """By day and currency: fewer than rows, and cheaper than by month, which each row would ask."""
    rows = holding_changes_of(actor).order_by().values("day", "currency")
    return list(rows.annotate(seats=Sum("seats"), per_month=Sum("per_month")))


def _of(changes: Changes, currency: str) -> Changes:
    return [change for change in changes if change["currency"] == currency]


def _months(first: date, today: date) -> list[date]:
    """The first days of the months that are shown, this one last."""
    this = today.replace(day=1)
    months = [add_months(this, -back) for back in range(MONTHS - 1, 0, -1)]
    return [month for month in months if month >= first.replace(day=1)] + [this]


def _bars(months: list[date], changes: Changes, name: str, now: int | Decimal) -> list[Bar]:
    values: list[int | Decimal] = [
        sum(change[name] for change in changes if change["day"] < add_months(month, 1))
        for month in months[:-1]
    ]
    values.append(now)
    longest = max(values)
    return [
        Bar(value, share_of(value, longest), first=month)
        for month, value in zip(months, values, strict=True)
    ]
