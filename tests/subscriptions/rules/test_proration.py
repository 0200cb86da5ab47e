"""Every figure that the vendor printed, to the cent."""

from datetime import date
from decimal import Decimal

import pytest

from subscriptions.rules import Period
from subscriptions.rules.proration import by_day, cancellation, conversion, seat_change

CYCLE = Period(date(2022, 3, 5), date(2022, 4, 4))
TWELVE = Decimal("12.00")


@pytest.mark.parametrize(
    ("day", "before", "after", "credit", "debit"),
    [
        (7, 10, 15, "-112.25", "168.38"),
        (10, 15, 25, "-150.96", "251.61"),
        (12, 25, 23, "-232.25", "213.67"),
        (14, 23, 20, "-195.87", "170.32"),
        (25, 20, 30, "-85.16", "127.74"),
    ],
)
def test_a_seat_change_is_the_old_number_back_and_the_new_one_charged(
    day: int, before: int, after: int, credit: str, debit: str
) -> None:
    back, again = seat_change(before, after, TWELVE, CYCLE, date(2022, 3, day))
    kind = "addQuantity" if after > before else "removeQuantity"
    assert (back.kind, back.quantity, back.amount) == (kind, -before, Decimal(credit))
    assert (again.kind, again.quantity, again.amount) == (kind, after, Decimal(debit))
    assert {back.starts_on, again.starts_on} == {date(2022, 3, day)}
    assert {back.ends_on, again.ends_on} == {CYCLE.end}


def test_the_first_line_is_a_whole_cycle() -> None:
    assert by_day("new", 10, TWELVE, CYCLE, CYCLE.start).amount == Decimal("120.00")


def test_a_cancellation_cuts_the_price_of_a_seat_first() -> None:
    (line,) = cancellation(10, Decimal("10.08"), CYCLE, date(2022, 3, 7))
    assert (line.kind, line.quantity) == ("cancelImmediate", -10)
    assert line.amount == Decimal("-94.20")


def test_an_upgrade_cuts_the_price_of_a_seat_first() -> None:
    cycle = Period(date(2022, 4, 1), date(2022, 4, 30))
    back, again = conversion(
        300, (Decimal("10.08"), Decimal("6.43")), (cycle, cycle), date(2022, 4, 8)
    )
    assert (back.kind, back.amount) == ("convert", Decimal("-2316.00"))
    assert (again.kind, again.amount) == ("convert", Decimal("1476.00"))
