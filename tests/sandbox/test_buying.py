"""Catalogue, prices, carts, checkout, orders."""

import csv
import io
from typing import Any

import pytest

from sandbox.microsoft.licences import all_licences
from tests.sandbox.caller import BASIC, EXCHANGE, PHONE, Caller, code, read


def test_the_catalogue_leads_to_what_a_cart_takes(provider: Caller) -> None:
    query = "country=FR&targetView=OnlineServices&targetSegment=commercial"
    products = provider.get(f"/v1/products?{query}", app=True)["items"]
    assert len(products) >= 15
    path = f"/v1/products/{BASIC.split(':')[0]}/skus"
    (sku,) = provider.get(f"{path}?country=FR", app=True)["items"]
    assert (sku["minimumQuantity"], sku["maximumQuantity"]) == (1, 300)
    found = provider.get(f"{path}/0001/availabilities?country=GB", app=True)["items"]
    assert {i["defaultCurrency"]["code"] for i in found} == {"GBP"}
    terms = [(t["duration"], t["billingCycle"]) for i in found for t in i["terms"]]
    assert terms == [("P1M", "Monthly"), ("P1Y", "Monthly"), ("P1Y", "Annual")]
    assert all(item["catalogItemId"] == f"{BASIC}:{item['id']}" for item in found)


def test_stale_catalogue_ids_are_refused_one_by_one(provider: Caller) -> None:
    product, sku = BASIC.split(":")
    for path, expected in (
        ("NOTHING/skus", 400013),
        (f"{product}/skus/9999", 400018),
        (f"{product}/skus/{sku}/availabilities/CFQ7TTC00000", 400019),
    ):
        assert code(provider.call("GET", f"/v1/products/{path}?country=FR")) == (404, expected)


def test_academic_licences_wait_for_the_qualification(provider: Caller) -> None:
    path = provider.ready_customer()
    academic = f"{path}/products/CFQ7TTC0MM8R/skus"
    assert code(provider.call("GET", academic)) == (404, 400013)
    body = {"qualification": "Education", "educationSegment": "K12", "website": "school.example"}
    provider.call("POST", f"{path}/qualifications", body)
    assert provider.get(academic)["totalCount"] == 2


def test_the_price_sheet_and_the_cart_agree(provider: Caller) -> None:
    path = "/v1.0/sales/pricesheets(Market='FR',PricesheetView='updatedlicensebased')/$value"
    sheet = provider.call("GET", path, app=True)
    assert sheet.mimetype == "application/octet-stream"
    rows = list(csv.DictReader(io.StringIO(sheet.get_data(as_text=True))))
    assert len(rows) == sum(len(licence.plans()) for licence in all_licences())
    (row,) = [
        r
        for r in rows
        if f"{r['ProductId']}:{r['SkuId']}" == BASIC
        and (r["TermDuration"], r["BillingPlan"]) == ("P1Y", "Monthly")
    ]
    body = {"lineItems": [provider.line()]}
    cart = read(provider.call("POST", f"{provider.ready_customer()}/carts", body))
    pricing = cart["lineItems"][0]["pricing"]
    assert pricing["price"] == float(row["UnitPrice"]) == 4.70
    assert pricing["extendedPrice"] == pytest.approx(4.70 * 5 * 12)
    missing = provider.call("GET", f"{path}?timeline=future", app=True)
    assert missing.status_code == 404


def test_a_price_can_be_changed_between_form_and_order(provider: Caller) -> None:
    customer = provider.ready_customer()
    assert provider.http.put("/_sandbox/prices", json={BASIC: 1.1}).status_code == 200
    cart = read(provider.call("POST", f"{customer}/carts", {"lineItems": [provider.line()]}))
    assert cart["lineItems"][0]["pricing"]["price"] == 5.18
    assert provider.http.put("/_sandbox/prices", json={"nothing": 2}).status_code == 400


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"catalogItemId": f"{BASIC}:CFQ7TTC00000"}, 10001),
        ({"quantity": 0}, 10010),
        ({"quantity": -3}, 10010),
        ({"quantity": 301}, 10015),
        ({"billingCycle": "Triennial"}, 10013),
        ({"termDuration": "P1M"}, 10013),
        ({"partnerOnRecordAttestationAccepted": None}, 10012),
    ],
)
def test_a_bad_line_carries_its_error_and_stops_the_checkout(
    provider: Caller, change: dict[str, Any], expected: int
) -> None:
    customer = provider.ready_customer()
    body = {"lineItems": [{**provider.line(), **change}]}
    answer = provider.call("POST", f"{customer}/carts", body)
    cart = read(answer)
    assert answer.status_code == 201
    assert cart["lineItems"][0]["error"]["errorCode"] == expected
    assert "pricing" not in cart["lineItems"][0]
    checkout = provider.call("POST", f"{customer}/carts/{cart['id']}/checkout")
    assert code(checkout) == (400, 800009)


@pytest.mark.parametrize("quantity", [1.5, "2", True, 10**12])
def test_what_is_no_number_of_seats_is_no_cart(provider: Caller, quantity: Any) -> None:
    body = {"lineItems": [{**provider.line(), "quantity": quantity}]}
    refused = provider.call("POST", f"{provider.ready_customer()}/carts", body)
    assert code(refused) == (400, 800002)


@pytest.mark.parametrize(
    ("mpn_id", "expected"),
    [
        ("999", (404, 800015)),
        ("5550003", (400, 800016)),
        ("5550002", (400, 2201)),
        ("5550001", (403, 900123)),
        ("5550004", (400, 900154)),
    ],
)
def test_a_bad_partner_of_record_is_no_cart(
    provider: Caller, mpn_id: str, expected: tuple[int, int]
) -> None:
    people = [{"key": "transaction_reseller", "value": mpn_id}]
    body = {"lineItems": [{**provider.line(), "participants": people}]}
    refused = provider.call("POST", f"{provider.ready_customer()}/carts", body)
    assert code(refused) == expected


def test_an_add_on_needs_its_base_in_the_cart_or_before(provider: Caller) -> None:
    customer = provider.ready_customer()
    alone = {"lineItems": [provider.line(PHONE)]}
    cart = read(provider.call("POST", f"{customer}/carts", alone))
    assert cart["lineItems"][0]["error"]["errorCode"] == 400041
    both = {"lineItems": [provider.line(BASIC), provider.line(PHONE)]}
    cart = read(provider.call("POST", f"{customer}/carts", both))
    assert not any("error" in line for line in cart["lineItems"])
    provider.buy(customer, provider.line(BASIC))
    cart = read(provider.call("POST", f"{customer}/carts", alone))
    assert "error" not in cart["lineItems"][0]


def test_checkout_needs_the_agreement(provider: Caller) -> None:
    customer = f"/v1/customers/{provider.customer()['id']}"
    cart = read(provider.call("POST", f"{customer}/carts", {"lineItems": [provider.line()]}))
    refused = provider.call("POST", f"{customer}/carts/{cart['id']}/checkout")
    assert code(refused) == (403, 13605)
    assert not len(provider.world.table("orders"))


def test_checkout_twice_is_one_order(provider: Caller) -> None:
    customer = provider.ready_customer()
    lines = [provider.line(BASIC, 3), provider.line(EXCHANGE, 7)]
    cart = read(provider.call("POST", f"{customer}/carts", {"lineItems": lines}))
    path = f"{customer}/carts/{cart['id']}"
    first, second = (provider.call("POST", f"{path}/checkout") for _ in "12")
    assert (first.status_code, second.status_code) == (201, 201)
    assert read(first) == read(second)
    assert len(provider.world.table("orders")) == 1
    assert provider.get(path)["status"] == "Ordered"
    assert code(provider.call("PUT", path, {"lineItems": lines})) == (400, 800065)


def test_a_cart_lives_seven_days(provider: Caller) -> None:
    customer = provider.ready_customer()
    cart = read(provider.call("POST", f"{customer}/carts", {"lineItems": [provider.line()]}))
    provider.http.post("/_sandbox/clock", json={"advance": "P8D"})
    refused = provider.call("POST", f"{customer}/carts/{cart['id']}/checkout")
    assert code(refused) == (404, 800008)


def test_an_order_learns_its_subscriptions_later(provider: Caller) -> None:
    slow = {"order_subscription_id": 60, "order_visible": 60, "subscription_visible": 60}
    provider.world.set_delays(slow)
    customer = provider.ready_customer()
    order = provider.buy(customer, provider.line())
    found = provider.get(f"{customer}/orders/{order['id']}")
    assert len(found["id"]) == 12
    assert "subscriptionId" not in found["lineItems"][0]
    assert found["lineItems"][0]["partnerIdOnRecord"] == "4847383"
    assert provider.get(f"{customer}/orders")["totalCount"] == 0
    assert provider.get(f"{customer}/subscriptions")["totalCount"] == 0
    (hidden,) = provider.world.table("subscriptions")
    assert code(provider.call("GET", f"{customer}/subscriptions/{hidden}")) == (404, 20003)


def test_an_order_is_provisioned(provider: Caller) -> None:
    customer = provider.ready_customer()
    order = provider.buy(customer, provider.line())
    found = provider.get(f"{customer}/orders/{order['id']}")
    status = provider.get(f"{customer}/orders/{order['id']}/provisioningstatus")["items"]
    assert (found["status"], status[0]["status"]) == ("completed", "fulfilled")
    (bought,) = provider.get(f"{customer}/subscriptions?order_id={order['id']}")["items"]
    assert bought["id"] == found["lineItems"][0]["subscriptionId"]
    assert provider.get(f"{customer}/subscriptions?mpn_id=999")["totalCount"] == 0
