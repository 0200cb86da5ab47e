"""Segments for qualified customers only, and price sheets of other months."""

import csv
import io
from typing import Any

import pytest

from tests.sandbox.caller import BASIC, Caller, code, new_customer, read
from tests.sandbox.test_charges import at_noon_of

CHARITY, GOVERNMENT = "CFQ7TTC0NPCH:0001", "CFQ7TTC0GV3G:0001"
SHEET = "/v1.0/sales/pricesheets(Market='FR',PricesheetView='updatedlicensebased')/$value"


def decide(provider: Caller, customer: str, name: str, **more: str) -> Any:
    body = {"customerId": customer.rpartition("/")[2], "qualification": name, **more}
    return provider.http.post("/_sandbox/qualifications", json=body)


def error(provider: Caller, customer: str, line: Any) -> Any:
    cart = read(provider.call("POST", f"{customer}/carts", {"lineItems": [line]}))
    return cart["lineItems"][0].get("error", {}).get("errorCode")


def test_charities_are_known_outside_of_the_api(provider: Caller) -> None:
    customer = provider.ready_customer()
    path = f"{customer}/qualifications"
    refused = provider.call("POST", path, {"qualification": "Nonprofit"})
    assert code(refused) == (400, 2000)
    listing = f"{customer}/products?targetView=OnlineServices&targetSegment=nonprofit"
    assert code(provider.call("GET", listing)) == (403, 400030)
    line = provider.line(CHARITY)
    assert error(provider, customer, line) == 10001
    assert decide(provider, customer, "Nonprofit").status_code == 200
    assert provider.get(path) == [{"qualification": "Nonprofit", "vettingStatus": "Approved"}]
    assert provider.get(listing)["totalCount"] == 2
    assert error(provider, customer, line) is None


def test_what_control_cannot_decide(provider: Caller) -> None:
    customer = provider.ready_customer()
    assert decide(provider, customer, "Saint").status_code == 400
    assert decide(provider, "/nobody", "Nonprofit").status_code == 400
    assert provider.get(f"{customer}/qualifications") == []


def test_a_school_is_looked_at_first_and_may_be_denied(provider: Caller) -> None:
    customer = provider.ready_customer()
    path = f"{customer}/qualifications"
    provider.world.set_delays({"qualification": 60})
    body = {"qualification": "Education", "educationSegment": "K12", "website": "school.example"}
    answer = provider.call("POST", path, body)
    assert (answer.status_code, read(answer)["vettingStatus"]) == (201, "InReview")
    assert provider.get(path)[0]["vettingStatus"] == "InReview"
    decide(provider, customer, "Education", vettingStatus="Denied", reason="Not a school")
    (denied,) = provider.get(path)
    assert (denied["vettingStatus"], denied["vettingReason"]) == ("Denied", "Not a school")
    assert provider.call("POST", path, body).status_code == 201


def test_a_public_authority_needs_a_code_and_may_be_state_owned_too(provider: Caller) -> None:
    address = {"country": "US", "state": "WA", "postalCode": "98052", "city": "Redmond"}
    made = provider.call("POST", "/v1/customers", new_customer("town", address=address))
    customer = f"/v1/customers/{read(made)['id']}"
    path = f"{customer}/qualifications"
    wanted = {"qualification": "GovernmentCommunityCloud", "validationCode": "wrong"}
    assert code(provider.call("POST", path, wanted)) == (400, 2000)
    (known,) = provider.get("/v1/customers/all/validations")
    wanted["validationCode"] = known["validationId"]
    assert provider.call("POST", path, wanted).status_code == 201
    assert provider.call("POST", path, {"qualification": "StateOwnedEntity"}).status_code == 201
    assert provider.get(path) == [
        {"qualification": "GovernmentCommunityCloud", "vettingStatus": "Approved"},
        {"qualification": "StateOwnedEntity"},
    ]
    left = provider.get("/v1/customers/all/validations")[0]["remainingCreates"]
    assert left == known["remainingCreates"] - 1
    segment = "targetView=OnlineServices&targetSegment=government"
    assert provider.get(f"{customer}/products?{segment}")["totalCount"] == 1
    abroad = provider.ready_customer()
    refused = provider.call("POST", f"{abroad}/qualifications", wanted)
    assert code(refused) == (400, 800070)


def rows(provider: Caller, query: str = "") -> list[tuple[str, str]]:
    """Price and first day of a year of Business Basic by the month, as the sheet tells them."""
    sheet = provider.call("GET", SHEET + query, app=True)
    assert sheet.status_code == 200, sheet.get_data()
    return [
        (row["UnitPrice"], row["EffectiveStartDate"])
        for row in csv.DictReader(io.StringIO(sheet.get_data(as_text=True)))
        if f"{row['ProductId']}:{row['SkuId']}" == BASIC
        and (row["TermDuration"], row["BillingPlan"]) == ("P1Y", "Monthly")
    ]


def test_next_months_price_is_known_before(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 20)
    assert provider.call("GET", f"{SHEET}?timeline=future", app=True).status_code == 404
    change = {BASIC: {"factor": 1.1, "from": "2027-04-01"}}
    assert provider.http.put("/_sandbox/prices", json=change).status_code == 200
    old, new = ("4.70", "1/1/2025 12:00:00 AM"), ("5.18", "4/1/2027 12:00:00 AM")
    assert rows(provider) == [old]
    assert rows(provider, "?timeline=future") == [new]
    at_noon_of(provider, 2027, 5, 2)
    assert rows(provider) == [new]
    assert rows(provider, "?timeline=history&month=202703") == [old]
    assert rows(provider, "?timeline=history&month=202704") == [new]
    provider.http.put("/_sandbox/prices", json={BASIC: 1})
    assert [price for price, _ in rows(provider, "?timeline=history&month=202705")] == [
        "5.18",
        "4.70",
    ]


@pytest.mark.parametrize(
    ("query", "status"), [("month=202412", 404), ("month=203001", 404), ("", 400), ("month=x", 400)]
)
def test_months_without_a_sheet(provider: Caller, query: str, status: int) -> None:
    sheet = provider.call("GET", f"{SHEET}?timeline=history&{query}", app=True)
    assert sheet.status_code == status
    assert read(sheet)["error"]["code"]


def test_a_price_change_that_cannot_be_read(provider: Caller) -> None:
    for wrong in ("dear", {"factor": 1, "from": "soon"}, {"from": "2027-01-01"}):
        assert provider.http.put("/_sandbox/prices", json={BASIC: wrong}).status_code == 400
    assert provider.http.get("/_sandbox/prices").json == {}
