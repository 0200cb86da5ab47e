"""Terms with a chosen end: month ends, and the ends of other subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft.cycles import term_of
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import MONTHS, add_months, days_in_month, read, term_end

if TYPE_CHECKING:
    from sandbox.table import Item

CALENDAR, SUBSCRIPTION = "calendarMonthAligned", "subscriptionAligned"


def allowed(start: date, term: str, others: Sequence[Item]) -> dict[date, list[str]]:
    """The last days that a term may have, with the subscriptions that end then (none: month end).

    A month end on which subscriptions end too is theirs.
    """
    latest, found = term_end(start, term), {}
    for count in range(MONTHS[term] + 1):
        month = add_months(start.replace(day=1), count)
        found[month.replace(day=days_in_month(month))] = list[str]()
    for other in others:
        if other["status"] == "active" and not other["trial"]:
            found.setdefault(term_of(other)[1], []).append(other["id"])
    return {
        day: found[day]
        for day in sorted(found)
        if start <= day <= latest and _is_monthly_possible(day, term)
    }


def _is_monthly_possible(day: date, term: str) -> bool:
    """A month cannot end on the 28th to 30th, unless that is the month's last day."""
    return term != "P1M" or day.day < 28 or day.day == days_in_month(day)


def day_of(text: str) -> date | None:
    """The day that was asked for; None: it is none."""
    try:
        return read(text).date()
    except ValueError:
        return None


def check_next_term(found: Item, term: str, text: str, others: Sequence[Item]) -> None:
    """May the next term end on that day?

    Raises:
        Refusal: 400 900245 outside the first term, 900246 aligned to nothing.
    """
    start, day = term_of(found)[1] + timedelta(days=1), day_of(text)
    if not day or not start <= day <= term_end(start, term) or not _is_monthly_possible(day, term):
        told = "The custom term end date must be within the first term duration after renewal."
        raise front(400, 900245, told)
    if day not in allowed(start, term, others):
        told = "The custom term end date does not match with the end date of any subscription"
        raise front(400, 900246, f"{told} or align with the end of the calendar month.")
