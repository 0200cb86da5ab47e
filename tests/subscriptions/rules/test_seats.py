"""More and fewer seats: batches, windows, money."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from subscriptions.rules import Batch, Forbidden, Scheduled, SetSeats, add, judge
from tests.subscriptions.rules.contracts import at, bought

TEN = bought(at(5))


def test_more_seats_are_charged_by_day_and_can_be_given_back_for_a_week() -> None:
    preview = judge(TEN, SetSeats(quantity=15), at(7))
    assert [line.amount for line in preview.charges] == [Decimal("-112.25"), Decimal("168.38")]
    assert preview.amount_now == Decimal("56.13")
    assert (preview.period_before, preview.period_after) == (Decimal(120), Decimal(180))
    assert preview.period == "monthly"
    assert preview.charged_on == date(2026, 3, 7)
    assert preview.refundable_until == datetime(2026, 3, 14, tzinfo=UTC)
    assert preview.impossible_until == date(2027, 3, 5)


def test_a_promise_is_never_later_than_the_window() -> None:
    early = datetime(2026, 3, 7, 0, 0, tzinfo=UTC)
    preview = judge(TEN, SetSeats(quantity=15), early)
    assert preview.refundable_until == early + timedelta(hours=168)


def test_a_decrease_is_judged_per_batch() -> None:
    grown = replace(TEN, quantity=15, batches=add(TEN.batches, 5, at(10)))
    assert judge(grown, SetSeats(quantity=5), at(11)).period_after == Decimal(60)
    assert judge(grown, SetSeats(quantity=10), at(13)).amount_now < 0
    with pytest.raises(Forbidden) as refused:
        judge(grown, SetSeats(quantity=9), at(13))
    assert refused.value.code == "reduce_window_closed"
    assert refused.value.field == "quantity"
    assert refused.value.possible_from == date(2027, 3, 5)
    assert refused.value.params["lowest"] == 10


def test_a_decrease_on_day_eight_is_refused_with_its_date() -> None:
    with pytest.raises(Forbidden) as refused:
        judge(TEN, SetSeats(quantity=9), at(12))
    assert refused.value.possible_from == date(2027, 3, 5)
    assert refused.value.params["lowest"] == 10
    assert judge(TEN, SetSeats(quantity=9), at(12, 11)).amount_now < 0


def test_without_a_renewal_there_is_no_day_to_wait_for() -> None:
    ending = replace(TEN, auto_renew=False, end_choice="cancel")
    with pytest.raises(Forbidden) as refused:
        judge(ending, SetSeats(quantity=9), at(12))
    assert refused.value.code == "reduce_window_closed_ends"
    assert refused.value.possible_from is None
    assert judge(ending, SetSeats(quantity=11), at(12)).impossible_until is None
    unchosen = replace(TEN, auto_renew=False)  # goes on by the month
    assert judge(unchosen, SetSeats(quantity=11), at(12)).impossible_until == date(2027, 3, 5)


def test_seats_given_back_on_the_day_they_were_bought_cost_nothing() -> None:
    paid = judge(TEN, SetSeats(quantity=15), at(7, 9)).amount_now
    grown = replace(TEN, quantity=15, batches=add(TEN.batches, 5, at(7, 9)))
    assert judge(grown, SetSeats(quantity=10), at(7, 20)).amount_now == -paid


def test_within_24_hours_seats_are_refunded_in_full_later_by_day() -> None:
    paid = judge(TEN, SetSeats(quantity=15), at(7, 9)).amount_now
    grown = replace(TEN, quantity=15, batches=(Batch(5, at(14, 9)),))
    assert judge(grown, SetSeats(quantity=10), at(8, 8)).amount_now == -paid
    assert -paid < judge(grown, SetSeats(quantity=10), at(8, 9)).amount_now < 0


def test_with_older_seats_among_them_all_are_refunded_by_day() -> None:
    grown = replace(TEN, quantity=15, batches=add(TEN.batches, 5, at(10, 9)))
    preview = judge(grown, SetSeats(quantity=4), at(11, 8))
    assert {line.starts_on for line in preview.charges} == {date(2026, 3, 11)}


def test_a_refund_in_full_does_not_reach_into_the_cycle_before() -> None:
    grown = replace(TEN, quantity=15, batches=(Batch(5, at(11, month=4)),))
    preview = judge(grown, SetSeats(quantity=10), at(5, 10, month=4))
    assert preview.amount_now == Decimal(-60)


@pytest.mark.parametrize(
    ("facts", "quantity", "code"),
    [
        ({}, 0, "at_least_one"),
        ({"minimum": 5}, 4, "below_minimum"),
        ({}, 301, "above_maximum"),
        ({"base_quantity": 12}, 13, "above_base"),
        ({"base_quantity": 0}, 13, "base_not_active"),
        ({"status": "suspended"}, 11, "suspended"),
        ({"is_trial": True}, 11, "trial"),
        ({"status": "pending"}, 11, "pending"),
        ({"status": "deleted"}, 11, "deleted"),
        ({"status": "expired"}, 11, "ended"),
        ({"status": "disabled"}, 11, "ended"),
        ({"status": "hibernating"}, 11, "status_unknown"),
        ({"updates": 1200}, 11, "too_many_updates"),
        ({"ends_on": date(2026, 3, 6)}, 11, "renewing"),
    ],
)
def test_what_is_refused_before_microsoft_is_asked(
    facts: dict[str, object], quantity: int, code: str
) -> None:
    with pytest.raises(Forbidden) as refused:
        judge(replace(TEN, **facts), SetSeats(quantity=quantity), at(7))
    assert refused.value.code == code


def test_the_same_number_changes_nothing() -> None:
    preview = judge(TEN, SetSeats(quantity=10), at(7))
    assert preview.changes_nothing
    assert preview.charges == ()


def test_any_change_of_seats_drops_what_was_scheduled() -> None:
    planned = replace(TEN, scheduled=Scheduled(quantity=3))
    assert judge(planned, SetSeats(quantity=11), at(7)).deletes_schedule == Scheduled(quantity=3)


def test_a_new_price_from_the_renewal_on_is_said() -> None:
    dearer = replace(TEN, price_next=Decimal("13.10"))
    notes = {note.code: note.params for note in judge(dearer, SetSeats(quantity=11), at(7)).notes}
    assert notes["price_at_renewal"] == {
        "price": "13.10",
        "currency": "EUR",
        "renews_on": "2027-03-05",
    }
