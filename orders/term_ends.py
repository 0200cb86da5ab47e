"""Ends of first terms: pure calendar arithmetic."""

import calendar
from datetime import date, timedelta
from typing import Final

MONTHS: Final = {"P1M": 1, "P1Y": 12, "P3Y": 36}


def term_end(start: date, term: str) -> date:
    """The last day of a term that begins on `start`; an unknown term ends at once."""
    month = start.month - 1 + MONTHS.get(term, 0)
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) - timedelta(days=1)
