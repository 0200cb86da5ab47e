"""Another billing of the same term in mid-term: counted by months, not by days."""

from datetime import date
from decimal import Decimal

from subscriptions.rules.contract import Contract
from subscriptions.rules.money import Charge
from subscriptions.rules.proration import BILLING_PLAN, by_months, whole_cycle
from subscriptions.rules.terms import ANNUAL, CYCLE_MONTHS, MONTHLY, Period, cycles


def billing_plan_change(
    contract: Contract, billing_cycle: str, unit_price: Decimal, today: date
) -> tuple[Charge, ...]:
    """Monthly to annual, or back, for the months of this year of the term that have not begun.

    A month that begins today has not begun.
    """
    year = _around(cycles(contract.started_on, contract.term, ANNUAL, contract.ends_on), today)
    every = cycles(contract.started_on, contract.term, MONTHLY, contract.ends_on)
    coming = [each for each in every if each.start >= today and each.start in year]
    to_annual = billing_cycle == ANNUAL
    lines = []
    if coming:
        rest = Period(coming[0].start, year.end)
        price, sign = (unit_price, 1) if to_annual else (contract.unit_price, -1)
        months = CYCLE_MONTHS[ANNUAL]
        lines.append(by_months(sign * contract.quantity, price, months, len(coming), rest))
    if coming and coming[0].start == today:
        price, sign = (contract.unit_price, -1) if to_annual else (unit_price, 1)
        lines.append(whole_cycle(BILLING_PLAN, sign * contract.quantity, price, coming[0]))
    return tuple(sorted(lines, key=lambda line: line.quantity))


def _around(periods: list[Period], day: date) -> Period:
    return next((each for each in periods if day in each), periods[-1])
