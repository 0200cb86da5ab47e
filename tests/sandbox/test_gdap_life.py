"""The life of a relationship: told, extended, ended, changed."""

import json
from typing import Any

import pytest

from sandbox.delivery import deliver_due
from tests.sandbox.caller import DOMAIN_ROLE, GDAPS, PASSWORD_ROLE, TENANT, Caller
from tests.sandbox.receiver import receiving


def turn(provider: Caller, by: str) -> None:
    provider.http.post("/_sandbox/clock", json={"advance": by})


def granted(provider: Caller, extend: str = "PT0S") -> str:
    """The path of an active relationship of two years with one assignment."""
    found = f"{GDAPS}/{provider.grant(provider.customer()['id'], PASSWORD_ROLE, DOMAIN_ROLE)}"
    change(provider, found, {"autoExtendDuration": extend})
    return found


def status(provider: Caller, path: str) -> str:
    return str(provider.graph("GET", path).json["status"])


def change(provider: Caller, path: str, body: Any, method: str = "PATCH") -> Any:
    """A change that names the version just read."""
    found = provider.graph("GET", path).json
    token = provider.token("https://graph.microsoft.com", TENANT)
    return provider.call(method, path, body, token=token, If_Match=found["@odata.etag"])


def test_every_step_is_told(provider: Caller) -> None:
    known = provider.get("/webhooks/v1/registration/events")
    wanted = [name for name in known if "granular" in name]
    with receiving() as receiver:
        body = {"WebhookUrl": receiver.url, "WebhookEvents": wanted}
        provider.call("POST", "/webhooks/v1/registration", body)
        found = granted(provider)
        (assignment,) = provider.graph("GET", f"{found}/accessAssignments").json["value"]
        one = f"{found}/accessAssignments/{assignment['id']}"
        fewer = {"accessDetails": {"unifiedRoles": [{"roleDefinitionId": PASSWORD_ROLE}]}}
        changed = change(provider, one, fewer)
        assert (changed.status_code, changed.headers["Retry-After"]) == (202, "10")
        operation = changed.headers["Location"].partition("/v1.0")[2]
        assert provider.graph("GET", f"/v1.0{operation}").json["status"] == "succeeded"
        assert change(provider, one, fewer).status_code == 200
        assert change(provider, one, None, "DELETE").status_code == 204
        provider.graph("POST", f"{found}/requests", {"action": "terminate"})
        deliver_due(provider.world)
        names = [json.loads(sent)["EventName"] for _, sent in receiver.got]
        assert names == [
            "granular-admin-relationship-approved",
            "granular-admin-relationship-activated",
            "granular-admin-access-assignment-created",
            "granular-admin-access-assignment-activated",
            "granular-admin-access-assignment-updated",
            "granular-admin-access-assignment-deleted",
            "granular-admin-relationship-terminated",
        ]


def test_it_is_about_to_expire_and_expires(provider: Caller) -> None:
    with receiving() as receiver:
        names = ["granular-admin-relationship-expired"]
        body = {"WebhookUrl": receiver.url, "WebhookEvents": names}
        provider.call("POST", "/webhooks/v1/registration", body)
        found = granted(provider)
        tenant = provider.graph("GET", found).json["customer"]["tenantId"]
        turn(provider, "P699D")
        assert status(provider, found) == "active"
        turn(provider, "P2D")
        assert status(provider, found) == "expiring"
        assert "access_token" in provider.sign_in(tenant, "https://graph.microsoft.com")
        turn(provider, "P30D")
        assert status(provider, found) == "expired"
        told = provider.sign_in(tenant, "https://graph.microsoft.com")
        assert told["error_codes"] == [50020]
        deliver_due(provider.world)
        assert len(receiver.got) == 1


def test_it_extends_itself_by_half_a_year(provider: Caller) -> None:
    found = granted(provider, "P180D")
    before = provider.graph("GET", found).json["endDateTime"]
    turn(provider, "P740D")
    after = provider.graph("GET", found).json
    assert after["status"] == "active"
    assert before < after["endDateTime"]
    change(provider, found, {"autoExtendDuration": "PT0S"})
    turn(provider, "P180D")
    assert status(provider, found) == "expired"


def test_only_the_extension_changes_once_it_is_active(provider: Caller) -> None:
    found = granted(provider)
    assert change(provider, found, {"displayName": "other"}).status_code == 400
    assert provider.graph("PATCH", found, {"autoExtendDuration": "P180D"}).status_code == 412
    changed = change(provider, found, {"autoExtendDuration": "P180D"})
    assert (changed.status_code, changed.json["autoExtendDuration"]) == (200, "P180D")


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"displayName": "renamed", "duration": "P31D"}, 200),
        ({"displayName": ""}, 400),
        ({"autoExtendDuration": "P1D"}, 400),
    ],
)
def test_before_it_is_shown_everything_changes(provider: Caller, body: Any, wanted: int) -> None:
    made = provider.graph(
        "POST",
        GDAPS,
        {
            "displayName": "first",
            "duration": "P90D",
            "customer": {"tenantId": provider.customer()["id"]},
            "accessDetails": {"unifiedRoles": [{"roleDefinitionId": PASSWORD_ROLE}]},
        },
    )
    path = f"{GDAPS}/{made.json['id']}"
    answer = change(provider, path, body)
    assert answer.status_code == wanted
    kept = provider.graph("GET", path).json
    assert kept["displayName"] == ("renamed" if wanted == 200 else "first")
