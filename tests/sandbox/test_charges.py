"""Charge lines: the vendor's worked examples, then whole lives of subscriptions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from sandbox.microsoft import money
from sandbox.microsoft.cycles import Cycle, cycles
from sandbox.microsoft.times import stamp
from tests.sandbox.caller import BASIC, Caller, code, read

E3 = "CFQ7TTC0LFLX:0001"


def found(start: date, end: date, **members: Any) -> dict[str, Any]:
    """As much of a subscription as money needs."""
    ends = datetime(end.year, end.month, end.day, tzinfo=UTC).timestamp() + 86400
    return {
        "started": stamp(datetime(start.year, start.month, start.day, 9, tzinfo=UTC)),
        "ends": stamp(datetime.fromtimestamp(ends, UTC)),
        "term": "P1Y" if (end - start).days > 40 else "P1M",
        "cycle": "monthly",
        "trial": False,
        "aligned": False,
        "quantity": 10,
        "unit": "12.00",
        **members,
    }


@pytest.mark.parametrize(
    ("day", "before", "after", "expected"),
    [
        (date(2026, 3, 7), 10, 15, (-112.25, 168.38)),
        (date(2026, 3, 10), 15, 25, (-150.96, 251.61)),
        (date(2026, 3, 12), 25, 23, (-232.25, 213.67)),
        (date(2026, 3, 14), 23, 20, (-195.87, 170.32)),
        (date(2026, 3, 25), 20, 30, (-85.16, 127.74)),
    ],
)
def test_seats_are_prorated_by_day_and_cut(
    day: date, before: int, after: int, expected: tuple[float, float]
) -> None:
    cycle = Cycle(date(2026, 3, 5), date(2026, 4, 4), date(2026, 3, 5))
    given = found(cycle.start, cycle.end, quantity=before)
    lines = money.for_seats(given, after, day, cycle)
    assert tuple(line["subtotal"] for line in lines) == expected
    assert {line["chargeEndDate"] for line in lines} == {"2026-04-04T00:00:00Z"}


def test_cancelling_and_converting_cut_the_unit_price_first() -> None:
    given = found(date(2026, 3, 1), date(2026, 3, 31), unit="10.08")
    third = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert money.for_rest(given, "cancelImmediate", -10, third)["subtotal"] == -94.2
    month = found(date(2026, 4, 1), date(2026, 4, 30), unit="10.08")
    eighth = datetime(2026, 4, 8, 12, tzinfo=UTC)
    assert money.for_rest(month, "convert", -300, eighth)["subtotal"] == -2316
    assert money.for_rest({**month, "unit": "6.43"}, "convert", 300, eighth)["subtotal"] == 1476


def test_billing_by_the_year_is_changed_by_months() -> None:
    year = {"unit": "250", "cycle": "annual", "quantity": 1}
    given = found(date(2026, 1, 10), date(2027, 1, 9), **year)
    (line,) = money.for_months(given, 1, datetime(2026, 1, 20, tzinfo=UTC))
    assert line["subtotal"] == 229.16
    assert line["chargeStartDate"] == "2026-02-10T00:00:00Z"


@pytest.mark.parametrize(
    ("start", "starts"),
    [
        (date(2026, 1, 31), ["02-28", "03-31", "04-30"]),
        (date(2026, 2, 28), ["03-31", "04-30", "05-31"]),
        (date(2026, 1, 30), ["02-27", "03-30", "04-29"]),
        (date(2026, 4, 29), ["05-30", "06-29", "07-30"]),
        (date(2026, 1, 29), ["02-28", "03-29", "04-29"]),
        (date(2026, 1, 15), ["02-15", "03-15", "04-15"]),
    ],
)
def test_cycles_of_a_year_follow_the_end_of_the_month(start: date, starts: list[str]) -> None:
    end = start.replace(year=2027, day=start.day - 1)
    assert [f"{each.start:%m-%d}" for each in cycles(found(start, end))[1:4]] == starts


def test_cycles_of_a_chosen_end_are_counted_back() -> None:
    given = found(date(2026, 1, 10), date(2026, 3, 31), aligned=True)
    first, *others = cycles(given)
    assert (first.start, first.end, first.days) == (date(2026, 1, 10), date(2026, 1, 31), 31)
    assert [each.start.day for each in others] == [1, 1]
    line = money.for_cycle({**given, "unit": "3.10", "quantity": 1}, "new", first)
    assert line["subtotal"] == 2.2


def at_noon_of(provider: Caller, year: int, month: int, day: int) -> None:
    """Turn the clock to the noon of a day."""
    noon = datetime(year, month, day, 12, tzinfo=UTC)
    provider.world.offset += noon - provider.world.now()


def advance(provider: Caller, step: str) -> None:
    provider.http.post("/_sandbox/clock", json={"advance": step})


def change(provider: Caller, path: str, **members: Any) -> Any:
    return provider.call("PATCH", path, {**provider.get(path), **members})


def bought(provider: Caller, key: str = BASIC, quantity: int = 10, **line: Any) -> str:
    """The path of a subscription bought now."""
    customer = provider.ready_customer()
    term = line.pop("term", "P1Y")
    provider.buy(customer, provider.line(key, quantity, term, **line))
    (item,) = provider.get(f"{customer}/subscriptions")["items"]
    return f"{customer}/subscriptions/{item['id']}"


def charges(provider: Caller, path: str) -> Any:
    customer = path.split("/")[3]
    return provider.http.get(f"/_sandbox/charges?customerId={customer}").json


def total(lines: Any) -> Decimal:
    return sum((Decimal(str(line["subtotal"])) for line in lines), Decimal(0))


def test_a_year_by_the_month_is_charged_as_the_clock_turns(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider)
    (first,) = charges(provider, path)
    assert (first["chargeType"], first["unitPrice"], first["subtotal"]) == ("new", 4.7, 47.0)
    assert first["chargeEndDate"] == "2027-04-04T00:00:00Z"
    provider.http.put("/_sandbox/prices", json={BASIC: 1.1})
    advance(provider, "P366D")
    lines = charges(provider, path)
    kinds = [line["chargeType"] for line in lines]
    assert kinds == ["new", *["cycleCharge"] * 11, "renew"]
    assert {line["unitPrice"] for line in lines[:12]} == {4.7}
    assert (lines[12]["unitPrice"], lines[12]["chargeStartDate"]) == (5.18, "2028-03-05T00:00:00Z")
    assert "cycleCharge" in provider.http.get("/").get_data(as_text=True)
    advance(provider, "-P366D")
    assert len(charges(provider, path)) == 1


def test_seats_and_a_cancellation_add_up(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider)
    advance(provider, "P2D")
    change(provider, path, quantity=15)
    lines = charges(provider, path)[1:]
    assert [(line["chargeType"], line["quantity"]) for line in lines] == [
        ("addQuantity", -10),
        ("addQuantity", 15),
    ]
    assert lines[0]["effectiveUnitPrice"] == pytest.approx(4.7 / 31 * 29)
    assert change(provider, path, status="deleted").status_code == 200
    last = charges(provider, path)[-1]
    assert (last["chargeType"], last["quantity"]) == ("cancelImmediate", -15)
    assert last["subtotal"] == pytest.approx(-15 * 4.39)  # 4.7 / 31 * 29 = 4.396
    advance(provider, "P366D")
    assert charges(provider, path)[-1] == last


def test_within_a_day_all_money_comes_back(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider)
    advance(provider, "PT20H")
    change(provider, path, quantity=12)
    change(provider, path, quantity=7)
    assert change(provider, path, status="deleted").status_code == 200
    assert total(charges(provider, path)) == 0


def test_a_suspended_one_is_charged_to_the_end(provider: Caller) -> None:
    path = bought(provider)
    change(provider, path, status="suspended")
    advance(provider, "P400D")
    assert [line["chargeType"] for line in charges(provider, path)] == [
        "new",
        *["cycleCharge"] * 11,
    ]
    assert provider.get(path)["status"] == "disabled"


@pytest.mark.parametrize(("key", "unit"), [(BASIC, 5.54), ("CFQ7TTC0HDB0:0001", 29.04)])
def test_the_extended_term_is_dearer_and_left_by_day(
    provider: Caller, key: str, unit: float
) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider, key)
    change(provider, path, autoRenewEnabled=False)
    advance(provider, "P395D")
    extended = charges(provider, path)[-1]
    assert (extended["chargeType"], extended["unitPrice"]) == ("renew", unit)
    assert extended["chargeStartDate"] == "2028-03-05T00:00:00Z"
    advance(provider, "P10D")
    assert change(provider, path, status="deleted").status_code == 200
    last = charges(provider, path)[-1]
    assert (last["chargeStartDate"], last["chargeEndDate"]) == (
        "2028-04-13T00:00:00Z",
        "2028-05-04T00:00:00Z",
    )


def test_a_trial_is_free_and_its_year_is_not(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider, "CFQ7TTC0LCHC:0003", 25, term="P1M")
    assert provider.get(path)["commitmentEndDate"] == "2027-04-03T00:00:00Z"
    advance(provider, "P31D")
    first, second = charges(provider, path)
    assert (first["subtotal"], second["chargeType"], second["quantity"]) == (0, "renew", 25)
    assert second["unitPrice"] == 17.30


def test_another_billing_cycle_in_mid_term(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider, quantity=1)
    advance(provider, "P40D")
    assert read(change(provider, path, billingCycle="annual"))["billingCycle"] == "annual"
    line = charges(provider, path)[-1]
    assert (line["chargeType"], line["subtotal"]) == ("changeBillingPlan", 44.8)  # 53.76 / 12 * 10
    assert change(provider, path, billingCycle="monthly").status_code == 200
    assert charges(provider, path)[-1]["subtotal"] == -44.8
    advance(provider, "P30D")
    assert charges(provider, path)[-1]["chargeType"] == "cycleCharge"


def test_a_longer_term_begins_at_once_without_a_window(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider, E3, quantity=10)
    advance(provider, "P3D")
    changed = read(change(provider, path, termDuration="P3Y", billingCycle="annual"))
    assert (changed["termDuration"], changed["commitmentEndDate"][:10]) == ("P3Y", "2030-03-07")
    back, on = charges(provider, path)[-2:]
    assert (back["chargeType"], back["quantity"], on["quantity"]) == ("convert", -10, 10)
    assert (on["chargeStartDate"], on["chargeEndDate"]) == (
        "2027-03-08T00:00:00Z",
        "2028-03-07T00:00:00Z",
    )
    assert code(change(provider, path, status="deleted")) == (400, 900117)
    assert code(change(provider, path, billingCycle="triennial")) == (400, 800097)
    advance(provider, "P370D")
    assert charges(provider, path)[-1]["chargeType"] == "cycleCharge"
