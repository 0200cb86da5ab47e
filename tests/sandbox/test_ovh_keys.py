"""Who may call OVH: applications, consumer keys, signatures over what was sent, access rules."""

import json
from urllib.parse import urlsplit

import ovh
import pytest

from sandbox.world import World
from tests.sandbox.ovh_caller import APPLICATION, FABRIKAM, HOST, NORTHWIND, SECRET, ZONE, OvhCaller
from tests.sandbox_fixture import LiveSandbox


@pytest.fixture
def northwind_ovh(world: World) -> OvhCaller:
    return OvhCaller(world)


@pytest.mark.parametrize(
    "url",
    [
        f"{HOST}/1.0/domain/zone",
        "http://127.0.0.1/1.0/domain/zone",
        "https://127.0.0.1/1.0/domain/zone",
        "https://127.0.0.1:8010/1.0/domain/zone",
    ],
)
def test_the_url_may_be_signed_with_or_without_port(northwind_ovh: OvhCaller, url: str) -> None:
    assert northwind_ovh.send("GET", "/domain/zone", url=url).status_code == 200


@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_the_body_is_signed_as_it_was_sent(northwind_ovh: OvhCaller, space: str) -> None:
    body = f'{{"fieldType":{space}"A","subDomain":"a","target":"192.0.2.1"}}'.encode()
    assert northwind_ovh.send("POST", f"{ZONE}/record", body).status_code == 200


def test_query_and_escapes_are_signed_as_they_were_sent(northwind_ovh: OvhCaller) -> None:
    escaped = "/domain/zone/northwind%2Dcustomer.example/record?subDomain=w%25&fieldType=A"
    assert len(northwind_ovh.send("GET", escaped).json) == 1


@pytest.mark.parametrize("late", [-290, 290])
def test_a_clock_may_be_wrong_by_five_minutes(northwind_ovh: OvhCaller, late: int) -> None:
    assert northwind_ovh.send("GET", "/me", late=late).status_code == 200
    answer = northwind_ovh.send("GET", "/me", late=late * 2)
    assert answer.json == {
        "errorCode": "INVALID_SIGNATURE",
        "httpCode": "400 Bad Request",
        "message": "Invalid signature",
    }


def test_the_turned_clock_does_not_reach_signatures(northwind_ovh: OvhCaller) -> None:
    northwind_ovh.http.post("/_sandbox/clock", json={"advance": "P30D"})
    assert northwind_ovh.call("GET", "/me")["nichandle"] == "nw12345-ovh"


def test_another_url_or_body_is_not_what_was_signed(northwind_ovh: OvhCaller) -> None:
    answer = northwind_ovh.send("GET", "/domain/zone", url=f"{HOST}/1.0/me")
    assert (answer.status_code, answer.json["errorCode"]) == (400, "INVALID_SIGNATURE")


def test_keys_that_are_missing_unknown_or_over(world: World) -> None:
    caller = OvhCaller(world)
    bare = caller.http.get("/1.0/me")
    assert (bare.status_code, bare.json["errorCode"]) == (403, "NOT_CREDENTIAL")
    other = caller.http.get("/1.0/me", headers={"X-Ovh-Application": "nonsense"})
    assert (other.status_code, other.json["errorCode"]) == (403, "INVALID_KEY")
    unknown = OvhCaller(world, "nonsense").send("GET", "/me")
    assert unknown.json["message"] == "This credential does not exist"
    expired = OvhCaller(world, "sandboxConsumerKeyExpired000000006").send("GET", "/me")
    assert (expired.status_code, expired.json["errorCode"]) == (403, "INVALID_CREDENTIAL")


def test_a_zone_of_another_account_does_not_exist(world: World) -> None:
    stranger = OvhCaller(world, FABRIKAM)
    assert stranger.call("GET", "/domain/zone") == ["fabrikam-customer.example"]
    for method, path in (("GET", ZONE), ("POST", f"{ZONE}/refresh"), ("GET", f"{ZONE}/record")):
        assert stranger.refused(method, path) == (404, "This service does not exist")


@pytest.mark.parametrize(
    ("key", "method", "path", "status"),
    [
        ("sandboxConsumerKeyReadOnly00000003", "GET", f"{ZONE}/record", 200),
        ("sandboxConsumerKeyReadOnly00000003", "POST", f"{ZONE}/refresh", 403),
        ("sandboxConsumerKeyNoRefresh0000004", "POST", f"{ZONE}/record", 400),
        ("sandboxConsumerKeyNoRefresh0000004", "POST", f"{ZONE}/refresh", 403),
        ("sandboxConsumerKeyOneZone000000005", "GET", ZONE, 403),
        ("sandboxConsumerKeyOneZone000000005", "GET", "/domain/zone/contoso-bakery.example", 200),
    ],
)
def test_a_key_may_do_what_its_rules_say(
    world: World, key: str, method: str, path: str, status: int
) -> None:
    answer = OvhCaller(world, key).send(method, path)
    assert answer.status_code == status
    if status == 403:
        assert answer.json["message"] == "This call has not been granted"


def test_a_new_key_is_granted_by_a_person(world: World) -> None:
    caller = OvhCaller(world)
    body = {"accessRules": [{"method": "GET", "path": "/domain/zone*"}]}
    headers = {"X-Ovh-Application": APPLICATION}
    asked = caller.http.post("/1.0/auth/credential", json=body, headers=headers).json
    assert asked["state"] == "pendingValidation"
    granted = OvhCaller(world, asked["consumerKey"])
    assert granted.refused("GET", "/domain/zone") == (403, "This credential is not valid")
    page = urlsplit(asked["validationUrl"]).path
    assert "GET /domain/zone*" in caller.http.get(page).text
    caller.http.post(page, data={"account": "nw12345-ovh", "decision": "validated"})
    assert "northwind-customer.example" in granted.call("GET", "/domain/zone")
    assert granted.refused("GET", "/me")[0] == 403
    caller.http.post(page, data={"account": "fk67890-ovh", "decision": "refused"})
    assert granted.call("GET", "/domain/zone")


def test_who_calls(northwind_ovh: OvhCaller) -> None:
    assert northwind_ovh.call("GET", "/auth/details")["account"] == "nw12345-ovh"
    current = northwind_ovh.call("GET", "/auth/currentCredential")
    assert current["status"] == "validated"
    assert {"method": "PUT", "path": "/*"} in current["rules"]
    assert northwind_ovh.send("POST", "/auth/logout").get_data() == b"null"
    assert northwind_ovh.refused("GET", "/me") == (403, "This credential is not valid")


def test_unknown_paths_answer_in_ovhs_shape(northwind_ovh: OvhCaller) -> None:
    answer = northwind_ovh.send("GET", "/saas/nothing")
    assert answer.status_code == 404
    assert json.loads(answer.get_data())["class"] == "Client::NotFound"


def test_ovhs_own_client_signs_every_kind_of_call(live_sandbox: LiveSandbox) -> None:
    ovh.client.ENDPOINTS["sandbox"] = f"{live_sandbox.url}/1.0"
    client = ovh.Client("sandbox", APPLICATION, SECRET, NORTHWIND, timeout=5)
    record = client.post(f"{ZONE}/record", fieldType="TXT", subDomain="t", target="été", ttl=300)
    one = f"{ZONE}/record/{record['id']}"
    assert client.put(one, target="hiver") is None
    assert client.get(one)["target"] == '"hiver"'
    assert client.get(f"{ZONE}/record", subDomain="t", fieldType="TXT") == [record["id"]]
    assert client.delete(one) is None
    assert client.post(f"{ZONE}/refresh") is None
    with pytest.raises(ovh.ResourceNotFoundError, match=r"^This service does not exist$"):
        client.get("/domain/zone/nobody.example")
