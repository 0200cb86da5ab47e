"""Another term or billing cycle in mid-term. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import money
from sandbox.microsoft.casing import text
from sandbox.microsoft.cycles import CYCLE_MONTHS, cycle_at, months_left
from sandbox.microsoft.licences import Licence, by_key
from sandbox.microsoft.refusal import front
from sandbox.microsoft.terms import converted
from sandbox.microsoft.times import MONTHS, read

if TYPE_CHECKING:
    from sandbox.microsoft.price_list import PriceList
    from sandbox.table import Item


def _wanted(found: Item, body: dict[str, Any]) -> tuple[str, str]:
    term = text(body, "termDuration").upper() or found["term"]
    return term, text(body, "billingCycle").lower() or found["cycle"]


def is_wanted(found: Item, body: dict[str, Any]) -> bool:
    """Whether a PATCH names another term or billing cycle."""
    return _wanted(found, body) != (found["term"], found["cycle"])


def applied(found: Item, body: dict[str, Any], now: datetime, prices: PriceList) -> Item:
    """The subscription with its new plan, and what that costs.

    Raises:
        Refusal: 800107 a trial, 800121 no term, 800122 a shorter one, 800097 triennial billing,
            and what `check_plan` refuses.
    """
    term, cycle = _wanted(found, body)
    if found["trial"]:
        raise front(400, 800107, "Term changes are not supported for trial offers.")
    if term not in MONTHS:
        raise front(400, 800121, "The term duration provided is invalid.")
    if MONTHS[term] < MONTHS[found["term"]]:
        raise front(400, 800122, "The target term duration cannot be shorter than the current.")
    check_plan(by_key()[found["key"]], term, cycle)
    if term != found["term"]:
        return converted(found, now, prices, {"termDuration": term, "billingCycle": cycle})
    if "triennial" in (cycle, found["cycle"]):
        raise front(400, 800097, "Can't update the billing cycle for this subscription")
    return _billed(found, cycle, now, prices)


def check_plan(licence: Licence, term: str, cycle: str) -> None:
    """Is the licence sold for that term and billing cycle?

    Raises:
        Refusal: 400 2004 no such cycle, 900270 longer than the term, 900269 not sold so.
    """
    if cycle not in CYCLE_MONTHS:
        raise front(400, 2004, f"The offer doesn't support the billing cycle {cycle}")
    if CYCLE_MONTHS[cycle] > MONTHS.get(term, 0):
        raise front(400, 900270, "The billing cycle cannot be longer than the term.")
    if (term, cycle.title()) not in licence.plans():
        raise front(400, 900269, "The billing cycle is invalid.")


def _billed(found: Item, cycle: str, now: datetime, prices: PriceList) -> Item:
    """By the month or by the year: the price is that of the term's start."""
    changed = {**found, "cycle": cycle}
    changed["unit"] = prices.unit(changed, read(found["started"]))
    yearly, sign = (found, -1) if cycle == "monthly" else (changed, 1)
    lines = money.for_months(yearly, sign, now)
    changed = money.charged(changed, now, *lines)
    if cycle == "monthly":
        left = months_left(found, now.date(), read(found["ends"]).date())
        paid_to = left[0].start if left else read(found["ends"]).date()
    else:
        paid_to = cycle_at(changed, now).next_start
    return {**changed, "charged_to": str(paid_to)}
