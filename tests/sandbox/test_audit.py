"""Audit records: who changed what, by a call, elsewhere, or by time."""

import json
from datetime import timedelta
from typing import Any

import pytest

from sandbox.faulty import Dropped
from sandbox.microsoft.audit_kinds import kind_of
from sandbox.microsoft.rules import RULES
from tests.sandbox.caller import APPLICATION, TENANT, Caller, code, new_customer

RECORDS = "/v1/auditrecords"
PERSON = "automation@contoso-provider.onmicrosoft.com"
UNRECORDED = ("/carts", "promotionEligibilities")


def kinds(provider: Caller, path: str = RECORDS) -> list[str]:
    return [record["operationType"] for record in provider.get(path)["items"]]


def elsewhere(provider: Caller, method: str, path: str, body: Any = None) -> Any:
    asked = {"method": method, "path": path, "body": body}
    return provider.http.post("/_sandbox/elsewhere", json=asked).json


def bought(provider: Caller, **line: Any) -> tuple[str, str]:
    """The paths of a customer and his subscription."""
    customer = provider.ready_customer()
    provider.buy(customer, provider.line(**line))
    (found,) = provider.get(f"{customer}/subscriptions")["items"]
    return customer, f"{customer}/subscriptions/{found['id']}"


def test_a_write_is_recorded_with_who_what_and_both_values(provider: Caller) -> None:
    customer, path = bought(provider)
    found = provider.get(path)
    provider.call("PATCH", path, {**found, "quantity": 7}, MS_CorrelationId="c0ffee")
    assert kinds(provider) == [
        "add_customer",
        "create_agreement",
        "create_order",
        "update_subscription",
    ]
    last = provider.get(RECORDS)["items"][-1]
    assert (last["userPrincipalName"], last["applicationId"]) == (PERSON, APPLICATION)
    assert (last["partnerId"], last["customerName"]) == (TENANT, "Bakery")
    assert last["customerId"] == customer.rpartition("/")[2]
    assert (last["resourceType"], last["operationStatus"]) == ("subscription", "succeeded")
    assert last["originalCorrelationId"] == "c0ffee"
    values = [
        json.loads(last[name])["Quantity"] for name in ("resourceOldValue", "resourceNewValue")
    ]
    assert values == [5, 7]
    assert {"key": "SubscriptionId", "value": path.rpartition("/")[2]} in last["customizedData"]


def test_no_password_is_kept(provider: Caller) -> None:
    password = provider.customer()["userCredentials"]["password"]
    assert password not in json.dumps(provider.get(RECORDS))


def test_a_refused_write_and_a_repeat_leave_no_record(provider: Caller) -> None:
    body = new_customer()
    asked = "11111111-2222-4333-8444-555555555555"
    for _ in "12":
        assert provider.call("POST", "/v1/customers", body, MS_RequestId=asked).status_code == 201
    assert provider.call("POST", "/v1/customers", body).status_code == 409
    assert kinds(provider) == ["add_customer"]


def test_a_write_whose_answer_was_lost_is_recorded(provider: Caller) -> None:
    provider.token()
    provider.http.post("/_sandbox/faults", json={"kind": "drop_after", "service": "partnercenter"})
    with pytest.raises(Dropped):
        provider.call("POST", "/v1/customers", new_customer())
    assert kinds(provider) == ["add_customer"]


def test_what_is_changed_elsewhere_bears_the_other_name(provider: Caller) -> None:
    _, path = bought(provider)
    before = len(provider.world.calls())
    answer = elsewhere(provider, "PATCH", path, {**provider.get(path), "quantity": 9})
    assert (answer["status"], answer["body"]["quantity"]) == (200, 9)
    last = provider.get(RECORDS)["items"][-1]
    assert last["userPrincipalName"] == "admin@contoso-provider.onmicrosoft.com"
    assert last["applicationId"] != APPLICATION
    methods = [each["method"] for each in provider.world.calls(before)]
    assert "PATCH" not in methods  # it is not among the calls of the program under test


def test_elsewhere_tells_a_refusal(provider: Caller) -> None:
    answer = elsewhere(provider, "DELETE", "/v1/customers/unknown")
    assert (answer["status"], answer["body"]["code"]) == (404, 60003)
    assert elsewhere(provider, "GET", "/v1/nowhere")["status"] == 404
    assert provider.http.post("/_sandbox/elsewhere", json={"path": "/"}).status_code == 400


def test_a_renewal_is_recorded_as_microsofts_own_doing(provider: Caller) -> None:
    bought(provider, term="P1M")
    provider.http.post("/_sandbox/clock", json={"advance": "P35D"})
    last = provider.get(RECORDS)["items"][-1]
    assert (last["operationType"], last["userPrincipalName"]) == ("update_subscription", "")
    assert {"key": "TransactionType", "value": "SystemPurchase"} in last["customizedData"]
    old, new = (json.loads(last[name]) for name in ("resourceOldValue", "resourceNewValue"))
    assert old["CommitmentEndDate"] < new["CommitmentEndDate"]
    assert len(kinds(provider)) == 1  # told once, however often one looks


def test_pages_dates_and_filters(provider: Caller) -> None:
    for name in ("one", "two", "three"):
        provider.customer(name, companyName=name.title())
    first = provider.get(f"{RECORDS}?size=2")
    assert len(first["items"]) == first["totalCount"] == 2
    link = first["links"]["next"]
    (header,) = link["headers"]
    rest = provider.get(f"/v1{link['uri']}", **{header["key"].replace("-", "_"): header["value"]})
    assert [record["customerName"] for record in rest["items"]] == ["Three"]
    wanted = '{"Field":"CompanyName","Value":"tw","Operator":"substring"}'
    assert len(provider.get(f"{RECORDS}?filter={wanted}")["items"]) == 1
    wanted = '{"Field":"ResourceType","Value":"Subscription","Operator":"equals"}'
    assert provider.get(f"{RECORDS}?filter={wanted}")["items"] == []
    provider.http.post("/_sandbox/clock", json={"advance": "P40D"})
    assert provider.get(RECORDS)["items"] == []  # thirty days unless one asks for more
    since = f"{provider.world.now():%m/%d/%Y}"
    assert provider.get(f"{RECORDS}?startDate={since} 00:00:00")["items"] == []
    early = f"{provider.world.now() - timedelta(days=60):%Y-%m-%d}"
    assert len(provider.get(f"{RECORDS}?startDate={early}")["items"]) == 3


@pytest.mark.parametrize("query", ["startDate=2019-01-01", "startDate=soon", "filter={"])
def test_a_malformed_wish_is_refused(provider: Caller, query: str) -> None:
    assert code(provider.call("GET", f"{RECORDS}?{query}")) == (400, 2000)


def test_every_write_below_a_customer_has_a_name() -> None:
    writes = [
        (method, str(rule))
        for rule in RULES
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}
        if str(rule).startswith("/v1/customers")
    ]
    assert len(writes) > 15
    nameless = [
        path
        for method, path in writes
        if not kind_of(method, path.replace("<", "").replace(">", ""))
        and not any(word in path for word in UNRECORDED)
    ]
    assert nameless == []
