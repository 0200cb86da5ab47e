"""The rules of seats, by example and by property."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from subscriptions.rules import Batch, lowest_quantity, next_deadline, returnable, total

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
batches = st.lists(
    st.builds(
        Batch,
        st.integers(1, 500),
        st.integers(-400, 400).map(lambda hours: NOON + timedelta(hours=hours)),
    ),
    max_size=6,
)


def test_each_batch_has_its_own_window() -> None:
    old = Batch(10, NOON - timedelta(seconds=1))
    new = Batch(3, NOON + timedelta(hours=5))
    assert returnable([old, new], NOON) == 3
    assert lowest_quantity(13, [old, new], NOON) == 10
    assert next_deadline([old, new], NOON) == new.until


def test_a_window_closes_to_the_second() -> None:
    batch = Batch(5, NOON)
    assert returnable([batch], NOON - timedelta(seconds=1)) == 5
    assert returnable([batch], NOON) == 0
    assert next_deadline([batch], NOON) is None


def test_one_seat_always_stays() -> None:
    assert lowest_quantity(5, [Batch(5, NOON + timedelta(days=1))], NOON) == 1


@given(batches, st.integers(1, 10_000))
def test_time_only_takes_possibilities_away(rows: list[Batch], quantity: int) -> None:
    later = NOON + timedelta(hours=7)
    assert returnable(rows, later) <= returnable(rows, NOON)
    assert (
        1 <= lowest_quantity(quantity, rows, NOON) <= max(lowest_quantity(quantity, rows, later), 1)
    )


def test_money_is_rounded_to_the_cent_once_at_the_end() -> None:
    assert total([Decimal("0.005"), Decimal("0.005")]) == Decimal("0.01")
