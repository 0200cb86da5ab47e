"""Dates as Microsoft writes them, and the calendar of terms."""

import calendar
from datetime import UTC, date, datetime, timedelta

MONTHS = {"P1M": 1, "P1Y": 12, "P3Y": 36}


def stamp(moment: datetime) -> str:
    """Seven digits after the second, and Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}0Z"


def read(text: str) -> datetime:
    """The moment in a text from `stamp`, or in any ISO 8601 text; without offset it is UTC.

    Raises:
        ValueError: it is no date.
    """
    head, dot, tail = text.replace("Z", "+00:00").partition(".")
    if dot:  # datetime reads six digits at most
        digits = tail.partition("+")[0].partition("-")[0]
        head = f"{head}.{digits[:6].ljust(6, '0')}{tail[len(digits) :]}"
    moment = datetime.fromisoformat(head)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, days_in_month(first)))


def days_in_month(day: date) -> int:
    """The length of the month in which a day lies."""
    return calendar.monthrange(day.year, day.month)[1]


def term_end(start: date, term: str) -> date:
    """The last day, inclusive, of a term that starts on that day."""
    return add_months(start, MONTHS[term]) - timedelta(days=1)


def midnight(day: date) -> datetime:
    """The first moment of a day, UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
