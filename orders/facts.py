"""What an order comes to, before it is placed: charges by rhythm, ways out, renewals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from orders.wishes import LineWish
from subscriptions import rules
from subscriptions.words import CYCLES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Facts:
    """`charges`: rhythm and amount; `renewals`: first day (UTC) of the next term and licences."""

    charges: "list[tuple[StrOrPromise, Decimal]]"
    total: Decimal
    """The first charge, if no first term is shorter."""
    by_day: bool
    """A shorter first term: the first charge of its licences is reckoned by day."""
    refundable_until: datetime
    renewals: list[tuple[date, list[str]]]


def facts_of(lines: Iterable[LineWish], names: dict[int, str], at: datetime) -> Facts:
    """For lines ordered at `at`; `names` of the licences by id."""
    charges: dict[str, Decimal] = {}
    renewals: dict[date, list[str]] = {}
    lines = list(lines)
    for line in lines:
        amount = line.seen_price * line.quantity
        charges[line.billing_cycle] = charges.get(line.billing_cycle, Decimal(0)) + amount
        if day := _renewal(line, at.date()):
            renewals.setdefault(day, []).append(names[line.licence_id])
    return Facts(
        charges=[(CYCLES.get(cycle, cycle), amount) for cycle, amount in charges.items()],
        total=rules.total(charges.values()),
        by_day=any(line.ends_on for line in lines),
        refundable_until=rules.promised_until(at),
        renewals=sorted(renewals.items()),
    )


def _renewal(line: LineWish, today: date) -> date | None:
    """None for a term that nobody knows yet."""
    if line.ends_on is not None:
        return line.ends_on + timedelta(days=1)
    try:
        return rules.renewal_day(today, line.term)
    except ValueError:
        return None
