"""Invoices of closed months, and orders without a cart."""

from typing import Any

import pytest

from tests.sandbox.caller import BASIC, EXCHANGE, PHONE, Caller, code, read
from tests.sandbox.test_charges import at_noon_of, bought, change, charges, total


def test_a_month_is_invoiced_when_it_is_over(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider)
    at_noon_of(provider, 2027, 3, 10)
    change(provider, path, quantity=12)
    assert provider.get("/v1/invoices", app=True)["items"] == []
    at_noon_of(provider, 2027, 5, 7)
    march, april = provider.get("/v1/invoices", app=True)["items"]
    assert (march["id"], march["billingPeriodEndDate"][:10]) == ("G202703001", "2027-03-31")
    assert march["totalCharges"] == float(total(charges(provider, path)[:3]))
    (again,) = provider.get("/v1/invoices?size=1&offset=1")["items"]
    assert again == provider.get(f"/v1/invoices/{april['id']}") == april
    assert code(provider.call("GET", "/v1/invoices/G202701001")) == (404, 1000)
    assert code(provider.call("GET", "/v1/invoices/G202703001", app=True)) == (403, 900329)


def test_the_lines_of_an_invoice_come_by_page(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider)
    for quantity in (11, 12):
        change(provider, path, quantity=quantity)
    at_noon_of(provider, 2027, 4, 7)
    uri = "/invoices/G202703001/lineitems/OneTime/BillingLineItems"
    first = provider.get(f"/v1{uri}?size=3")
    onward = first["links"]["next"]
    headers = {each["key"].replace("-", "_"): each["value"] for each in onward["headers"]}
    second = provider.get(f"/v1{onward['uri']}", **headers)
    lines = [*first["items"], *second["items"]]
    assert [line["chargeType"] for line in lines] == ["new", *["addQuantity"] * 4]
    assert total(lines) == total(charges(provider, path)[:5])
    assert {line["tier2MpnId"] for line in lines} == {"4847383"}
    refused = provider.call("GET", f"/v1{uri}".replace("OneTime", "Azure"))
    assert code(refused) == (400, 2000)


def order(provider: Caller, *lines: Any, **members: Any) -> Any:
    customer = provider.ready_customer()
    items = [
        {
            "lineItemNumber": number,
            "offerId": line["catalogItemId"],
            "quantity": line["quantity"],
            "termDuration": line["termDuration"],
            "partnerIdOnRecord": "4847383",
            "partnerOnRecordAttestationAccepted": True,
            **line.get("more", {}),
        }
        for number, line in enumerate(lines)
    ]
    body = {"billingCycle": "Monthly", "currencyCode": "EUR", "lineItems": items, **members}
    return provider.call("POST", f"{customer}/orders", body)


def test_an_order_needs_no_cart(provider: Caller) -> None:
    answer = order(provider, provider.line(BASIC, 3), provider.line(EXCHANGE, 2))
    assert answer.status_code == 201, answer.get_data()
    placed = read(answer)
    customer = f"/v1/customers/{placed['referenceCustomerId']}"
    assert [line["quantity"] for line in placed["lineItems"]] == [3, 2]
    assert provider.get(f"{customer}/subscriptions")["totalCount"] == 2
    assert provider.get(f"{customer}/orders?billingType=monthly")["totalCount"] == 1
    assert provider.get(f"{customer}/orders?billingType=annual")["totalCount"] == 0


@pytest.mark.parametrize(
    ("key", "more", "expected"),
    [
        (BASIC, {"quantity": 301}, (400, 900275)),
        (BASIC, {"offerId": f"{BASIC}:CFQ7TTC00000"}, (404, 400019)),
        (BASIC, {"partnerOnRecordAttestationAccepted": False}, (400, 900206)),
        (BASIC, {"promotionId": "x"}, (400, 27007)),
        (BASIC, {"customTermEndDate": "2031-01-01"}, (400, 900242)),
        (BASIC, {"lineItemNumber": 4}, (400, 800071)),
        (BASIC, {"partnerIdOnRecord": "5550001"}, (403, 900123)),
        (PHONE, {}, (400, 400041)),
    ],
)
def test_orders_that_are_refused(
    provider: Caller, key: str, more: dict[str, Any], expected: tuple[int, int]
) -> None:
    assert code(order(provider, {**provider.line(key), "more": more})) == expected
    assert not len(provider.world.table("orders"))


def test_an_order_in_another_currency_is_refused(provider: Caller) -> None:
    assert code(order(provider, provider.line(), currencyCode="USD")) == (400, 900169)
