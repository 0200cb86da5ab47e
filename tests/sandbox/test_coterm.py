"""Chosen ends of terms, promotions, participants: what a cart takes beside its lines."""

from typing import Any

import pytest

from sandbox.microsoft import coterm_calls
from tests.sandbox.caller import BASIC, EXCHANGE, PHONE, Caller, code, read
from tests.sandbox.test_charges import E3, advance, at_noon_of, change, charges

PREMIUM = "CFQ7TTC0LCHC:0002"
FIRST_YEAR, BY_MONTH = "39NFJQT10001:0001:39NFJQT1A001", "39NFJQT10002:0001:39NFJQT1A002"


@pytest.fixture
def customer(provider: Caller) -> str:
    """A customer on 5 March 2027."""
    at_noon_of(provider, 2027, 3, 5)
    return provider.ready_customer()


def cart(provider: Caller, customer: str, *lines: Any) -> Any:
    return read(provider.call("POST", f"{customer}/carts", {"lineItems": list(lines)}))


def error(provider: Caller, customer: str, *lines: Any) -> Any:
    """The code of the last line's error; None without one."""
    line = cart(provider, customer, *lines)["lineItems"][-1]
    return line.get("error", {}).get("errorCode")


def dates(provider: Caller, customer: str, term: str) -> dict[str, str]:
    path = f"{customer}/subscriptions/customTermEndDates?term_duration={term}"
    return {
        item["allowedCustomTermEndDate"][:10]: item["allowedCustomTermEndDateType"]
        for item in provider.get(path)["items"]
    }


def test_the_days_on_which_a_term_may_end(provider: Caller, customer: str) -> None:
    assert dates(provider, customer, "P1M") == {"2027-03-31": "calendarMonthAligned"}
    assert len(dates(provider, customer, "P1Y")) == 12
    provider.buy(customer, provider.line())
    advance(provider, "P10D")
    assert dates(provider, customer, "P1Y")["2028-03-04"] == "subscriptionAligned"
    refused = provider.call("GET", f"{customer}/subscriptions/customTermEndDates")
    assert code(refused) == (400, 2000)


def test_many_days_come_by_page(
    provider: Caller, customer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = dates(provider, customer, "P1Y")
    monkeypatch.setattr(coterm_calls, "PAGE", 7)
    path = f"{customer}/subscriptions/customTermEndDates?term_duration=P1Y"
    first = provider.get(path)
    onward = first["links"]["next"]
    headers = {each["key"].replace("-", "_"): each["value"] for each in onward["headers"]}
    second = provider.get(f"/v1{onward['uri']}", **headers)
    assert (first["totalCount"], second["totalCount"]) == (7, 5)
    days = [item["allowedCustomTermEndDate"][:10] for item in (*first["items"], *second["items"])]
    assert days == list(whole)
    assert "next" not in second["links"]


def test_a_term_with_a_chosen_end_costs_its_days(provider: Caller, customer: str) -> None:
    line = provider.line(quantity=10, customTermEndDate="2027-06-30T00:00:00Z")
    pricing = cart(provider, customer, line)["lineItems"][0]["pricing"]
    assert (pricing["listPrice"], pricing["proratedPrice"]) == (4.7, 4.09)  # 4.70 / 31 * 27
    assert pricing["extendedPrice"] == pytest.approx((4.09 + 3 * 4.7) * 10)
    provider.buy(customer, line)
    (item,) = provider.get(f"{customer}/subscriptions")["items"]
    assert item["commitmentEndDate"] == "2027-06-30T00:00:00Z"
    advance(provider, "P60D")
    ends = [each["chargeEndDate"][:10] for each in charges(provider, f"{customer}/x")]
    assert ends == ["2027-03-31", "2027-04-30", "2027-05-31"]


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2027-06-29", 10016), ("2028-04-30", 10017), ("2027-02-28", 10017), ("soon", 10017)],
)
def test_ends_that_are_not_allowed(
    provider: Caller, customer: str, end: str, expected: int
) -> None:
    assert error(provider, customer, provider.line(customTermEndDate=end)) == expected


def test_an_end_can_be_lost_between_cart_and_checkout(provider: Caller, customer: str) -> None:
    provider.buy(customer, provider.line())
    (other,) = provider.get(f"{customer}/subscriptions")["items"]
    advance(provider, "P3D")
    line = provider.line(EXCHANGE, customTermEndDate="2028-03-04")
    waiting = cart(provider, customer, line)
    change(provider, f"{customer}/subscriptions/{other['id']}", status="deleted")
    refused = provider.call("POST", f"{customer}/carts/{waiting['id']}/checkout")
    assert code(refused) == (400, 900242)


@pytest.mark.parametrize(
    ("end", "expected"),
    [("2028-06-29T00:00:00", 900246), ("2030-06-30T00:00:00", 900245), ("x", 900245)],
)
def test_the_next_term_may_be_aligned_too(
    provider: Caller, customer: str, end: str, expected: int
) -> None:
    provider.buy(customer, provider.line())
    (item,) = provider.get(f"{customer}/subscriptions")["items"]
    path = f"{customer}/subscriptions/{item['id']}"
    refused = change(provider, path, scheduledNextTermInstructions={"customTermEndDate": end})
    assert code(refused) == (400, expected)
    good = {"customTermEndDate": "2028-06-30T00:00:00", "quantity": 3}
    assert change(provider, path, scheduledNextTermInstructions=good).status_code == 200
    advance(provider, "P370D")
    assert provider.get(path)["commitmentEndDate"] == "2028-06-30T00:00:00Z"


def test_a_promotion_takes_its_share_off_the_first_term(provider: Caller, customer: str) -> None:
    listed = provider.get("/v1/productpromotions?country=FR&segment=commercial")["items"]
    assert {each["id"] for each in listed} == {FIRST_YEAR, BY_MONTH}
    assert provider.get(f"/v1/productpromotions/{FIRST_YEAR}?country=FR")["id"] == FIRST_YEAR
    line = provider.line(PREMIUM, 2, billingCycle="Annual", promotionId=FIRST_YEAR)
    pricing = cart(provider, customer, line)["lineItems"][0]["pricing"]
    assert (pricing["listPrice"], pricing["discountedPrice"]) == (197.76, 168.1)
    provider.buy(customer, line)
    assert error(provider, customer, line) == 10014
    advance(provider, "P366D")
    assert [e["unitPrice"] for e in charges(provider, f"{customer}/x")] == [168.1, 197.76]


def test_promotions_say_why_not(provider: Caller, customer: str) -> None:
    line = {**provider.line(E3, 5), "promotionId": BY_MONTH}
    path = f"{customer}/promotionEligibilities"
    answer = read(provider.call("POST", path, {"items": [line]}))["items"][0]
    (told,) = answer["eligibilities"]
    assert (told["isEligible"], told["errors"][0]["type"]) == (False, "SeatCount")
    assert error(provider, customer, line) == 10014
    del line["promotionId"]
    enough = {**line, "quantity": 10}
    answer = read(provider.call("POST", path, {"items": [enough]}))["items"][0]
    assert answer["eligibilities"] == [{"promotionId": BY_MONTH, "isEligible": True}]


def test_additional_partners_are_for_europe(provider: Caller, customer: str) -> None:
    first = {"key": "transaction_reseller", "value": "4847383"}
    more = [{"key": "additional_transaction_reseller", "value": m} for m in ("4847385", "4847386")]
    line = provider.line(participants=[first, *more])
    shown = cart(provider, customer, line)["lineItems"][0]
    assert shown["participants"] == [first, *more]
    provider.buy(customer, line)
    (item,) = provider.get(f"{customer}/subscriptions")["items"]
    assert item["additionalPartnerIds"] == ["4847385", "4847386"]
    assert error(provider, customer, provider.line(participants=more)) == 10004
    assert error(provider, customer, provider.line(participants=[first, *more * 3])) == 10004


def test_an_add_on_has_no_more_seats_than_its_bases(provider: Caller, customer: str) -> None:
    base = provider.line(BASIC, 5)
    assert error(provider, customer, base, provider.line(PHONE, 6)) == 10018
    provider.buy(customer, base, provider.line(PHONE, 5))
    items = provider.get(f"{customer}/subscriptions")["items"]
    add_on = next(item for item in items if item["quantity"] and "Phone" in item["offerName"])
    path = f"{customer}/subscriptions/{add_on['id']}"
    assert code(change(provider, path, quantity=6)) == (403, 800088)
    parent = {"parentSubscriptionId": add_on["id"]}
    assert error(provider, customer, provider.line(PHONE, provisioningContext=parent)) == 10007
    basic = next(item for item in items if item["id"] != add_on["id"])
    change(provider, f"{customer}/subscriptions/{basic['id']}", status="deleted")
    assert provider.get(path)["status"] == "active"


def test_a_trial_is_had_once(provider: Caller, customer: str) -> None:
    trial = provider.line("CFQ7TTC0LCHC:0003", 25, "P1M")
    first, second = cart(provider, customer, trial), cart(provider, customer, trial)
    assert error(provider, customer, trial, trial) == 10002
    bought = provider.call("POST", f"{customer}/carts/{first['id']}/checkout")
    assert bought.status_code == 201
    refused = provider.call("POST", f"{customer}/carts/{second['id']}/checkout")
    assert code(refused) == (403, 800089)


def test_old_availabilities_are_stale_after_a_turn(provider: Caller, customer: str) -> None:
    line = provider.line()
    waiting = cart(provider, customer, line)
    provider.http.post("/_sandbox/availabilities/rotate")
    assert error(provider, customer, line) == 10001
    product, sku, old = line["catalogItemId"].split(":")
    path = f"/v1/products/{product}/skus/{sku}/availabilities/{old}?country=FR"
    assert code(provider.call("GET", path)) == (404, 400019)
    refused = provider.call("POST", f"{customer}/carts/{waiting['id']}/checkout")
    assert code(refused) == (404, 400019)
    assert error(provider, customer, provider.line()) is None
