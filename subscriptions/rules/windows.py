"""The window of 168 hours in which seats may be given back, of each batch on its own.

Source: "Cancel or change a new commerce licence-based subscription", Partner Center policies.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

WINDOW: Final = timedelta(hours=168)
FULL: Final = timedelta(hours=24)
"""How long after the purchase a refund is in full; later it is by day."""


@dataclass(frozen=True)
class Batch:
    """Seats that may still be given back, until a moment of their own."""

    quantity: int
    until: datetime

    @property
    def bought_at(self) -> datetime:
        """When these seats were bought, or renewed."""
        return self.until - WINDOW

    def is_open(self, at: datetime) -> bool:
        """Whether its seats may be given back at `at`."""
        return at < self.until


def returnable(batches: Iterable[Batch], at: datetime) -> int:
    """How many seats may be given back at `at`: each batch has its own 168-hour window."""
    return sum(batch.quantity for batch in batches if batch.is_open(at))


def lowest_quantity(quantity: int, batches: Iterable[Batch], at: datetime) -> int:
    """The smallest number of seats that a change at `at` may leave."""
    return max(quantity - returnable(batches, at), 1)


def next_deadline(batches: Iterable[Batch], at: datetime) -> datetime | None:
    """When the next window closes, if one is open."""
    return min((batch.until for batch in batches if batch.is_open(at)), default=None)


def promised_until(bought_at: datetime) -> datetime:
    """Until when we promise that seats bought at `bought_at` may be given back.

    The policy page counts seven calendar days, the day of purchase included; other pages 168
    hours. The earlier is promised; what is decided by is the moment that Microsoft shows.
    """
    seventh = bought_at.astimezone(UTC).date() + timedelta(days=7)
    return min(bought_at + WINDOW, datetime.combine(seventh, time(), UTC))


def add(batches: Iterable[Batch], quantity: int, at: datetime) -> tuple[Batch, ...]:
    """The batches after `quantity` more seats were bought at `at`."""
    return (*batches, Batch(quantity, at + WINDOW))


def take(
    batches: Iterable[Batch], quantity: int, at: datetime
) -> tuple[tuple[Batch, ...], tuple[Batch, ...]]:
    """What is given back, and what stays: the seats whose window closes first go first.

    Batches whose window is closed stay as they are.

    Raises:
        ValueError: more seats than open windows hold.
    """
    taken: list[Batch] = []
    left: list[Batch] = []
    for batch in sorted(batches, key=lambda batch: batch.until):
        part = min(quantity, batch.quantity) if batch.is_open(at) else 0
        quantity -= part
        if part:
            taken.append(replace(batch, quantity=part))
        if part < batch.quantity:
            left.append(replace(batch, quantity=batch.quantity - part))
    if quantity:
        raise ValueError("more seats than may be given back")
    return tuple(taken), tuple(left)
