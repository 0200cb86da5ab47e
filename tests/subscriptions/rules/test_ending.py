"""Cancel, suspend, and the choice for the end of the term."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from subscriptions.rules import (
    Cancel,
    ChooseEnd,
    ClearSchedule,
    Forbidden,
    Preview,
    Reactivate,
    Rename,
    ScheduleAtRenewal,
    Scheduled,
    SetSeats,
    Suspend,
    add,
    judge,
)
from tests.subscriptions.rules.contracts import at, bought

TEN = bought(at(5), unit_price=Decimal("10.08"))
PLANNED = replace(TEN, scheduled=Scheduled(quantity=3))


def codes(preview: Preview) -> set[str]:
    return {note.code for note in preview.notes}


def test_cancelled_on_day_three_it_is_refunded_by_day() -> None:
    preview = judge(TEN, Cancel(), at(7))
    assert preview.amount_now == Decimal("-94.20")
    assert preview.period_after == 0
    assert preview.ends_on == date(2026, 3, 7)
    assert codes(preview) == {"refund_by_day", "ends_at_once"}


def test_cancelled_within_a_day_it_costs_nothing() -> None:
    assert judge(TEN, Cancel(), at(6, 11)).amount_now == Decimal("-100.80")
    assert judge(TEN, Cancel(), at(6, 12)).amount_now == Decimal("-97.50")


def test_seats_added_on_the_second_day_are_refunded_as_they_were_charged() -> None:
    more = judge(TEN, SetSeats(quantity=15), at(6, 9))
    grown = replace(TEN, quantity=15, batches=add(TEN.batches, 5, at(6, 9)))
    assert judge(grown, Cancel(), at(6, 11)).amount_now == -(more.amount_now + Decimal("100.80"))


def test_microsofts_own_moment_of_the_full_refund_counts() -> None:
    shown = replace(TEN, full_refund_until=datetime(2026, 3, 6, tzinfo=UTC))
    assert "refund_by_day" in codes(judge(shown, Cancel(), at(6, 11)))


def test_after_its_window_it_can_only_be_left_to_end() -> None:
    with pytest.raises(Forbidden) as refused:
        judge(TEN, Cancel(), at(12))
    assert refused.value.code == "cancel_window_closed"
    assert refused.value.possible_from == date(2027, 3, 5)
    with pytest.raises(Forbidden):
        judge(replace(TEN, cancellable_until=None), Cancel(), at(7))


def test_an_extended_term_can_be_cancelled_on_any_day() -> None:
    month = replace(TEN, is_extended=True, term="P1M", ends_on=date(2026, 4, 4))
    assert judge(month, Cancel(), at(25)).amount_now == Decimal("-35.70")  # 10.08 / 31 x 11


def test_the_bin_says_that_add_ons_go_on() -> None:
    preview = judge(replace(TEN, addons=("Audio", "Defender")), Cancel(), at(7))
    (note,) = [each for each in preview.notes if each.code == "addons_go_on"]
    assert note.params == {"names": "Audio, Defender"}


def test_suspending_does_not_stop_the_bill() -> None:
    preview = judge(PLANNED, Suspend(), at(7))
    assert preview.amount_now == 0
    assert preview.period_after == preview.period_before
    assert {"billing_goes_on", "renewal_turned_off", "disabled_from"} <= codes(preview)
    assert preview.deletes_schedule == Scheduled(quantity=3)
    asleep = replace(TEN, status="suspended", auto_renew=False)
    assert judge(asleep, Suspend(), at(7)).changes_nothing
    assert codes(judge(asleep, Reactivate(), at(7))) == {"renewal_stays_off"}
    assert judge(TEN, Reactivate(), at(7)).changes_nothing


def test_a_suspended_one_is_only_reactivated_or_cancelled() -> None:
    asleep = replace(TEN, status="suspended", auto_renew=False, batches=())
    assert judge(asleep, Cancel(), at(7)).amount_now == Decimal("-94.20")
    for change in (Rename(name="New"), ChooseEnd(choice="renew"), ClearSchedule()):
        with pytest.raises(Forbidden, match="suspended"):
            judge(asleep, change, at(7))


def test_let_it_end() -> None:
    preview = judge(PLANNED, ChooseEnd(choice="cancel"), at(7))
    assert preview.period_after == 0
    assert preview.charged_on == date(2027, 3, 5)
    assert codes(preview) == {"expired_from", "disabled_from", "deleted_on"}
    assert preview.deletes_schedule == Scheduled(quantity=3)


def test_let_it_go_on_by_the_month() -> None:
    priced = replace(TEN, monthly_price=Decimal("12.00"))
    preview = judge(priced, ChooseEnd(choice="extend"), at(7))
    assert preview.period_after == Decimal("123.60")
    (note,) = [each for each in preview.notes if each.code == "extended_monthly"]
    assert (note.params["percent"], note.params["price"]) == (3, "12.36")


def test_choosing_to_renew_again() -> None:
    ending = replace(TEN, auto_renew=False, end_choice="cancel", price_next=Decimal("11.00"))
    preview = judge(ending, ChooseEnd(choice="renew"), at(7))
    assert preview.period_after == Decimal("110.00")
    assert {"renews", "window_at_renewal"} == codes(preview)
    assert judge(TEN, ChooseEnd(choice="renew"), at(7)).changes_nothing
    assert judge(ending, ChooseEnd(choice="cancel"), at(7)).changes_nothing


def test_a_bare_do_not_renew_is_no_choice() -> None:
    bare = replace(TEN, auto_renew=False)
    for choice in ("renew", "cancel", "extend"):
        assert not judge(bare, ChooseEnd(choice=choice), at(7)).changes_nothing


def test_choices_that_do_not_exist() -> None:
    for contract, choice, code in (
        (TEN, "maybe", "unknown_choice"),
        (bought(at(5, year=2025), ends_on=date(2026, 4, 4)), "extend", "not_extendable"),
    ):
        with pytest.raises(Forbidden, match=code):
            judge(contract, ChooseEnd(choice=choice), at(7))


def test_fewer_seats_from_the_renewal_on() -> None:
    preview = judge(TEN, ScheduleAtRenewal(quantity=4), at(25))
    assert (preview.amount_now, preview.period_after) == (Decimal(0), Decimal("40.32"))
    assert preview.charged_on == date(2027, 3, 5)
    assert {"price_of_today", "renews", "dropped_by_changes"} <= codes(preview)


def test_another_plan_from_the_renewal_on() -> None:
    wish = ScheduleAtRenewal(term="P1M", billing_cycle="Monthly", unit_price=Decimal("12.10"))
    preview = judge(TEN, wish, at(25))
    assert preview.period_after == Decimal("121.00")
    (note,) = [each for each in preview.notes if each.code == "renews"]
    assert note.params == {"renews_on": "2027-03-05", "ends_on": "2027-04-04"}
    assert "price_unknown" in codes(judge(TEN, ScheduleAtRenewal(term="P3Y"), at(25)))


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (ScheduleAtRenewal(quantity=0), "at_least_one"),
        (ScheduleAtRenewal(quantity=301), "above_maximum"),
        (ScheduleAtRenewal(term="P1M", billing_cycle="annual"), "billing_longer_than_term"),
        (ScheduleAtRenewal(billing_cycle="triennial"), "billing_longer_than_term"),
        (ScheduleAtRenewal(term="P1Y", billing_cycle="weekly"), "billing_not_sold"),
        (ScheduleAtRenewal(term="soon"), "unknown_term"),
        (ScheduleAtRenewal(ends_on=date(2028, 3, 5)), "end_outside_term"),
        (ScheduleAtRenewal(term="P1M", ends_on=date(2027, 3, 30)), "end_outside_term"),
    ],
)
def test_what_cannot_be_scheduled(wish: ScheduleAtRenewal, code: str) -> None:
    with pytest.raises(Forbidden, match=code):
        judge(TEN, wish, at(25))


def test_a_schedule_is_replaced_or_dropped_and_needs_a_renewal() -> None:
    preview = judge(PLANNED, ScheduleAtRenewal(quantity=5), at(25))
    assert preview.deletes_schedule == Scheduled(quantity=3)
    assert judge(PLANNED, ScheduleAtRenewal(quantity=3), at(25)).changes_nothing
    assert judge(PLANNED, ClearSchedule(), at(25)).period_after == Decimal("100.80")
    assert judge(TEN, ClearSchedule(), at(25)).changes_nothing
    with pytest.raises(Forbidden, match="renewal_off"):
        judge(replace(TEN, auto_renew=False), ScheduleAtRenewal(quantity=5), at(25))


def test_renaming_costs_nothing_and_drops_nothing() -> None:
    preview = judge(PLANNED, Rename(name="Paris"), at(25))
    assert (preview.amount_now, preview.deletes_schedule) == (Decimal(0), None)
    assert judge(TEN, Rename(name=TEN.name), at(25)).changes_nothing
    with pytest.raises(Forbidden, match="name_missing"):
        judge(TEN, Rename(name=" "), at(25))


def test_a_trial_can_only_be_told_how_it_ends() -> None:
    trial = bought(at(5), quantity=25, is_trial=True, term="P1M", ends_on=date(2026, 4, 3))
    for change in (Cancel(), Suspend(), SetSeats(quantity=5)):
        with pytest.raises(Forbidden, match="trial"):
            judge(trial, change, at(7))
    assert judge(trial, ChooseEnd(choice="cancel"), at(7)).period_after == 0
    fewer = judge(trial, ScheduleAtRenewal(quantity=3), at(7))
    assert (fewer.period_before, fewer.period_after) == (Decimal(0), Decimal(36))
