"""Custom ends of a term: with the calendar month, or together with another subscription.

Source: "Align subscription end dates", Partner Center; error codes 900242 to 900246.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from subscriptions.rules.terms import add_months, months, term_end


def is_possible_end(start: date, term: str, day: date) -> bool:
    """Whether a term that starts on `start` may end on `day` at all.

    Within the first term; a monthly term not on the 28th, 29th or 30th, unless that is the
    month's last day.
    """
    return start <= day <= term_end(start, term) and _fits_month(day, term)


def possible_ends(start: date, term: str, others: Iterable[date] = ()) -> tuple[date, ...]:
    """The ends to choose from: of calendar months, and of `others`, active paid subscriptions."""
    firsts = (add_months(start.replace(day=1), count + 1) for count in range(months(term) + 1))
    ends = {first - timedelta(days=1) for first in firsts} | set(others)
    return tuple(sorted(day for day in ends if is_possible_end(start, term, day)))


def _fits_month(day: date, term: str) -> bool:
    is_last = (day + timedelta(days=1)).day == 1
    return months(term) > 1 or is_last or day.day < 28
