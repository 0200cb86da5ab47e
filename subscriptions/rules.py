"""Rules of the new commerce experience: pure, the time is an argument.

Source: "Cancel or change a new commerce licence-based subscription", Partner Center policies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Batch:
    """Seats that may still be given back, until a moment of their own."""

    quantity: int
    until: datetime


def returnable(batches: Iterable[Batch], at: datetime) -> int:
    """How many seats may be given back at `at`: each batch has its own 168-hour window."""
    return sum(batch.quantity for batch in batches if at < batch.until)


def lowest_quantity(quantity: int, batches: Iterable[Batch], at: datetime) -> int:
    """The smallest number of seats that a change at `at` may leave."""
    return max(quantity - returnable(batches, at), 1)


def next_deadline(batches: Iterable[Batch], at: datetime) -> datetime | None:
    """When the next window closes, if one is open."""
    return min((batch.until for batch in batches if at < batch.until), default=None)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """A sum of money to the cent."""
    return sum(amounts, Decimal(0)).quantize(CENT, ROUND_HALF_UP)
