"""What a month's seats earn back: pure, the same cent however often it is computed.

- Seats are counted once a day. A subscription earns on its **peak seats** of the month, at the
  net price of the day on which it first had them, for one month.
- Of the rules that fit, the most specific one counts (product family, then segment, then
  country); rules are never added up. Its **tier** is that of the most seats the MPN ID had on one
  day within the rule's scope, and holds for all of them.
- A line is cut, not rounded, to cents; the sum of the lines is the total. A **cap** is for one
  rule, MPN ID and month; lines take from it in their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

MONTHS = {"Monthly": 1, "Annual": 12, "Triennial": 36}
"""Months that one charge pays for, by Microsoft's billing cycle."""


@dataclass(frozen=True)
class Rule:
    """Which seats earn how much. Empty scope members mean any."""

    key: int
    currency: str
    rate: Decimal
    """Per cent of the net price."""
    product_ids: frozenset[str] = frozenset()
    segment: str = ""
    country: str = ""
    seats_from: int = 0
    seats_to: int | None = None
    cap: Decimal | None = None
    first_month: date = date.min
    last_month: date | None = None

    def covers(self, usage: "Usage") -> bool:
        """Whether it is about these seats, whatever their number."""
        return (
            self.currency == usage.currency
            and (not self.product_ids or usage.product_id in self.product_ids)
            and self.segment in ("", usage.segment)
            and self.country in ("", usage.country)
        )

    def is_valid_in(self, month: date) -> bool:
        return self.first_month <= month and (self.last_month is None or month <= self.last_month)

    def is_reached_by(self, seats: int) -> bool:
        return self.seats_from <= seats and (self.seats_to is None or seats <= self.seats_to)

    @property
    def precedence(self) -> tuple[bool, bool, bool, date, int]:
        """The more specific first; among equals the newer."""
        scope = (bool(self.product_ids), bool(self.segment), bool(self.country))
        return (*scope, self.first_month, self.key)


@dataclass(frozen=True)
class Day:
    """One subscription on one day."""

    day: date
    seats: int
    unit_price: Decimal
    """Net, of one seat for one billing period."""
    billing_cycle: str


@dataclass(frozen=True)
class Usage:
    """One subscription during one month; `days` in order."""

    key: int
    product_id: str
    segment: str
    country: str
    currency: str
    days: Sequence[Day]

    @property
    def peak(self) -> Day:
        """The first day with the most seats."""
        return max(self.days, key=lambda day: (day.seats, -day.day.toordinal()))


@dataclass(frozen=True)
class Line:
    """What one subscription earns, and by which rule."""

    usage: Usage
    rule: Rule | None
    volume: int
    """The most seats on one day in the rule's scope."""
    base: Decimal
    """Peak seats at the net price of a month, cut to cents."""
    amount: Decimal
    is_capped: bool = False


def month_of(rules: Iterable[Rule], usages: Iterable[Usage], month: date) -> list[Line]:
    """The lines of one MPN ID and currency, in the order of the usages' keys."""
    valid = sorted(
        (rule for rule in rules if rule.is_valid_in(month)),
        key=lambda rule: rule.precedence,
        reverse=True,
    )
    counted = sorted((usage for usage in usages if usage.days), key=lambda usage: usage.key)
    volumes = {rule: _volume(rule, counted) for rule in valid}
    left = {rule: rule.cap for rule in valid}
    lines = []
    for usage in counted:
        rule = next((r for r in valid if r.covers(usage) and r.is_reached_by(volumes[r])), None)
        if rule is None:
            lines.append(Line(usage, None, 0, cut(_base(usage.peak)), Decimal("0.00")))
            continue
        earned = cut(_base(usage.peak) * Fraction(rule.rate) / 100)
        room = left[rule]
        amount = earned if room is None else min(earned, room)
        left[rule] = None if room is None else room - amount
        base = cut(_base(usage.peak))
        lines.append(Line(usage, rule, volumes[rule], base, amount, amount < earned))
    return lines


def total(lines: Iterable[Line]) -> Decimal:
    """The sum of the lines, to the cent."""
    return sum((line.amount for line in lines), Decimal("0.00"))


def cut(amount: Fraction) -> Decimal:
    """Towards zero, to cents."""
    cents = int(amount * 100)
    return Decimal(cents).scaleb(-2)


def _base(day: Day) -> Fraction:
    """What the peak seats cost net for one month; nothing where one charge pays for all time."""
    months = MONTHS.get(day.billing_cycle)
    return Fraction(0) if months is None else Fraction(day.unit_price) * day.seats / months


def _volume(rule: Rule, usages: Iterable[Usage]) -> int:
    """The most seats that were there on one day, of what the rule covers."""
    by_day: dict[date, int] = defaultdict(int)
    for usage in usages:
        if rule.covers(usage):
            for day in usage.days:
                by_day[day.day] += day.seats
    return max(by_day.values(), default=0)
