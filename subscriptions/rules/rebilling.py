"""Another billing of the same term in mid-term: counted by months, not by days."""

from datetime import date
from decimal import Decimal

from subscriptions.rules.contract import Contract
from subscriptions.rules.money import Charge
from subscriptions.rules.proration import by_months
from subscriptions.rules.terms import ANNUAL, CYCLE_MONTHS, MONTHLY, Period, cycles


def billing_plan_change(
    contract: Contract, billing_cycle: str, unit_price: Decimal, today: date
) -> tuple[Charge, ...]:
    """Monthly to annual, or back, for the months of this year of the term that have not begun."""
    year = _around(cycles(contract.started_on, contract.term, ANNUAL, contract.ends_on), today)
    every = cycles(contract.started_on, contract.term, MONTHLY, contract.ends_on)
    coming = [each for each in every if each.start > today and each.start in year]
    if not coming:
        return ()
    rest = Period(coming[0].start, year.end)
    if billing_cycle == ANNUAL:
        return (by_months(contract.quantity, unit_price, CYCLE_MONTHS[ANNUAL], len(coming), rest),)
    back = by_months(
        -contract.quantity, contract.unit_price, CYCLE_MONTHS[ANNUAL], len(coming), rest
    )
    return (back,)


def _around(periods: list[Period], day: date) -> Period:
    return next((each for each in periods if day in each), periods[-1])
