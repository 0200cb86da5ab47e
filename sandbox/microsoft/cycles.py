"""Charge cycles: the days that one charge covers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft.times import MONTHS, add_months, days_in_month, read

if TYPE_CHECKING:
    from sandbox.table import Item

DAY = timedelta(days=1)
CYCLE_MONTHS = {"monthly": 1, "annual": 12, "triennial": 36}


@dataclass(frozen=True)
class Cycle:
    """First and last day of a charge; `whole_from`: where it would begin if it were whole."""

    start: date
    end: date
    whole_from: date

    @property
    def days(self) -> int:
        """The days of the whole cycle: what a unit price is divided by."""
        return (self.end - self.whole_from).days + 1

    def remaining(self, day: date) -> int:
        """The days from that day to the end, both counted."""
        return (self.end - max(day, self.start)).days + 1

    @property
    def next_start(self) -> date:
        """The first day of the next cycle."""
        return self.end + DAY


def term_of(found: Item) -> tuple[date, date]:
    """First and last day of the term that is running."""
    return read(found["started"]).date(), read(found["ends"]).date() - DAY


def cycle_on(found: Item, day: date) -> Cycle:
    """The charge cycle in which a day of the term lies."""
    return next(each for each in cycles(found) if day <= each.end)


def cycle_at(found: Item, moment: datetime) -> Cycle:
    """The charge cycle of a moment; after the term's end (a renewal takes its time): the last."""
    return cycle_on(found, min(max(moment.date(), term_of(found)[0]), term_of(found)[1]))


def cycles(found: Item, *, length: int = 0) -> list[Cycle]:
    """All charge cycles of the term, of `length` months (0: those of its billing cycle)."""
    start, end = term_of(found)
    months = length or CYCLE_MONTHS[found["cycle"]]
    if found["trial"]:
        return [Cycle(start, end, start)]
    if found["aligned"]:
        return _aligned(start, end, months)
    starts = [_start(start, months, count) for count in range(MONTHS[found["term"]] // months)]
    lasts = [each - DAY for each in starts[1:]] + [end]
    return [Cycle(first, last, first) for first, last in zip(starts, lasts, strict=True)]


def _start(first: date, months: int, count: int) -> date:
    """The vendor's calendar: last days follow last days, and the days before them likewise."""
    plain = add_months(first, months * count)
    from_last = days_in_month(first) - first.day
    if from_last > 1 or months > 1:
        return plain
    return plain.replace(day=days_in_month(plain) - from_last)


def _aligned(start: date, end: date, months: int) -> list[Cycle]:
    """A term with a chosen end: cycles are counted back from it, the first one is cut."""
    found: list[Cycle] = []
    following, back = end + DAY, 0
    while not found or found[0].start > start:
        last = add_months(following, -back) - DAY
        back += months
        whole = add_months(following, -back)
        found.insert(0, Cycle(max(whole, start), last, whole))
    return found


def months_left(found: Item, day: date, until: date) -> list[Cycle]:
    """The monthly cycles that begin after a day and end no later than another."""
    return [each for each in cycles(found, length=1) if each.start > day and each.end <= until]


def charges_in(term: str, cycle: str) -> int:
    """How many charges a whole term has."""
    return MONTHS[term] // CYCLE_MONTHS[cycle.lower()]
