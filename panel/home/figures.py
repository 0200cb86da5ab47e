"""Seats, spend and renewals of an account as figures and bars; one query each."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncWeek
from django.urls import reverse

from accounts.access import Actor
from subscriptions.access import renewals_for, subscriptions_of
from subscriptions.models import Status
from subscriptions.renewals import UNDECIDED
from subscriptions.spend import with_monthly
from tenants.access import tenants_of
from tenants.models import TenantState

WEEKS: Final = 12


@dataclass(frozen=True)
class Bar:
    """A row of a chart; `share` is its length in percent of the longest one."""

    value: int | Decimal
    share: int
    name: str = ""
    url: str = ""
    """Where its rows are listed."""
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


@dataclass(frozen=True)
class Held:
    """Active seats by licence, most first, and what they cost by currency."""

    seats: list[Bar]
    spend: list[Spend]

    @property
    def all_seats(self) -> int | Decimal:
        return sum(bar.value for bar in self.seats)


def held_by(actor: Actor) -> Held:
    """The licence counts, not the name that somebody gave. Trials cost nothing, and what is paid
    in a rhythm that nobody knows is left out of the spend."""
    rows = (
        with_monthly(subscriptions_of(actor).filter(status=Status.ACTIVE))
        .order_by()
        .values("currency", licence_name=Coalesce("licence__name", "name"))
        .annotate(
            seats=Sum("quantity"),
            services=Count("tenant", distinct=True),
            amount=Sum("monthly", filter=Q(is_trial=False)),
        )
    )
    seats, services = Counter[str](), Counter[str]()
    spend: dict[str, Decimal] = {}
    for row in rows:
        name, currency = row["licence_name"], row["currency"]
        seats[name] += row["seats"]
        services[name] += row["services"]
        if row["amount"] is not None:
            spend[currency] = spend.get(currency, Decimal(0)) + row["amount"]
    longest = max(seats.values(), default=0)
    bars = [
        Bar(number, share_of(number, longest), name, services=services[name])
        for name, number in sorted(seats.items(), key=lambda each: (-each[1], each[0]))
    ]
    return Held(bars, [Spend(spend[currency], currency) for currency in sorted(spend)])


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
        share = share_of(row["number"], longest)
        bars.append(Bar(row["number"], share, first=week, undecided=row["undecided"]))
    return bars


@dataclass(frozen=True)
class Services:
    """How many services the account has, how many of them run, and how many are in each state."""

    number: int
    running: int
    states: list[Bar]


def services_of(actor: Actor) -> Services:
    """States as a service goes through them; those that no service is in are left out."""
    rows = tenants_of(actor).order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    longest = max(found.values(), default=0)
    states = [
        Bar(found[state], share_of(found[state], longest), str(state.label), _listed(state))
        for state in TenantState
        if state in found
    ]
    return Services(sum(found.values()), found.get(TenantState.OK, 0), states)


def _listed(state: TenantState) -> str:
    return f"{reverse('panel:services')}?{urlencode({'state': state.value})}"


def share_of(value: int | Decimal, longest: int | Decimal) -> int:
    """At least one percent of what is not nothing: a bar that can be seen."""
    return max(round(100 * value / longest), 1) if value else 0
