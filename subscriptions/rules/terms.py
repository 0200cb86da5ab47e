"""The calendar of terms and charge cycles. All dates are UTC dates, ends are inclusive.

Source: "Billing dates for new commerce licence-based subscriptions", Partner Center.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

MONTHLY, ANNUAL, TRIENNIAL = "monthly", "annual", "triennial"
CYCLE_MONTHS: Final = {MONTHLY: 1, ANNUAL: 12, TRIENNIAL: 36}
_BILLING: Final = {
    1: (MONTHLY,),
    12: (MONTHLY, ANNUAL),
    36: (MONTHLY, ANNUAL, TRIENNIAL),
}
_TERM: Final = re.compile(r"P(\d+)([MY])")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from a start to an inclusive end, perhaps the rest of a whole cycle."""

    start: date
    end: date
    whole_from: date | None = None
    """Where it would begin if nothing of it were missing; a price is for the whole."""

    @property
    def days(self) -> int:
        """How many days the whole has, both ends included: what a price is divided by."""
        return self.left(self.whole_from or self.start)

    def left(self, day: date) -> int:
        """The days from `day`, which counts, to the end."""
        return (self.end - day).days + 1

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def months(term: str) -> int:
    """The months of a term: P1M, P1Y, P3Y.

    Raises:
        ValueError: it is no number of months or years.
    """
    found = _TERM.fullmatch(term.upper())
    if not found:
        raise ValueError(f"unknown term {term!r}")
    return int(found[1]) * (12 if found[2] == "Y" else 1)


def allowed_billing(term: str) -> tuple[str, ...]:
    """The charge cycles that a term can be paid in, lower case."""
    return _BILLING.get(months(term), (MONTHLY,))


def add_months(day: date, count: int) -> date:
    """The same day some months later (or before), at most the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, _last_day(year, month + 1)))


def renewal_day(start: date, term: str) -> date:
    """The first day of the term after the one that starts on `start`."""
    return add_months(start, months(term))


def term_end(start: date, term: str) -> date:
    """The last day, inclusive, of a term that starts on `start`."""
    return renewal_day(start, term) - _DAY


def cycles(start: date, term: str, billing_cycle: str, ends_on: date | None = None) -> list[Period]:
    """The charge cycles of a term; `ends_on` is a custom, earlier, end of the term.

    A term that is billed in no known rhythm is one cycle.
    """
    end, step = ends_on or term_end(start, term), CYCLE_MONTHS.get(billing_cycle.lower())
    if not step:
        return [Period(start, end)]
    if end != term_end(start, term):
        return _aligned(start, end, step)
    starts = [_cycle_start(start, count, step) for count in range(0, months(term), step)]
    ends = [after - _DAY for after in starts[1:]]
    return [Period(*each) for each in zip(starts, [*ends, end], strict=True)]


def cycle_at(
    start: date, term: str, billing_cycle: str, day: date, ends_on: date | None = None
) -> Period:
    """The charge cycle that `day` is in.

    Raises:
        ValueError: the day is outside the term.
    """
    for period in cycles(start, term, billing_cycle, ends_on):
        if day in period:
            return period
    raise ValueError(f"{day} is outside the term")


def _cycle_start(start: date, count: int, step: int) -> date:
    """The start of the cycle some months after the term's.

    Who bought on the last day of a month pays on last days, who bought on the day before the
    last on days before the last.
    """
    after = add_months(start, count)
    if step > 1:
        return after
    from_last = _last_day(start.year, start.month) - start.day
    if from_last > 1:
        return after
    return after.replace(day=_last_day(after.year, after.month) - from_last)


def _aligned(start: date, end: date, step: int) -> list[Period]:
    """With a custom end the cycles are aligned to it: the first one is what is left of a whole."""
    found: list[Period] = []
    while not found or found[0].start > start:
        last = found[0].start - _DAY if found else end
        whole = add_months(end + _DAY, -step * (len(found) + 1))
        is_cut = whole < start
        found.insert(0, Period(start if is_cut else whole, last, whole if is_cut else None))
    return found


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
