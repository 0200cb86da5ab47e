"""Another plan in mid-term: trial to paid, longer term, other billing, upgrade."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from subscriptions.rules import (
    ChangePlan,
    ConvertTrial,
    Forbidden,
    Scheduled,
    Upgrade,
    judge,
)
from tests.subscriptions.rules.contracts import at, bought

TEN = bought(at(5))
E5 = "CFQ7TTC0LFLZ:0002"


def to(term: str, billing: str, price: str) -> ChangePlan:
    return ChangePlan(term=term, billing_cycle=billing, unit_price=Decimal(price))


def test_annual_billing_after_one_of_twelve_months_is_counted_by_months() -> None:
    one = bought(datetime(2026, 3, 1, tzinfo=UTC), quantity=1)
    preview = judge(one, to("P1Y", "annual", "250"), at(20))
    (line,) = preview.charges
    assert (line.kind, line.amount) == ("changeBillingPlan", Decimal("229.16"))
    assert (line.starts_on, line.ends_on) == (date(2026, 4, 1), date(2027, 2, 28))
    assert (preview.period_was, preview.period) == ("monthly", "annual")
    assert preview.ends_on == one.ends_on


def test_back_to_monthly_the_months_to_come_are_credited() -> None:
    one = bought(at(5), quantity=2, billing_cycle="annual", unit_price=Decimal("120"))
    (line,) = judge(one, to("P1Y", "monthly", "11"), at(6, month=5)).charges
    assert line.amount == Decimal("-180.00")  # 120 / 12 x 9, twice
    assert line.starts_on == date(2026, 6, 5)


def test_in_the_last_month_nothing_is_left_to_change() -> None:
    assert judge(TEN, to("P1Y", "annual", "120"), at(20, month=2, year=2027)).charges == ()


def test_a_year_of_three_is_paid_at_once() -> None:
    three = bought(at(5), term="P3Y")
    (line,) = judge(three, to("P3Y", "annual", "120"), at(20)).charges
    assert (line.ends_on, line.amount) == (date(2027, 3, 4), Decimal("1100.00"))


def test_a_longer_term_begins_today_without_a_new_window() -> None:
    planned = replace(TEN, scheduled=Scheduled(quantity=3))
    preview = judge(planned, to("P3Y", "annual", "130"), at(7))
    assert [(line.kind, line.amount) for line in preview.charges] == [
        ("convert", Decimal("-112.20")),  # 12 / 31 x 29 = 11.22 each
        ("convert", Decimal("1300.00")),
    ]
    assert preview.ends_on == date(2029, 3, 6)
    assert preview.refundable_until is None
    assert [note.code for note in preview.notes] == ["no_new_window"]
    assert preview.deletes_schedule == Scheduled(quantity=3)


@pytest.mark.parametrize(
    ("change", "code", "possible_from"),
    [
        (to("P1M", "monthly", "15"), "term_shorter", date(2027, 3, 5)),
        (to("P1Y", "triennial", "300"), "billing_longer_than_term", None),
        (to("P1D", "monthly", "300"), "unknown_term", None),
    ],
)
def test_plans_that_are_refused(change: ChangePlan, code: str, possible_from: date | None) -> None:
    with pytest.raises(Forbidden) as refused:
        judge(TEN, change, at(7))
    assert (refused.value.code, refused.value.possible_from) == (code, possible_from)


def test_triennial_billing_is_frozen_for_the_term() -> None:
    three = bought(at(5), term="P3Y", billing_cycle="Triennial", unit_price=Decimal(300))
    with pytest.raises(Forbidden) as refused:
        judge(three, to("P3Y", "monthly", "11"), at(7))
    assert (refused.value.code, refused.value.possible_from) == (
        "triennial_frozen",
        date(2029, 3, 5),
    )
    assert judge(three, to("P3Y", "triennial", "300"), at(7)).changes_nothing


def test_an_upgrade_of_all_seats_opens_no_window() -> None:
    source = bought(datetime(2026, 4, 1, tzinfo=UTC), quantity=300, unit_price=Decimal("10.08"))
    wish = Upgrade(product=E5, quantity=300, unit_price=Decimal("6.43"))
    preview = judge(source, wish, at(8, month=4))
    assert [line.amount for line in preview.charges] == [Decimal("-2316.00"), Decimal("1476.00")]
    assert preview.refundable_until is None
    assert preview.ends_on == source.ends_on
    assert preview.period_after == Decimal("1929.00")


def test_a_partial_upgrade_inherits_the_window() -> None:
    preview = judge(TEN, Upgrade(product=E5, quantity=4, unit_price=Decimal(30)), at(7))
    assert preview.refundable_until == TEN.cancellable_until
    assert [note.code for note in preview.notes] == ["inherits_window"]
    assert preview.period_after == Decimal(6 * 12 + 4 * 30)
    late = judge(TEN, Upgrade(product=E5, quantity=4, unit_price=Decimal(30)), at(25))
    assert late.refundable_until is None


def test_an_upgrade_into_a_longer_term_begins_it_today() -> None:
    wish = Upgrade(
        product=E5, quantity=10, unit_price=Decimal(300), term="P3Y", billing_cycle="annual"
    )
    preview = judge(TEN, wish, at(7))
    assert preview.ends_on == date(2029, 3, 6)
    assert [line.amount for line in preview.charges] == [Decimal("-112.20"), Decimal("3000.00")]


def test_an_upgrade_to_annual_billing_is_charged_for_the_rest_of_the_year() -> None:
    wish = Upgrade(product=E5, quantity=10, unit_price=Decimal(365), billing_cycle="annual")
    preview = judge(TEN, wish, at(7))
    assert preview.ends_on == TEN.ends_on
    assert [line.amount for line in preview.charges] == [Decimal("-112.20"), Decimal("3630.00")]


def test_what_an_upgrade_leaves_must_not_be_below_the_minimum() -> None:
    wish = Upgrade(product=E5, quantity=8, unit_price=Decimal(30))
    with pytest.raises(Forbidden, match="below_minimum"):
        judge(replace(TEN, minimum=3), wish, at(7))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"quantity": 11}, "more_than_there_are"),
        ({"quantity": 0}, "at_least_one"),
        ({"product": TEN.product}, "same_licence"),
        ({"term": "P1M"}, "term_shorter"),
        ({"billing_cycle": "triennial"}, "billing_longer_than_term"),
    ],
)
def test_upgrades_that_are_refused(facts: dict[str, object], code: str) -> None:
    wish = Upgrade(product=E5, quantity=10, unit_price=Decimal(30))
    with pytest.raises(Forbidden, match=code):
        judge(TEN, replace(wish, **facts), at(7))


def test_a_trial_is_paid_from_today_with_a_window_of_its_own() -> None:
    trial = bought(
        at(5), quantity=25, is_trial=True, term="P1M", scheduled=Scheduled(term="P1Y", quantity=25)
    )
    wish = ConvertTrial(quantity=3, term="P1Y", billing_cycle="Monthly", unit_price=Decimal(12))
    preview = judge(trial, wish, at(20))
    assert (preview.amount_now, preview.period_before) == (Decimal(36), Decimal(0))
    assert (preview.ends_on, preview.impossible_until) == (date(2027, 3, 19), date(2027, 3, 20))
    assert preview.refundable_until == datetime(2026, 3, 27, tzinfo=UTC)
    assert preview.deletes_schedule is not None
    with pytest.raises(Forbidden, match="not_a_trial"):
        judge(TEN, wish, at(20))
