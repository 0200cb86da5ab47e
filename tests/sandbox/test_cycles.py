"""The sandbox's calendar of charges and the portal's, written apart, say the same."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.microsoft import cycles as sandbox
from sandbox.microsoft import money
from sandbox.microsoft.times import midnight, stamp, term_end
from subscriptions import rules
from subscriptions.rules import proration

PLANS = [
    ("P1M", "monthly"), ("P1Y", "monthly"), ("P1Y", "annual"),
    ("P3Y", "monthly"), ("P3Y", "annual"), ("P3Y", "triennial"),
]  # fmt: skip


def bought(start: date, term: str, cycle: str) -> dict[str, Any]:
    return {
        "started": stamp(midnight(start)),
        "ends": stamp(midnight(term_end(start, term)) + timedelta(days=1)),
        "term": term,
        "cycle": cycle,
        "trial": False,
        "aligned": False,
    }


@pytest.mark.parametrize(("term", "cycle"), PLANS)
def test_every_day_of_four_years(term: str, cycle: str) -> None:
    for number in range(4 * 365 + 1):
        start = date(2025, 1, 1) + timedelta(days=number)
        theirs = [(c.start, c.end) for c in sandbox.cycles(bought(start, term, cycle))]
        ours = [(c.start, c.end) for c in rules.cycles(start, term, cycle)]
        assert theirs == ours, start


def test_a_line_is_cut_once_and_exactly() -> None:
    """85.63 / 28 × 6 × 126 is 2312.01; dividing first would lose a cent."""
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    cycle = sandbox.Cycle(first, last, first)
    found = {"unit": "85.63", "quantity": 126}
    lines = money.for_seats(found, 127, date(2026, 2, 23), cycle)
    assert lines[0]["subtotal"] == -2312.01
    ours = proration.seat_change(
        126, 127, Decimal("85.63"), rules.Period(first, last), date(2026, 2, 23)
    )
    assert [float(line.amount) for line in ours] == [line["subtotal"] for line in lines]
