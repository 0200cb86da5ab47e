"""What a change costs, line by line, as the vendor's invoices count.

The day of change counts. Lines of seat changes are cut to cents as a whole; of cancellations and
conversions the price of one seat is cut first. Source: "Billing for new commerce licence-based
subscriptions", Partner Center, worked examples.
"""

from datetime import date
from decimal import Decimal

from subscriptions.rules.money import Charge, cut
from subscriptions.rules.terms import Period

NEW, RENEW, CYCLE = "new", "renew", "cycleCharge"
ADD, REMOVE = "addQuantity", "removeQuantity"
CANCEL, CONVERT, BILLING_PLAN = "cancelImmediate", "convert", "changeBillingPlan"


def whole_cycle(kind: str, quantity: int, unit_price: Decimal, period: Period) -> Charge:
    """Seats for a whole charge cycle."""
    return by_day(kind, quantity, unit_price, period, period.start)


def by_day(kind: str, quantity: int, unit_price: Decimal, period: Period, day: date) -> Charge:
    """Seats from `day`, which counts, to the end of the charge cycle; the sum is cut."""
    amount = cut(unit_price * period.left(day) * quantity / period.days)
    return Charge(kind, quantity, unit_price, amount, day, period.end)


def by_day_each(kind: str, quantity: int, unit_price: Decimal, period: Period, day: date) -> Charge:
    """As `by_day`, but the price of one seat is cut before it is multiplied."""
    each = cut(unit_price * period.left(day) / period.days)
    return Charge(kind, quantity, unit_price, each * quantity, day, period.end)


def seat_change(
    before: int, after: int, unit_price: Decimal, period: Period, day: date
) -> tuple[Charge, ...]:
    """The old number of seats back, the new one charged, both for the rest of the cycle.

    Both lines are called by the direction of the change, as on the vendor's invoices.
    """
    kind = ADD if after > before else REMOVE
    return (
        by_day(kind, -before, unit_price, period, day),
        by_day(kind, after, unit_price, period, day),
    )


def cancellation(
    quantity: int, unit_price: Decimal, period: Period, day: date
) -> tuple[Charge, ...]:
    """All seats back for the rest of the cycle."""
    return (by_day_each(CANCEL, -quantity, unit_price, period, day),)


def conversion(
    quantity: int,
    prices: tuple[Decimal, Decimal],
    periods: tuple[Period, Period],
    day: date,
) -> tuple[Charge, ...]:
    """Seats become seats of another licence or plan; old and new price, old and new cycle."""
    return (
        by_day_each(CONVERT, -quantity, prices[0], periods[0], day),
        by_day_each(CONVERT, quantity, prices[1], periods[1], day),
    )


def by_months(
    quantity: int, cycle_price: Decimal, cycle_months: int, count: int, period: Period
) -> Charge:
    """Seats for `count` months of a price for `cycle_months`: so billing plans are changed."""
    amount = cut(cycle_price * count * quantity / cycle_months)
    return Charge(BILLING_PLAN, quantity, cycle_price, amount, period.start, period.end)
