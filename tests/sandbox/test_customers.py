"""Customers: created, refused, listed, dropped, adopted."""

from typing import Any

import pytest

from tests.sandbox.caller import BASIC, NORTHWIND, Caller, agreement, code, new_customer, read


def test_a_customer_is_created_with_credentials_told_once(provider: Caller) -> None:
    made = provider.customer()
    assert made["id"] == made["commerceId"] == made["companyProfile"]["tenantId"]
    assert made["associatedPartnerId"] == NORTHWIND
    assert len(made["userCredentials"]["password"]) >= 8
    assert made["billingProfile"]["attributes"]["etag"].startswith("-")
    users = provider.get(f"/v1/customers/{made['id']}/users")["items"]
    assert [user["userPrincipalName"] for user in users] == ["admin@bakery.onmicrosoft.com"]


@pytest.mark.parametrize(
    ("billing", "status", "expected"),
    [
        ({"email": "x@microsoft.com"}, 400, 27002),
        ({"email": "nonsense"}, 400, 27002),
        ({"companyName": "-"}, 400, 27002),
        ({"address": {"postalCode": "1"}}, 400, 27002),
        ({"address": {"country": "US", "postalCode": "98052", "state": "ZZ"}}, 400, 27002),
        ({"address": {"country": "PL", "postalCode": "00-001"}}, 400, 600049),
        ({"address": {"firstName": ""}}, 400, 27002),
    ],
)
def test_wrong_data_is_named(
    provider: Caller, billing: dict[str, Any], status: int, expected: int
) -> None:
    refused = provider.call("POST", "/v1/customers", new_customer(**billing))
    assert code(refused) == (status, expected)
    assert not len(provider.world.table("customers"))


def test_the_wrong_property_stands_in_the_data(provider: Caller) -> None:
    body = new_customer(address={"country": "US", "postalCode": "98052", "state": "ZZ"})
    (data,) = read(provider.call("POST", "/v1/customers", body))["data"]
    assert data.startswith("property_name:  StateInvalid - Details")


def test_a_taken_domain_and_an_unwanted_registration_number(provider: Caller) -> None:
    provider.customer("bakery")
    assert code(provider.call("POST", "/v1/customers", new_customer("Bakery"))) == (409, 1409)
    body = new_customer("other")
    body["companyProfile"]["organizationRegistrationNumber"] = "12345678"
    assert code(provider.call("POST", "/v1/customers", body)) == (400, 600002)


@pytest.mark.parametrize(
    ("tenant", "expected"),
    [
        ("aaaaaaaa-0000-4000-8000-000005550003", (400, 800016)),
        ("aaaaaaaa-0000-4000-8000-000005550004", (403, 800039)),
        ("4847383", (400, 800016)),
    ],
)
def test_only_an_active_reseller_can_be_associated(
    provider: Caller, tenant: str, expected: tuple[int, int]
) -> None:
    body = {**new_customer(), "associatedPartnerId": tenant}
    assert code(provider.call("POST", "/v1/customers", body)) == expected


def test_an_application_alone_creates_no_customer_for_a_reseller(provider: Caller) -> None:
    refused = provider.call("POST", "/v1/customers", new_customer(), app=True)
    assert code(refused) == (403, 900329)


def test_the_list_is_filtered_and_paged(provider: Caller) -> None:
    for number in range(5):
        provider.customer(f"shop{number}", companyName=f"Shop {number}")
    query = '{"Field":"CompanyName","Value":"shop","Operator":"starts_with"}'
    first = provider.get(f"/v1/customers?size=3&filter={query}")
    (header,) = first["links"]["next"]["headers"]
    sent = {"MS_ContinuationToken": header["value"]}
    second = provider.get("/v1" + first["links"]["next"]["uri"], **sent)
    assert (first["totalCount"], second["totalCount"]) == (3, 2)
    assert "next" not in second["links"]
    names = [item["companyProfile"]["companyName"] for item in first["items"] + second["items"]]
    assert names == [f"Shop {number}" for number in range(5)]


def test_a_reseller_filter_finds_his_customers_only(provider: Caller) -> None:
    provider.customer()
    for tenant, expected in ((NORTHWIND, 1), (NORTHWIND.replace("7383", "7384"), 0)):
        query = f'{{"Field":"IndirectReseller","Value":"{tenant}","Operator":"starts_with"}}'
        assert provider.get(f"/v1/customers?filter={query}")["totalCount"] == expected


def test_the_list_lags_behind_the_customer(provider: Caller) -> None:
    provider.world.set_delays({"customer_visible": 60})
    made = provider.customer()
    assert provider.get("/v1/customers")["totalCount"] == 0
    assert provider.get(f"/v1/customers/{made['id']}")["id"] == made["id"]


def test_microsoft_looks_at_an_account_before_it_may_buy(provider: Caller) -> None:
    path = "validationStatus?type=account"
    made = provider.customer("slow", companyName="Under Review Ltd")["id"]
    assert provider.get(f"/v1/customers/{made}/{path}")["status"] == "UnderReview"
    provider.world.set_delays({"customer_ready": 60})
    made = provider.customer("fresh")["id"]
    assert provider.get(f"/v1/customers/{made}/{path}")["status"] == "Not Ready"
    missing = provider.call("GET", f"/v1/customers/{made}/validationStatus")
    assert code(missing) == (404, 600074)
    assert read(missing)["errorName"] == "AccountStatusNotFound"


def test_the_billing_profile_needs_the_etag_that_was_read(provider: Caller) -> None:
    path = f"/v1/customers/{provider.customer()['id']}/profiles/billing"
    found = provider.get(path)
    changed = {**found, "companyName": "Bakery & Sons"}
    assert read(provider.call("PUT", path, changed))["companyName"] == "Bakery & Sons"
    assert code(provider.call("PUT", path, changed)) == (400, 2055)


def test_an_education_customer_is_vetted(provider: Caller) -> None:
    path = f"/v1/customers/{provider.customer()['id']}/qualifications"
    provider.world.set_delays({"qualification": 60})
    body = {"qualification": "Education", "educationSegment": "K12", "website": "school.example"}
    asked = provider.call("POST", path, body)
    assert (asked.status_code, read(asked)["vettingStatus"]) == (201, "InReview")
    assert provider.get(path)[0]["vettingStatus"] == "InReview"
    provider.world.set_delays({"qualification": 0})
    provider.call("POST", path, body)
    assert provider.get(path) == [{"qualification": "Education", "vettingStatus": "Approved"}]
    incomplete = {"qualification": "Education"}
    assert provider.call("POST", path, incomplete).status_code == 400


def test_the_agreement_is_attested_once_and_not_for_tomorrow(provider: Caller) -> None:
    path = f"/v1/customers/{provider.customer()['id']}/agreements"
    tomorrow = provider.call("POST", path, agreement("2999-01-01T00:00:00Z"))
    assert tomorrow.status_code == 400
    assert "userId" in read(provider.call("POST", path, agreement()))
    again = provider.call("POST", path, agreement())
    assert code(again) == (400, 600061)
    assert read(again)["errorMessageExtended"] == "InternalErrorCode=600061"
    assert provider.get(path)["totalCount"] == 0
    listed = provider.get(f"{path}?agreementType=MicrosoftCustomerAgreement")
    assert listed["items"][0]["primaryContact"]["firstName"] == "Ada"


def test_without_a_type_only_the_old_agreement_is_told(provider: Caller) -> None:
    (old,) = provider.get("/v1/agreements")["items"]
    asked = "/v1/agreements?agreementType=MicrosoftCustomerAgreement"
    (new,) = provider.get(asked)["items"]
    assert old["agreementType"] == "MicrosoftCloudAgreement"
    path = f"/v1/agreementtemplates/{new['templateId']}/document?language=fr-FR&country=FR"
    assert provider.get(path)["language"] == "fr-FR"


def test_a_customer_with_running_subscriptions_is_not_dropped(provider: Caller) -> None:
    path = provider.ready_customer()
    provider.buy(path, provider.line(BASIC))
    drop = {"relationshipToPartner": "none", "attributes": {"objectType": "Customer"}}
    assert provider.call("PATCH", path, drop).status_code == 400
    (bought,) = provider.get(f"{path}/subscriptions")["items"]
    provider.call("PATCH", f"{path}/subscriptions/{bought['id']}", {**bought, "status": "deleted"})
    dropped = provider.call("PATCH", path, drop)
    assert read(dropped)["RelationshipToPartner"] == "none"
    assert not dropped.get_data().startswith(b"\xef")
    assert code(provider.call("GET", path)) == (403, 20002)


def test_an_existing_tenant_appears_when_its_administrator_accepts(provider: Caller) -> None:
    link = provider.get("/v1/customers/relationshiprequests")["url"]
    assert "invType=ResellerRelationship" in link
    domain = "existing-bakery.onmicrosoft.com"
    query = f'/v1/customers?filter={{"Field":"Domain","Value":"{domain}","Operator":"starts_with"}}'
    assert provider.get(query)["totalCount"] == 0
    provider.http.post("/_sandbox/relationships/accept", json={"domain": domain})
    (found,) = provider.get(query)["items"]
    assert found["id"] == "eeeeeeee-0000-4000-8000-000000000001"
    assert provider.get(f"/v1/customers/{found['id']}/relationships")["totalCount"] == 0


def test_a_tenant_may_bring_another_reseller_along(provider: Caller) -> None:
    domain = "existing-garage.onmicrosoft.com"
    found = provider.http.post("/_sandbox/relationships/accept", json={"domain": domain}).json
    (other,) = provider.get(f"/v1/customers/{found['id']}/relationships")["items"]
    assert other["mpnId"] == "4847385"
