"""What a month earns: by example and by property."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cashback.rules import Day, Rule, Usage, month_of, total

MAY = date(2026, 5, 1)
BASIC, STANDARD = "CFQ7TTC0LH18", "CFQ7TTC0LDPB"


def days(*seats: int, price: str = "4.70", cycle: str = "Monthly") -> tuple[Day, ...]:
    return tuple(
        Day(MAY + timedelta(days=n), count, Decimal(price), cycle) for n, count in enumerate(seats)
    )


def usage(key: int, counted: Sequence[Day], product: str = BASIC, segment: str = "") -> Usage:
    return Usage(key, product, segment, "FR", "EUR", counted)


def rule(key: int = 1, rate: str = "3", **facts: object) -> Rule:
    return Rule(key=key, currency="EUR", rate=Decimal(rate), **facts)  # type: ignore[arg-type]


def test_the_most_seats_of_the_month_count_at_their_price() -> None:
    [line] = month_of([rule()], [usage(1, days(3, 10, 4))], MAY)
    assert (line.usage.peak.seats, line.usage.peak.day) == (10, date(2026, 5, 2))
    assert (line.base, line.amount) == (Decimal("47.00"), Decimal("1.41"))


def test_a_line_is_cut_not_rounded() -> None:
    [line] = month_of([rule(rate="2.9")], [usage(1, days(1, price="6.5500"))], MAY)
    assert line.amount == Decimal("0.18")  # 0.18995


def test_a_yearly_charge_is_a_twelfth_a_month() -> None:
    yearly = usage(1, days(7, price="53.76", cycle="Annual"))
    [line] = month_of([rule(rate="10")], [yearly], MAY)
    assert (line.base, line.amount) == (Decimal("31.36"), Decimal("3.13"))


def test_what_is_paid_once_and_for_all_earns_nothing() -> None:
    [line] = month_of([rule()], [usage(1, days(7, cycle="OneTime"))], MAY)
    assert line.amount == 0


def test_the_volume_of_one_day_chooses_the_tier_for_all() -> None:
    tiers = [rule(1, "2", seats_to=99), rule(2, "5", seats_from=100)]
    both = [usage(1, days(60, 60)), usage(2, days(0, 40))]
    assert [line.rule and line.rule.key for line in month_of(tiers, both, MAY)] == [2, 2]
    never_together = [usage(1, days(60, 0)), usage(2, days(0, 60))]
    lines = month_of(tiers, never_together, MAY)
    assert [(line.rule and line.rule.key, line.volume) for line in lines] == [(1, 60), (1, 60)]


def test_the_more_specific_rule_counts_alone() -> None:
    family = frozenset({BASIC})
    rules = [rule(1, "1"), rule(2, "2", segment="education"), rule(3, "3", product_ids=family)]
    seats = [
        usage(1, days(1)),
        usage(2, days(1), STANDARD),
        usage(3, days(1), STANDARD, "education"),
    ]
    assert [line.rule and line.rule.key for line in month_of(rules, seats, MAY)] == [3, 1, 2]


def test_a_rule_of_another_currency_or_month_is_none() -> None:
    others = [
        replace(rule(1), currency="USD"),
        rule(2, first_month=date(2026, 6, 1)),
        rule(3, last_month=date(2026, 4, 1)),
    ]
    [line] = month_of(others, [usage(1, days(5))], MAY)
    assert (line.rule, line.amount) == (None, Decimal("0.00"))


def test_a_cap_is_for_all_lines_of_the_rule() -> None:
    capped = rule(rate="10", cap=Decimal("7.00"))
    seats = [usage(1, days(10)), usage(2, days(10)), usage(3, days(10))]
    lines = month_of([capped], seats, MAY)
    assert [str(line.amount) for line in lines] == ["4.70", "2.30", "0.00"]
    assert [line.is_capped for line in lines] == [False, True, True]


def decimals(highest: int, places: int) -> "st.SearchStrategy[Decimal]":
    return st.integers(0, highest * 10**places).map(lambda n: Decimal(n).scaleb(-places))


money = decimals(500, 4)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
counted = st.lists(st.integers(0, 400), min_size=1, max_size=6)
cycles = st.sampled_from(["Monthly", "Annual", "Triennial", "OneTime", "unheard of"])
usages = st.lists(
    st.tuples(counted, money, cycles, st.sampled_from([BASIC, STANDARD])), max_size=6
).map(
    lambda rows: [
        usage(key, days(*seats, price=str(price), cycle=cycle), product)
        for key, (seats, price, cycle, product) in enumerate(rows)
    ]
)
rules_ = st.lists(
    st.tuples(
        decimals(100, 3),
        st.none() | decimals(1000, 2),
        st.integers(0, 300),
        st.none() | st.integers(300, 900),
        st.sampled_from([frozenset(), frozenset({BASIC})]),
    ),
    max_size=5,
).map(
    lambda rows: [
        rule(key, str(rate), cap=cap, seats_from=low, seats_to=high, product_ids=family)
        for key, (rate, cap, low, high, family) in enumerate(rows)
    ]
)


@unhurried
@given(rules_, usages, st.randoms(use_true_random=False))
def test_the_same_cent_in_whatever_order(
    some_rules: list[Rule], seats: list[Usage], chance: object
) -> None:
    first = month_of(some_rules, seats, MAY)
    mixed_rules, mixed = list(some_rules), list(seats)
    chance.shuffle(mixed_rules)  # type: ignore[attr-defined]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert month_of(mixed_rules, mixed, MAY) == first


@unhurried
@given(rules_, usages)
def test_every_line_keeps_the_bounds(some_rules: list[Rule], seats: list[Usage]) -> None:
    lines = month_of(some_rules, seats, MAY)
    assert total(lines) == sum((line.amount for line in lines), Decimal(0))
    for line in lines:
        assert line.amount == line.amount.quantize(Decimal("0.01"))
        assert 0 <= line.amount <= line.base + Decimal("0.01")
        if line.rule is None:
            assert line.amount == 0
            continue
        assert line.rule.is_reached_by(line.volume)
        assert line.rule.covers(line.usage)
        exact = line.usage.peak.unit_price * line.usage.peak.seats * line.rule.rate / 100
        assert line.amount <= exact
    for each in some_rules:
        mine = [line.amount for line in lines if line.rule == each]
        assert each.cap is None or sum(mine) <= each.cap


@unhurried
@given(usages, st.integers(1, 50))
def test_more_seats_never_earn_less_within_a_tier(seats: list[Usage], more: int) -> None:
    grown = [
        replace(each, days=[replace(day, seats=day.seats + more) for day in each.days])
        for each in seats
    ]
    assert total(month_of([rule()], grown, MAY)) >= total(month_of([rule()], seats, MAY))
