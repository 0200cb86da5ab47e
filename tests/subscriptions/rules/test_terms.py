"""The calendar, by the vendor's own examples."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subscriptions.rules import (
    allowed_billing,
    cycle_at,
    cycles,
    possible_ends,
    renewal_day,
    term_end,
)


@pytest.mark.parametrize(
    ("start", "end", "renewal"),
    [
        (date(2022, 6, 18), date(2022, 7, 17), date(2022, 7, 18)),
        (date(2022, 1, 31), date(2022, 2, 27), date(2022, 2, 28)),
        (date(2022, 5, 31), date(2022, 6, 29), date(2022, 6, 30)),
        (date(2022, 7, 31), date(2022, 8, 30), date(2022, 8, 31)),
        (date(2022, 2, 28), date(2022, 3, 27), date(2022, 3, 28)),
        (date(2024, 1, 31), date(2024, 2, 28), date(2024, 2, 29)),
    ],
)
def test_a_monthly_term_ends_the_day_before_it_renews(
    start: date, end: date, renewal: date
) -> None:
    assert (term_end(start, "P1M"), renewal_day(start, "P1M")) == (end, renewal)


def test_longer_terms_end_on_the_day_before_the_anniversary() -> None:
    assert term_end(date(2021, 1, 14), "P1Y") == date(2022, 1, 13)
    assert term_end(date(2024, 2, 29), "P1Y") == date(2025, 2, 27)
    assert term_end(date(2024, 2, 29), "P3Y") == date(2027, 2, 27)
    with pytest.raises(ValueError, match="unknown term"):
        term_end(date(2024, 2, 29), "forever")


def starts(start: date, count: int) -> list[tuple[int, int]]:
    return [(each.start.month, each.start.day) for each in cycles(start, "P1Y", "Monthly")][:count]


def test_bought_on_the_last_day_is_paid_on_last_days() -> None:
    assert starts(date(2022, 2, 28), 4) == [(2, 28), (3, 31), (4, 30), (5, 31)]
    assert starts(date(2022, 1, 31), 4) == [(1, 31), (2, 28), (3, 31), (4, 30)]


def test_bought_on_the_day_before_the_last_is_paid_on_days_before_the_last() -> None:
    assert starts(date(2022, 2, 27), 4) == [(2, 27), (3, 30), (4, 29), (5, 30)]
    assert starts(date(2022, 1, 30), 4) == [(1, 30), (2, 27), (3, 30), (4, 29)]


def test_other_days_are_kept_where_the_month_has_them() -> None:
    assert starts(date(2022, 1, 29), 4) == [(1, 29), (2, 28), (3, 29), (4, 29)]
    assert starts(date(2022, 3, 5), 3) == [(3, 5), (4, 5), (5, 5)]


def test_what_a_term_can_be_paid_in() -> None:
    assert allowed_billing("P1M") == ("monthly",)
    assert allowed_billing("P1Y") == ("monthly", "annual")
    assert allowed_billing("P3Y") == ("monthly", "annual", "triennial")


def test_with_a_custom_end_the_cycles_are_aligned_to_it() -> None:
    first, second = cycles(date(2022, 3, 5), "P1Y", "monthly", ends_on=date(2022, 4, 30))
    assert (first.start, first.end, first.days) == (date(2022, 3, 5), date(2022, 3, 31), 31)
    assert (second.start, second.end, second.days) == (date(2022, 4, 1), date(2022, 4, 30), 30)
    (year,) = cycles(date(2024, 7, 1), "P1Y", "annual", ends_on=date(2024, 10, 1))
    assert (year.left(year.start), year.days) == (93, 366)


def test_ends_to_choose_from() -> None:
    others = [date(2022, 3, 28), date(2022, 3, 20), date(2022, 6, 1)]
    assert possible_ends(date(2022, 3, 5), "P1M", others) == (
        date(2022, 3, 20),
        date(2022, 3, 31),
    )
    year = possible_ends(date(2022, 3, 5), "P1Y", others)
    assert set(others) < set(year)
    assert (year[-1], len(year)) == (date(2023, 2, 28), 12 + 3)


def test_a_rhythm_nobody_knows_is_one_cycle() -> None:
    (whole,) = cycles(date(2022, 3, 5), "P1Y", "fortnightly")
    assert (whole.start, whole.end) == (date(2022, 3, 5), date(2023, 3, 4))


days = st.dates(date(2021, 1, 1), date(2032, 12, 31))
plans = st.sampled_from(
    [(term, billing) for term in ("P1M", "P1Y", "P3Y") for billing in allowed_billing(term)]
)


@given(days, plans)
def test_cycles_cover_the_term_without_gap_or_overlap(start: date, plan: tuple[str, str]) -> None:
    found = cycles(start, *plan)
    assert (found[0].start, found[-1].end) == (start, term_end(start, plan[0]))
    for before, after in pairwise(found):
        assert before.days >= 1
        assert after.start == before.end + timedelta(days=1)
    months = {"P1M": 1, "P1Y": 12, "P3Y": 36}[plan[0]]
    assert len(found) * {"monthly": 1, "annual": 12, "triennial": 36}[plan[1]] == months


@given(days, plans, st.integers(0, 26))
def test_every_day_of_a_term_is_in_one_cycle(start: date, plan: tuple[str, str], off: int) -> None:
    day = min(start + timedelta(days=off * 41), term_end(start, plan[0]))
    assert day in cycle_at(start, *plan, day)
    with pytest.raises(ValueError, match="outside"):
        cycle_at(start, *plan, start - timedelta(days=1))
