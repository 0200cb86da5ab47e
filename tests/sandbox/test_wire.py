"""What only shows on the wire: marks, headers, casing, repeats."""

import uuid
from email.utils import parsedate_to_datetime

from sandbox.world import World
from tests.sandbox.caller import BASIC, Caller, code, new_customer, read

MARK = b"\xef\xbb\xbf"


def test_success_begins_with_the_mark_and_refusal_does_not(provider: Caller) -> None:
    found = provider.call("GET", "/v1/profiles/mpn?mpnId=4847383")
    missing = provider.call("GET", "/v1/profiles/mpn?mpnId=1")
    assert found.get_data().startswith(MARK + b'{"partnerName":"Northwind')
    assert missing.get_data().startswith(b'{"code":3000,')
    assert int(found.headers["Content-Length"]) == len(found.get_data())


def test_the_catalogue_has_no_mark_and_doubles_its_headers(provider: Caller) -> None:
    asked = str(uuid.uuid4())
    path = "/v1/products?country=FR&targetView=OnlineServices"
    answer = provider.call("GET", path, MS_RequestId=asked)
    assert not answer.get_data().startswith(MARK)
    assert answer.headers["MS-RequestId"] == f"{asked},{asked}"
    assert answer.headers["X-Locale"] == "en-US,en-US"


def test_ids_are_echoed_and_made_up_where_missing(provider: Caller) -> None:
    asked = str(uuid.uuid4())
    answer = provider.call("GET", "/v1/profiles/mpn", MS_RequestId=asked, MS_CorrelationId="c")
    assert (answer.headers["MS-RequestId"], answer.headers["MS-CorrelationId"]) == (asked, "c")
    assert uuid.UUID(provider.call("GET", "/v1/profiles/mpn").headers["MS-RequestId"])
    assert answer.headers["MS-CV"].endswith(".0")
    assert answer.headers["Request-Context"].startswith("appId=cid-v1:")


def test_pascal_case_with_nulls_is_understood(provider: Caller) -> None:
    plain = new_customer()
    shouted = {
        "Id": None,
        "CompanyProfile": {"TenantId": None, "Domain": "wingtip.onmicrosoft.com"},
        "BillingProfile": {
            "Email": "gena@wingtip.example",
            "Culture": "EN-US",
            "Language": "En",
            "CompanyName": "Wingtip",
            "DefaultAddress": {
                name[0].upper() + name[1:]: value
                for name, value in plain["billingProfile"]["defaultAddress"].items()
            },
        },
        "AssociatedPartnerId": plain["associatedPartnerId"],
        "UserCredentials": None,
    }
    made = read(provider.call("POST", "/v1/customers", shouted))
    assert made["companyProfile"]["domain"] == "wingtip.onmicrosoft.com"
    assert made["userCredentials"]["userName"] == "admin"


def test_a_repeat_gets_the_first_answer_with_the_same_password(provider: Caller) -> None:
    asked = str(uuid.uuid4())
    first, second = (
        provider.call("POST", "/v1/customers", new_customer(), MS_RequestId=asked) for _ in "12"
    )
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.get_data() == second.get_data()
    assert len(provider.world.table("customers")) == 1


def test_the_same_id_with_another_body_is_refused(provider: Caller) -> None:
    asked = str(uuid.uuid4())
    provider.call("POST", "/v1/customers", new_customer("one"), MS_RequestId=asked)
    other = provider.call("POST", "/v1/customers", new_customer("two"), MS_RequestId=asked)
    assert code(other) == (400, 2000)
    assert len(provider.world.table("customers")) == 1


def test_a_refusal_is_not_remembered(provider: Caller) -> None:
    asked = str(uuid.uuid4())
    taken = new_customer("taken")
    assert provider.call("POST", "/v1/customers", taken, MS_RequestId=asked).status_code == 409
    free = provider.call("POST", "/v1/customers", new_customer("free"), MS_RequestId=asked)
    assert free.status_code == 201


def test_the_date_header_is_the_turned_clock(provider: Caller, world: World) -> None:
    provider.http.post("/_sandbox/clock", json={"advance": "P8D"})
    answer = provider.call("GET", "/v1/profiles/mpn")
    told = parsedate_to_datetime(answer.headers["Date"])
    assert abs((told - world.real_now()).total_seconds() - 8 * 86400) < 5


def test_unknown_paths_are_refused_as_the_vendor_does(provider: Caller) -> None:
    assert provider.call("GET", "/v1/nothing").status_code == 404
    assert provider.graph("GET", "/v1.0/nothing").json["error"]["code"] == "BadRequest"
    assert provider.http.get("/_sandbox/nothing").status_code == 404


def test_a_repeated_version_in_a_graph_path_is_tolerated(provider: Caller) -> None:
    path = "/v1.0/v1.0/tenantRelationships/delegatedAdminRelationships"
    assert provider.graph("GET", path).json["value"] == []


def test_lists_are_poorer_than_the_thing_itself(provider: Caller) -> None:
    made = provider.customer()
    listed = provider.get("/v1/customers?size=0")["items"][0]
    whole = provider.get(f"/v1/customers/{made['id']}")
    assert "billingProfile" not in listed
    assert whole["customDomains"] == ["bakery.onmicrosoft.com"]
    assert "userCredentials" not in whole


def test_links_are_relative_and_without_version(provider: Caller) -> None:
    product, sku = BASIC.split(":")
    found = provider.get(f"/v1/products/{product}/skus/{sku}?country=FR")
    assert found["links"]["self"] == {
        "uri": f"/products/{product}/skus/{sku}?country=FR",
        "method": "GET",
        "headers": [],
    }
