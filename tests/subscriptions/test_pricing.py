"""The reseller's price: by example, and by property."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subscriptions.pricing import CENT, Rule, chosen, resale

COST, RETAIL = Decimal("4.70"), Decimal("5.88")
D = Decimal


def price(rule: Rule | None, cycle: str = "Monthly", cost: D = COST, retail: D = RETAIL) -> D:
    return resale(cost=cost, retail=retail, billing_cycle=cycle, rule=rule)


@pytest.mark.parametrize(
    ("rule", "cycle", "asked"),
    [
        (None, "Monthly", "4.70"),
        (Rule(value=D(10)), "Monthly", "5.17"),
        (Rule(value=D("12.5")), "Monthly", "5.29"),  # 5.2875
        (Rule(value=D(-5), is_on_retail=True), "Monthly", "5.59"),  # 5.586
        (Rule(value=D("0.50"), is_fixed=True), "Monthly", "5.20"),
        (Rule(value=D("0.50"), is_fixed=True), "Annual", "10.70"),  # twelve months in one period
        (Rule(value=D("0.50"), is_fixed=True), "Triennial", "22.70"),
        (Rule(value=D("-0.88"), is_fixed=True, is_on_retail=True), "Monthly", "5.00"),
        (Rule(value=D(40), cap=D(100)), "Monthly", "5.88"),
        (Rule(value=D(-50), floor=D(100)), "Monthly", "4.70"),
        (Rule(value=D(-50), floor=D("102.5")), "Monthly", "4.82"),  # 4.8175, never below
        (Rule(value=D(0), floor=D(200), cap=D(100)), "Monthly", "9.40"),  # the floor wins
        (Rule(value=D(-200)), "Monthly", "0"),
    ],
)
def test_by_example(rule: Rule | None, cycle: str, asked: str) -> None:
    assert price(rule, cycle) == D(asked)


def test_a_trial_stays_free() -> None:
    rule = Rule(value=D("1.00"), is_fixed=True)
    assert price(rule, cost=D(0), retail=D(0)) == 0


def test_without_a_retail_price_a_rule_on_it_changes_nothing() -> None:
    rule = Rule(value=D(-5), is_on_retail=True, cap=D(100))
    assert price(rule, retail=D(0)) == COST


money = st.decimals(min_value="0.01", max_value="99999", places=2)
percent = st.decimals(min_value="-90", max_value="300", places=2)
bound = st.none() | st.decimals(min_value="0", max_value="300", places=2)
rules = st.builds(
    Rule, value=percent, is_on_retail=st.booleans(), is_fixed=st.booleans(), floor=bound, cap=bound
)


@given(cost=money, retail=money, rule=rules, cycle=st.sampled_from(["Monthly", "Annual"]))
def test_floor_and_cap_hold_and_prices_are_whole_cents(
    cost: D, retail: D, rule: Rule, cycle: str
) -> None:
    asked = price(rule, cycle, cost, retail)
    assert asked >= 0
    assert asked == asked.quantize(CENT)
    if rule.floor is not None:
        assert asked >= cost * rule.floor / 100
    if rule.cap is not None and (rule.floor is None or cost * rule.floor < retail * rule.cap):
        assert asked <= retail * rule.cap / 100 + CENT


@given(cost=money, retail=money, low=percent, high=percent)
def test_more_margin_is_never_cheaper(cost: D, retail: D, low: D, high: D) -> None:
    less, more = sorted((low, high))
    assert price(Rule(value=less), "Monthly", cost, retail) <= price(
        Rule(value=more), "Monthly", cost, retail
    )


EVERYBODY = Rule(value=D(1))
SCHOOLS = Rule(value=D(2), segment="education")
BASIC = Rule(value=D(3), licence="CFQ7TTC0LH18:0001")
NORTHWIND = Rule(value=D(4), is_for_one_reseller=True)
NORTHWINDS_BASIC = Rule(value=D(5), is_for_one_reseller=True, licence="CFQ7TTC0LH18:0001")
NEWER = Rule(value=D(6), rank=1)


@pytest.mark.parametrize(
    ("given_rules", "counts"),
    [
        ([], None),
        ([SCHOOLS], None),
        ([EVERYBODY], EVERYBODY),
        ([EVERYBODY, NEWER], NEWER),
        ([NEWER, BASIC], BASIC),
        ([BASIC, NORTHWIND], NORTHWIND),
        ([NORTHWINDS_BASIC, NORTHWIND, BASIC], NORTHWINDS_BASIC),
    ],
)
def test_the_most_specific_rule_counts(given_rules: list[Rule], counts: Rule | None) -> None:
    found = chosen(given_rules, licence="cfq7ttc0lh18:0001", segment="commercial")
    assert found == counts
