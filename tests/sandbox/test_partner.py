"""Partner (MPN) ids, and what is checked before a tenant exists."""

from typing import Any

import pytest

from tests.sandbox.caller import Caller, code, read

STATUS = "/v1/compliance/csp/agreementstatus"


def test_a_good_partner_passes_every_check(provider: Caller) -> None:
    assert provider.get("/v1/profiles/mpn?mpnId=4847383")["partnerName"].startswith("Northwind")
    assert provider.get(f"{STATUS}?mpnId=4847383") == {"isAgreementSigned": True}
    body = {"partnerIds": ["4847383"]}
    result = read(provider.call("POST", "/v1/partners/validateresellers", body, app=True))
    expected = {"partnerId": "4847383", "isValidPartnerIdOnRecord": True}
    assert result == {"validationResults": [expected]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mpnId=abc", 2000),
        ("mpnId=4847383&tenantId=x", 2000),
        ("", 2001),
        ("mpnId=999", 2200),
        ("tenantId=999", 2205),
        ("mpnId=5550001", 2203),
        ("tenantId=aaaaaaaa-0000-4000-8000-000005550001", 2206),
        ("mpnId=5550002", 2201),
        ("mpnId=5550003", 2204),
    ],
)
def test_the_agreement_status_says_what_is_missing(
    provider: Caller, query: str, expected: int
) -> None:
    assert code(provider.call("GET", f"{STATUS}?{query}")) == (400, expected)


def test_refusals_of_resellers_stand_inside_the_answer(provider: Caller) -> None:
    body = {"partnerIds": ["999", "5550003", "5550004"]}
    answer = read(provider.call("POST", "/v1/partners/validateresellers", body))
    codes = [each["errorCode"] for each in answer["validationResults"]]
    assert codes == [900400, 900400, 900414]


def test_relationships_list_the_own_resellers(provider: Caller) -> None:
    path = "/v1/relationships?relationship_type=IsIndirectCloudSolutionProviderOf"
    found = {item["mpnId"]: item for item in provider.get(path)["items"]}
    assert found["4847383"]["id"] == "aaaaaaaa-0000-4000-8000-000004847383"
    assert found["4847383"]["relationshipType"] == "is_indirect_cloud_solution_provider_of"
    assert found["5550004"]["state"] == "Suspended"
    assert "5550003" not in found


def test_partners_can_be_changed_from_outside(provider: Caller) -> None:
    provider.http.put("/_sandbox/partners", json={"mpn_id": "4847383", "suspended": True})
    provider.http.put("/_sandbox/partners", json=[{"mpn_id": "1234567", "name": "New"}])
    known = {p["mpn_id"]: p for p in provider.http.get("/_sandbox/partners").json}
    assert known["4847383"]["suspended"]
    assert known["4847383"]["name"].startswith("Northwind")
    assert known["1234567"]["tenant_id"] == "aaaaaaaa-0000-4000-8000-000001234567"


def test_a_taken_domain_is_200_and_a_free_one_404(provider: Caller) -> None:
    taken = provider.call("HEAD", "/v1/domains/contoso.onmicrosoft.com")
    free = provider.call("HEAD", "/v1/domains/nobody-has-this.onmicrosoft.com")
    assert (taken.status_code, free.status_code) == (200, 404)
    assert taken.get_data() == free.get_data() == b""


ADDRESS = {"Country": "FR", "City": "Lille", "AddressLine1": "12 rue X", "PostalCode": "59800"}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "VerifiedShippable"),
        ({"AddressLine1": "rue Nationale"}, "StreetPartial"),
        ({"AddressLine1": "1 Nowhere"}, "None"),
        ({"PostalCode": "SW1A 1AA"}, "None"),
        ({"Country": "US"}, "None"),
        ({"Country": "US", "State": "WA", "PostalCode": "98052"}, "VerifiedShippable"),
        ({"AddressLine1": "1 Twin Street"}, "Multiple"),
    ],
)
def test_an_address_is_judged(provider: Caller, change: dict[str, str], status: str) -> None:
    body = {**ADDRESS, **change}
    answer = read(provider.call("POST", "/v1/validations/address", body, app=True))
    assert answer["status"] == status
    assert answer["originalAddress"]["country"] == body["Country"]
    assert bool(answer["suggestedAddresses"]) is (status != "None")


@pytest.mark.parametrize(
    "country",
    ["FR", "BE", "GB", "DE", "US", "CA", "ES", "IT", "NL", "IE", "LU", "CH", "PT", "AT", "PL"],
)
def test_countries_tell_their_rules(provider: Caller, country: str) -> None:
    rules: Any = provider.get(f"/v1/countryvalidationrules/{country}", app=True)
    assert rules["iso2Code"] == country
    assert rules["defaultCulture"] in rules["supportedCulturesList"]
    assert rules["isStateRequired"] is bool(rules["supportedStatesList"])


def test_the_united_kingdom_is_gb(provider: Caller) -> None:
    assert provider.call("GET", "/v1/countryvalidationrules/UK").status_code == 404
