"""What holds for every history of a subscription, not only for the examples."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from subscriptions.rules import (
    WINDOW,
    Batch,
    Cancel,
    ChooseEnd,
    Contract,
    Forbidden,
    Period,
    SetSeats,
    Suspend,
    add,
    judge,
    promised_until,
    returnable,
    take,
    total,
)
from tests.subscriptions.rules.contracts import bought

CENT = Decimal("0.01")
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
starts = st.integers(0, 6 * 365 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds))
prices = st.decimals("0.10", "99.99", places=2)
# Wishes: hours after the last one, and the number of seats.
histories = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 40)), max_size=8)


def changed(contract: Contract, quantity: int, at: datetime) -> Contract:
    """The contract after a change of seats that was allowed."""
    more = quantity - contract.quantity
    batches = contract.batches
    kept = add(batches, more, at) if more > 0 else take(batches, -more, at)[1]
    return replace(contract, quantity=quantity, batches=kept)


@settings(max_examples=100)
@given(starts, prices, histories)
def test_seats_go_down_by_what_is_returnable_and_no_further(
    start: datetime, price: Decimal, history: list[tuple[int, int]]
) -> None:
    contract, at = bought(start, unit_price=price), start
    for hours, quantity in history:
        at += timedelta(hours=hours)
        free = returnable(contract.batches, at)
        assert 0 <= free <= contract.quantity
        try:
            judge(contract, SetSeats(quantity=quantity), at)
        except Forbidden as refused:
            assert quantity < contract.quantity - free
            assert refused.possible_from == contract.renews_on
        else:
            assert quantity >= contract.quantity - free
            contract = changed(contract, quantity, at)


@settings(max_examples=100)
@given(starts, prices, histories)
def test_the_charges_of_a_cycle_are_the_seats_of_each_day(
    start: datetime, price: Decimal, history: list[tuple[int, int]]
) -> None:
    """Every line may lose less than a cent by being cut; nothing else may differ."""
    contract, at = bought(start, unit_price=price), start
    cycle = contract.cycle(start.date())
    charged, lines = price * 10, 0
    seats = dict.fromkeys(days(cycle), 10)
    for hours, quantity in history:
        at += timedelta(hours=hours)
        quantity += contract.quantity  # only more: always allowed
        if at.date() > cycle.end or quantity > 300:
            break
        preview = judge(contract, SetSeats(quantity=quantity), at)
        charged, lines = charged + preview.amount_now, lines + len(preview.charges)
        seats |= {day: quantity for day in days(cycle) if day >= at.date()}
        contract = changed(contract, quantity, at)
    by_day = sum(price * count / cycle.days for count in seats.values())
    assert abs(charged - by_day) < CENT * (lines + 1)


@given(starts, prices, st.integers(0, 364), st.integers(11, 300))
def test_seats_added_and_given_back_on_one_day_cost_nothing(
    start: datetime, price: Decimal, days_on: int, quantity: int
) -> None:
    contract = bought(start, unit_price=price)
    at = start.replace(hour=8) + timedelta(days=days_on)
    more = judge(contract, SetSeats(quantity=quantity), at)
    grown, later = changed(contract, quantity, at), at + timedelta(hours=5)
    assert more.amount_now + judge(grown, SetSeats(quantity=10), later).amount_now == 0


@given(starts, prices, st.integers(1, 300), st.integers(0, 167))
def test_a_refund_is_never_more_than_was_paid_and_shrinks_by_the_day(
    start: datetime, price: Decimal, quantity: int, hours: int
) -> None:
    contract = bought(start, quantity, unit_price=price)
    now = judge(contract, Cancel(), start + timedelta(hours=hours)).amount_now
    later = judge(contract, Cancel(), start + timedelta(hours=hours + 0.9)).amount_now
    paid = (price * quantity).quantize(CENT, ROUND_DOWN)
    assert -paid <= now <= later <= 0
    assert (now == -paid) or hours >= 24


@given(starts)
def test_what_is_promised_microsoft_still_grants(bought_at: datetime) -> None:
    promise = promised_until(bought_at)
    assert timedelta(days=6) < promise - bought_at <= WINDOW
    assert Batch(1, bought_at + WINDOW).is_open(promise - timedelta(seconds=1))


@given(starts, st.sampled_from(["suspended", "deleted", "expired", "disabled", "pending", "odd"]))
def test_only_what_is_active_is_changed(start: datetime, status: str) -> None:
    contract = bought(start, status=status)
    for wish in (SetSeats(quantity=11), ChooseEnd(choice="cancel"), Suspend()):
        try:
            preview = judge(contract, wish, start)
        except Forbidden:
            continue
        assert status == "suspended"
        assert preview.changes_nothing


@given(starts, prices, st.integers(11, 300))
def test_a_preview_adds_up(start: datetime, price: Decimal, quantity: int) -> None:
    preview = judge(bought(start, unit_price=price), SetSeats(quantity=quantity), start)
    assert preview.amount_now == total(line.amount for line in preview.charges)
    assert preview.period_after - preview.period_before == price * (quantity - 10)
    assert preview.amount_now == preview.period_after - preview.period_before


def days(period: Period) -> list[date]:
    return [period.start + timedelta(days=count) for count in range(period.days)]
