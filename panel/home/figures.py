"""Seats, spend and renewals of an account as figures and bars; one query each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, Count, DecimalField, F, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Lower, TruncWeek

from accounts.access import Actor
from subscriptions.access import renewals_for, subscriptions_of
from subscriptions.models import Status
from subscriptions.renewals import UNDECIDED
from subscriptions.rules.terms import CYCLE_MONTHS
from tenants.access import tenants_of
from tenants.models import TenantState

TOP: Final = 8
WEEKS: Final = 12


@dataclass(frozen=True)
class Bar:
    """A row of a chart; `share` is its length in percent of the longest one."""

    value: int
    share: int
    name: str = ""
    services: int = 0
    first: date | None = None
    undecided: int = 0

    @property
    def gap(self) -> int:
        """What is above it, in percent."""
        return 100 - self.share


@dataclass(frozen=True)
class Spend:
    """What the active licences cost in a month, in one currency, before taxes."""

    amount: Decimal
    currency: str


def active(actor: Actor) -> Any:
    return subscriptions_of(actor).filter(status=Status.ACTIVE)


def seats_by_licence(actor: Actor) -> list[Bar]:
    """Active seats, most first. The licence counts, not the name that somebody gave."""
    rows = (
        active(actor)
        .order_by()
        .values(licence_name=Coalesce("licence__name", "name"))
        .annotate(seats=Sum("quantity"), services=Count("tenant", distinct=True))
        .order_by("-seats", "licence_name")
    )
    found = list(rows)
    longest = found[0]["seats"] if found else 0
    return [
        Bar(row["seats"], _share(row["seats"], longest), row["licence_name"], row["services"])
        for row in found
    ]


def renewals_by_week(actor: Actor, at: datetime) -> list[Bar]:
    """Terms that end in this week (UTC) and the eleven after it, weeks without any included."""
    today = at.astimezone(UTC).date()
    monday = today - timedelta(days=today.weekday())
    until = datetime.combine(monday + timedelta(weeks=WEEKS), datetime.min.time(), UTC)
    rows = (
        renewals_for(actor)
        .filter(commitment_ends_at__gte=at, commitment_ends_at__lt=until)
        .order_by()
        .values(week=TruncWeek("commitment_ends_at", tzinfo=UTC))
        .annotate(number=Count("pk"), undecided=Count("pk", filter=Q(outlook=UNDECIDED)))
    )
    found = {row["week"].date(): row for row in rows}
    longest = max((row["number"] for row in found.values()), default=0)
    bars = []
    for count in range(WEEKS):
        week = monday + timedelta(weeks=count)
        row = found.get(week, {"number": 0, "undecided": 0})
        share = _share(row["number"], longest)
        bars.append(Bar(row["number"], share, first=week, undecided=row["undecided"]))
    return bars


def monthly_spend(actor: Actor) -> list[Spend]:
    """Yearly payment counts a twelfth, one for three years a thirty-sixth; trials cost nothing.

    Subscriptions paid in a rhythm that nobody knows are left out.
    """
    months = Case(*(When(cycle=word, then=Value(n)) for word, n in CYCLE_MONTHS.items()))
    money: DecimalField[Any, Any] = DecimalField(max_digits=18, decimal_places=6)
    per_month = F("unit_price") * F("quantity") / months
    rows = (
        active(actor)
        .filter(is_trial=False)
        .annotate(cycle=Lower("billing_cycle"))
        .filter(cycle__in=list(CYCLE_MONTHS))
        .order_by()
        .values("currency")
        .annotate(amount=Sum(per_month, output_field=money))
        .order_by("currency")
    )
    return [Spend(row["amount"], row["currency"]) for row in rows]


@dataclass(frozen=True)
class Services:
    """How many services the account has, and how many of them run."""

    number: int
    running: int


def services_of(actor: Actor) -> Services:
    running = Count("pk", filter=Q(state=TenantState.OK))
    return Services(**tenants_of(actor).aggregate(number=Count("pk"), running=running))


def _share(value: int, longest: int) -> int:
    """At least one percent of what is not nothing: a bar that can be seen."""
    return max(round(100 * value / longest), 1) if value else 0
