"""What becomes of subscriptions when their term ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subscriptions.rules import (
    WINDOW,
    Scheduled,
    at_term_end,
    extended_price,
    fate,
    is_extendable,
    renewal_day,
    returnable,
    stages,
)
from tests.subscriptions.rules.contracts import at, bought

YEAR = bought(at(5))
ENDING = replace(YEAR, auto_renew=False, end_choice="cancel")
BEFORE_EXTENSION = bought(at(5, year=2025), auto_renew=False)


def status_on(day: date, contract: object = ENDING) -> str:
    return fate(contract, datetime(day.year, day.month, day.day, 12, tzinfo=UTC)).status  # type: ignore[arg-type]


def test_a_renewal_is_a_new_term_with_a_new_window_for_all_seats() -> None:
    after = at_term_end(replace(YEAR, price_next=Decimal("13.10")))
    assert (after.started_on, after.ends_on) == (date(2027, 3, 5), date(2028, 3, 4))
    assert after.unit_price == Decimal("13.10")
    midnight = datetime(2027, 3, 5, tzinfo=UTC)
    assert after.cancellable_until == midnight + WINDOW
    assert returnable(after.batches, midnight) == 10


def test_what_was_scheduled_happens_at_the_renewal_and_only_once() -> None:
    wish = Scheduled(quantity=4, term="P3Y", billing_cycle="Annual", unit_price=Decimal(99))
    after = at_term_end(replace(YEAR, scheduled=wish))
    assert (after.quantity, after.term, after.unit_price) == (4, "P3Y", Decimal(99))
    assert after.ends_on == date(2030, 3, 4)
    assert after.scheduled is None
    assert at_term_end(after).quantity == 4


def test_a_custom_end_of_the_next_term() -> None:
    after = at_term_end(replace(YEAR, scheduled=Scheduled(ends_on=date(2027, 12, 31))))
    assert after.ends_on == date(2027, 12, 31)
    assert after.cycle(date(2027, 3, 5)).end == date(2027, 3, 31)


def test_ended_by_choice_it_expires_is_disabled_and_deleted() -> None:
    assert [(each.status, each.starts_on, each.ends_on) for each in stages(ENDING)] == [
        ("expired", date(2027, 3, 5), date(2027, 4, 3)),
        ("disabled", date(2027, 4, 4), date(2027, 7, 2)),
        ("deleted", date(2027, 7, 3), None),
    ]
    assert status_on(date(2027, 3, 4)) == "active"
    for stage in stages(ENDING):
        assert status_on(stage.starts_on) == stage.status
        assert status_on(stage.ends_on or date(2031, 1, 1)) == stage.status


def test_suspended_at_the_end_it_is_disabled_at_once() -> None:
    suspended = replace(YEAR, status="suspended", auto_renew=False)
    assert [(each.status, each.starts_on) for each in stages(suspended)] == [
        ("disabled", date(2027, 3, 5)),
        ("deleted", date(2027, 7, 3)),
    ]
    assert status_on(date(2027, 7, 2), suspended) == "disabled"
    assert status_on(date(2027, 7, 3), suspended) == "deleted"


def test_who_did_not_choose_goes_on_month_by_month_and_pays_more() -> None:
    unchosen = replace(YEAR, auto_renew=False)
    month = at_term_end(replace(unchosen, monthly_price=Decimal("14.40")))
    assert (month.status, month.is_extended) == ("active", True)
    assert (month.term, month.billing_cycle) == ("P1M", "monthly")
    assert month.unit_price == Decimal("14.83")  # 14.40 + 3 % = 14.832
    assert month.ends_on == date(2027, 4, 4)
    again = at_term_end(month)
    assert (again.started_on, again.unit_price) == (date(2027, 4, 5), Decimal("14.83"))


def test_the_price_of_a_further_month_follows_the_monthly_plan() -> None:
    month = at_term_end(replace(YEAR, auto_renew=False, monthly_price=Decimal("14.40")))
    dearer = at_term_end(replace(month, monthly_price=Decimal("15.00")))
    assert dearer.unit_price == Decimal("15.45")
    assert at_term_end(replace(month, monthly_price=None)).unit_price == month.unit_price


def test_an_extended_term_may_renew_into_the_term_it_came_from() -> None:
    month = at_term_end(replace(YEAR, auto_renew=False))
    again = at_term_end(replace(month, auto_renew=True, renewal_term="P1Y"))
    assert (again.term, again.ends_on) == ("P1Y", date(2028, 4, 4))
    assert not again.is_extended


def test_without_a_monthly_plan_a_month_costs_23_percent_more() -> None:
    yearly = replace(YEAR, billing_cycle="annual", unit_price=Decimal(120))
    assert extended_price(yearly) == Decimal("12.30")


def test_a_term_before_the_extended_one_expires_when_nobody_chose() -> None:
    assert not is_extendable(BEFORE_EXTENSION)
    assert at_term_end(BEFORE_EXTENSION).status == "expired"


@pytest.mark.parametrize(
    ("started", "ended", "possible"),
    [
        (date(2025, 4, 1), date(2026, 5, 4), True),
        (date(2025, 3, 31), date(2026, 5, 4), False),
        (date(2025, 4, 1), date(2026, 5, 3), False),
    ],
)
def test_which_terms_can_be_extended(started: date, ended: date, possible: bool) -> None:
    assert is_extendable(replace(YEAR, started_on=started, ends_on=ended)) is possible


def test_a_trial_becomes_a_paid_year_by_itself() -> None:
    trial = bought(at(5), quantity=25, is_trial=True, term="P1M", ends_on=date(2026, 4, 3))
    after = at_term_end(trial)
    assert (after.is_trial, after.quantity, after.term) == (False, 25, "P1Y")
    assert after.ends_on == date(2027, 4, 3)
    assert (trial.cycle_amount, after.cycle_amount) == (Decimal(0), Decimal(300))
    assert at_term_end(replace(trial, scheduled=Scheduled(quantity=2, term="P1Y"))).quantity == 2


def test_what_nobody_knows_stays_what_it_is() -> None:
    strange = replace(YEAR, status="hibernating", term="P10D")
    assert fate(strange, at(5, year=2040)) == strange
    assert stages(strange) == ()
    renewed = at_term_end(replace(YEAR, term="P10W", ends_on=date(2026, 5, 13)))
    assert renewed.ends_on - renewed.started_on == timedelta(days=69)


@settings(max_examples=60)
@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["P1M", "P1Y", "P3Y"]),
    st.integers(1, 30),
)
def test_renewals_are_a_chain_of_terms(start: date, term: str, count: int) -> None:
    contract, day = (
        bought(datetime(start.year, start.month, start.day, tzinfo=UTC), term=term),
        start,
    )
    for _ in range(count):
        contract, day = at_term_end(contract), renewal_day(day, term)
        assert contract.started_on == day
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert fate(replace(contract), moment) == contract
