"""Subscriptions that the stories of the rules begin with."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from subscriptions.rules import WINDOW, Batch, Contract, term_end


def at(day: int, hour: int = 12, month: int = 3, year: int = 2026) -> datetime:
    """A moment, of March 2026 unless said otherwise."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def bought(moment: datetime, quantity: int = 10, **facts: Any) -> Contract:
    """Seats bought at a moment, 12.00 a month for a year unless said otherwise."""
    started, term = moment.date(), facts.get("term", "P1Y")
    made = Contract(
        status="active",
        quantity=quantity,
        term=term,
        billing_cycle="monthly",
        unit_price=Decimal("12.00"),
        currency="EUR",
        started_on=started,
        ends_on=term_end(started, term),
        maximum=300,
        batches=(Batch(quantity, moment + WINDOW),),
        cancellable_until=moment + WINDOW,
        name="Business Basic",
        product="CFQ7TTC0LH18:0001",
    )
    return replace(made, **facts)
