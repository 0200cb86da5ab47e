"""Charge lines: what a purchase, a renewal or a change costs. Pure.

Amounts are cut to cents, never rounded. Days count from the day of change, that day included.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from sandbox.microsoft.cycles import Cycle, cycle_at, months_left, term_of
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item


def cut(amount: Decimal | Fraction) -> Decimal:
    """The amount without what is smaller than a cent."""
    return Decimal(int(Fraction(amount) * 100)) / 100


def charged(found: Item, at: datetime, *lines: Item) -> Item:
    """The subscription with further charge lines."""
    common = {
        "at": stamp(at),
        "customerId": found["customer_id"],
        "subscriptionId": found["id"],
        "orderId": found["order_id"],
        "key": found["key"],
        "availability": found["availability"],
        "termDuration": found["term"],
        "billingCycle": found["cycle"],
        "partnerId": found["partner_id"],
        "promotionId": found["promotion"],
        "subscriptionStartDate": found["started"],
        "subscriptionEndDate": found["ends"],
    }
    made = [{**common, **line, "currency": found["currency"]} for line in lines]
    return {**found, "charges": [*found["charges"], *made]}


def line(
    kind: str, quantity: int, unit: Decimal, each: Decimal | Fraction, days: tuple[date, date]
) -> Item:
    """A charge line: `unit` is the price of a whole cycle, `each` what a seat costs."""
    return {
        "chargeType": kind,
        "quantity": quantity,
        "unitPrice": float(unit),
        "effectiveUnitPrice": float(each),
        "subtotal": float(cut(each * quantity)),
        "chargeStartDate": f"{days[0]}T00:00:00Z",
        "chargeEndDate": f"{days[1]}T00:00:00Z",
    }


def for_cycle(found: Item, kind: str, cycle: Cycle) -> Item:
    """All seats for one cycle; a first one that is cut costs its days."""
    unit = Decimal(found["unit"])
    each = Fraction(unit) * cycle.remaining(cycle.start) / cycle.days
    return line(kind, found["quantity"], unit, each, (cycle.start, cycle.end))


def for_seats(found: Item, quantity: int, day: date, cycle: Cycle) -> list[Item]:
    """Another number of seats: the old number back, the new one on, both to the cycle's end."""
    kind = "addQuantity" if quantity > found["quantity"] else "removeQuantity"
    unit, days = Decimal(found["unit"]), (max(day, cycle.start), cycle.end)
    each = Fraction(unit) * cycle.remaining(day) / cycle.days
    return [
        line(kind, -found["quantity"], unit, each, days),
        line(kind, quantity, unit, each, days),
    ]


def for_rest(found: Item, kind: str, quantity: int, at: datetime) -> Item:
    """Seats from a day to the end of its cycle, the unit price cut first: cancel and convert."""
    cycle, unit = cycle_at(found, at), Decimal(found["unit"])
    day = max(at.date(), cycle.start)
    each = cut(Fraction(unit) * cycle.remaining(day) / cycle.days)
    return line(kind, quantity, unit, each, (day, cycle.end))


def in_full(found: Item, at: datetime) -> Item:
    """Everything that this term has cost, given back: a cancellation within 24 hours."""
    cycle, since = cycle_at(found, at), str(term_of(found)[0])
    paid = [each for each in found["charges"] if each["chargeStartDate"][:10] >= since]
    total = sum((Decimal(str(each["subtotal"])) for each in paid), Decimal(0))
    unit, days = Decimal(found["unit"]), (cycle.start, cycle.end)
    each = Fraction(total) / found["quantity"]
    return {
        **line("cancelImmediate", -found["quantity"], unit, each, days),
        "subtotal": -float(total),
    }


def for_months(found: Item, sign: int, at: datetime) -> list[Item]:
    """Billing by the year begins or ends in mid-term: whole months after the running one."""
    year = cycle_at(found, at)
    left = months_left(found, at.date(), year.end)
    if not left:
        return []
    months = 36 if found["cycle"] == "triennial" else 12
    unit = Decimal(found["unit"])
    each = Fraction(unit) / months * len(left)
    days = (left[0].start, left[-1].end)
    return [line("changeBillingPlan", sign * found["quantity"], unit, each, days)]


def is_day_old(since: str, now: datetime) -> bool:
    """Whether the 24 hours of the full refund are over."""
    return (now - read(since)).total_seconds() >= 24 * 3600
