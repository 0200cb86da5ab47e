"""Users, roles and passwords; GDAP and consent, without which nothing is written."""

import pytest

from tests.sandbox.caller import (
    DOMAIN_ROLE,
    GDAPS,
    PASSWORD_ROLE,
    Caller,
    code,
    read,
)

GLOBAL = "62e90394-69f5-4237-9190-012177145e10"
USER_ADMIN = "fe930be7-5e62-47db-91af-98c3a49a38b1"
NEW = {"passwordProfile": {"password": "Renew456*x", "forceChangePassword": True}}


@pytest.fixture
def tenant(provider: Caller) -> str:
    made: str = provider.customer()["id"]
    return made


def administrator(provider: Caller, tenant: str) -> str:
    (member,) = provider.get(f"/v1/customers/{tenant}/directoryroles/{GLOBAL}/usermembers")["items"]
    return f"/v1/customers/{tenant}/users/{member['id']}"


def test_an_administrators_password_needs_the_stronger_role(provider: Caller, tenant: str) -> None:
    path = f"{administrator(provider, tenant)}/resetpassword"
    assert code(provider.call("PATCH", path, NEW)) == (403, 900308)
    provider.grant(tenant, USER_ADMIN)
    assert code(provider.call("PATCH", path, NEW)) == (403, 900308)
    provider.grant(tenant, PASSWORD_ROLE, DOMAIN_ROLE)
    answer = provider.call("PATCH", path, NEW)
    assert answer.status_code == 200
    assert read(answer)["passwordProfile"] == {
        "forceChangePassword": True,
        "password": "Renew456*x",
    }
    assert "passwordProfile" not in provider.get(administrator(provider, tenant))


def test_the_older_route_sets_a_password_too(provider: Caller, tenant: str) -> None:
    provider.grant(tenant, PASSWORD_ROLE)
    answer = provider.call("PATCH", administrator(provider, tenant), NEW)
    assert read(answer)["passwordProfile"]["password"] == "Renew456*x"


def test_a_weak_password_is_refused(provider: Caller, tenant: str) -> None:
    provider.grant(tenant, PASSWORD_ROLE)
    weak = {"passwordProfile": {"password": "password", "forceChangePassword": True}}
    path = f"{administrator(provider, tenant)}/resetpassword"
    assert provider.call("PATCH", path, weak).status_code == 400


def test_a_user_is_created_deleted_and_restored(provider: Caller, tenant: str) -> None:
    provider.grant(tenant, USER_ADMIN)
    users = f"/v1/customers/{tenant}/users"
    body = {
        "usageLocation": "FR",
        "userPrincipalName": "bo@bakery.onmicrosoft.com",
        "firstName": "Bo",
        "lastName": "Lune",
        "displayName": "Bo Lune",
        **NEW,
    }
    made = provider.call("POST", users, body)
    assert (made.status_code, read(made)["passwordProfile"]["password"]) == (200, "Renew456*x")
    assert provider.call("POST", users, body).status_code == 409
    path = f"{users}/{read(made)['id']}"
    assert provider.call("DELETE", path).status_code == 204
    query = '{"Field":"UserState","Value":"Inactive","Operator":"equals"}'
    (gone,) = provider.get(f"{users}?size=500&filter={query}")["items"]
    assert gone["softDeletionTime"]
    assert provider.get(users)["totalCount"] == 1
    assert read(provider.call("PATCH", path, {"State": "active"}))["state"] == "active"
    assert provider.get(users)["totalCount"] == 2


def test_licences_are_given_while_some_are_free(provider: Caller) -> None:
    customer = provider.ready_customer("shop")
    provider.buy(customer, provider.line(quantity=1))
    provider.grant(customer.rpartition("/")[2], USER_ADMIN)
    (seats,) = provider.get(f"{customer}/subscribedskus")["items"]
    (user,) = provider.get(f"{customer}/users")["items"]
    path = f"{customer}/users/{user['id']}"
    give = {"LicensesToAssign": [{"SkuId": seats["productSku"]["id"]}], "LicensesToRemove": None}
    assert provider.call("POST", f"{path}/licenseupdates", give).status_code == 201
    (seats,) = provider.get(f"{customer}/subscribedskus")["items"]
    assert (seats["consumedUnits"], seats["availableUnits"]) == (1, 0)
    (given,) = provider.get(f"{path}/licenses")["items"]
    assert given["productSku"]["skuPartNumber"] == "O365_BUSINESS_ESSENTIALS"
    body = {
        "usageLocation": "FR",
        "userPrincipalName": "bo@shop.onmicrosoft.com",
        "displayName": "Bo",
        **NEW,
    }
    other = read(provider.call("POST", f"{customer}/users", body))["id"]
    refused = provider.call("POST", f"{customer}/users/{other}/licenseupdates", give)
    assert code(refused) == (400, 60012)


def test_roles_are_given_and_taken(provider: Caller, tenant: str) -> None:
    provider.grant(tenant, "e8611ab8-c189-46e8-94e1-60213ab1f814")
    user = administrator(provider, tenant).rpartition("/")[2]
    members = f"/v1/customers/{tenant}/directoryroles/{USER_ADMIN}/usermembers"
    assert provider.call("POST", members, {"Id": user}).status_code == 201
    roles = provider.get(f"/v1/customers/{tenant}/users/{user}/directoryroles")
    assert roles["totalCount"] == 2
    assert provider.call("DELETE", f"{members}/{user}").status_code == 204
    assert provider.get(members)["totalCount"] == 0


def test_a_relationship_is_approved_by_the_customer_alone(provider: Caller, tenant: str) -> None:
    provider.http.post("/_sandbox/gdap/approve", json={"auto": False})
    body = {
        "displayName": "Bakery",
        "duration": "P730D",
        "customer": {"tenantId": tenant},
        "accessDetails": {"unifiedRoles": [{"roleDefinitionId": DOMAIN_ROLE}]},
        "autoExtendDuration": "P180D",
    }
    made = provider.graph("POST", GDAPS, body).json
    assert (made["status"], made["activatedDateTime"]) == ("created", "")
    assert provider.graph("POST", GDAPS, body).status_code == 409
    one = f"{GDAPS}/{made['id']}"
    lock = {"action": "lockForApproval"}
    assert provider.graph("POST", f"{one}/requests", lock).status_code == 201
    assert provider.graph("POST", f"{one}/requests", lock).status_code == 409
    assert provider.graph("GET", one).json["status"] == "approvalPending"
    answer = provider.http.post("/_sandbox/gdap/approve", json={"domain": "bakery.onmicrosoft.com"})
    assert answer.json == {"auto": False, "approved": [made["id"]]}
    assert provider.graph("GET", one).json["status"] == "active"
    listed = provider.graph("GET", f"{GDAPS}?$filter=customer/tenantId eq '{tenant}'").json
    assert [each["id"] for each in listed["value"]] == [made["id"]]


def test_an_approved_relationship_takes_a_moment(provider: Caller, tenant: str) -> None:
    provider.world.set_delays({"gdap_active": 60})
    found = provider.world.table("gdap")
    with pytest.raises(AssertionError):  # roles cannot be assigned yet
        provider.grant(tenant, DOMAIN_ROLE)
    assert [each["status"] for each in found.values()] == ["activating"]


@pytest.mark.parametrize(
    "change",
    [
        {"displayName": "x" * 51},
        {"duration": "P3Y"},
        {"duration": "P0D"},
        {"autoExtendDuration": "P90D"},
        {"accessDetails": {"unifiedRoles": [{"roleDefinitionId": "nothing"}]}},
        {"accessDetails": {"unifiedRoles": [{"roleDefinitionId": GLOBAL}]}},
        {"customer": {"tenantId": "nobody"}},
    ],
)
def test_a_relationship_has_limits(
    provider: Caller, tenant: str, change: dict[str, object]
) -> None:
    body = {
        "displayName": "Bakery",
        "duration": "P730D",
        "customer": {"tenantId": tenant},
        "accessDetails": {"unifiedRoles": [{"roleDefinitionId": DOMAIN_ROLE}]},
        "autoExtendDuration": "P180D",
        **change,
    }
    assert provider.graph("POST", GDAPS, body).status_code == 400


def test_only_an_untold_relationship_is_deleted(provider: Caller, tenant: str) -> None:
    active = provider.grant(tenant, DOMAIN_ROLE)
    headers = {"If_Match": "*", "token": provider.token("https://graph.microsoft.com")}
    assert provider.call("DELETE", f"{GDAPS}/{active}", **headers).status_code == 400


def test_the_provider_consents_for_his_application(provider: Caller, tenant: str) -> None:
    path = f"/v1/customers/{tenant}/applicationconsents"
    grants = [{"enterpriseApplicationId": "00000003-0000-0000-c000-000000000000", "scope": "x"}]
    body = {"applicationId": "app", "displayName": "Portal", "applicationGrants": grants}
    assert code(provider.call("POST", path, body)) == (403, 900308)
    provider.grant(tenant, DOMAIN_ROLE)
    assert provider.call("POST", path, body).status_code == 201
    assert provider.call("POST", path, body).status_code == 409
    assert provider.call("DELETE", f"{path}/app").status_code == 204
    assert provider.sign_in(tenant, "https://graph.microsoft.com")["error_codes"] == [65001]
