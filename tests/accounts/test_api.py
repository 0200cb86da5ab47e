"""REST of accounts: the same answers as the pages, as plain fields and problem+json."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from accounts.models import PartnerId
from journal.models import Operation
from tests.people import People

if TYPE_CHECKING:
    from sandbox.world import World

LIST = "/api/v1/partner-ids"


def test_me(people: People) -> None:
    me = people.api("viewer").get("/api/v1/me").json()
    assert (me["email"], me["role"]) == ("viewer@northwind.example", "viewer")
    assert me["account"]["nic_handle"] == "nw12345-ovh"
    assert me["account"]["currency"] == "EUR"


def test_members(people: People) -> None:
    rows = people.api("viewer").get("/api/v1/members").json()["results"]
    assert {row["email"]: row["role"] for row in rows} == {
        f"{role}@northwind.example": role for role in ("owner", "manager", "operator", "viewer")
    }


def test_only_the_own_mpn_ids_are_listed(people: People) -> None:
    rows = people.api("viewer").get(LIST).json()["results"]
    assert [row["mpn_id"] for row in rows] == ["4847383"]
    assert people.api("viewer").get(LIST, {"state": "refused"}).json()["results"] == []


def test_an_owner_registers_one(people: People, sandbox: "World") -> None:
    api = people.api("owner")
    answer = api.post(LIST, {"mpn_id": "4847385"}, format="json")
    assert answer.status_code == 201
    body = answer.json()
    assert body["state"] == "valid"
    assert body["tenant_id"] == "aaaaaaaa-0000-4000-8000-000004847385"
    assert api.get(answer.headers["Location"]).json() == body


def test_a_refusal_is_a_problem_beside_the_field(people: People, sandbox: "World") -> None:
    answer = people.api("owner").post(LIST, {"mpn_id": "5550001"}, format="json")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "2203" in answer.json()["errors"]["mpn_id"][0]


def test_a_wrong_name_is_not_registered(people: People, sandbox: "World") -> None:
    sent = {"mpn_id": "4847385", "confirmed_name": "Somebody else"}
    assert people.api("owner").post(LIST, sent, format="json").status_code == 422
    assert not PartnerId.objects.filter(mpn_id="4847385").exists()


def test_a_microsoft_that_is_away_is_a_bad_gateway(people: People) -> None:
    answer = people.api("owner").post(LIST, {"mpn_id": "4847385"}, format="json")
    assert answer.status_code == 502
    assert not PartnerId.objects.filter(mpn_id="4847385").exists()


def test_a_check_is_accepted_as_an_operation(people: People) -> None:
    partner = people.northwind.partner_id
    answer = people.api("owner").post(f"{LIST}/{partner.pk}/recheck")
    assert answer.status_code == 202
    assert Operation.objects.get(subject=partner.key).kind == "partner.check"


def test_who_may_what(people: People) -> None:
    partner = people.northwind.partner_id
    calls: list[tuple[str, str, str]] = [
        ("post", LIST, "owner"),
        ("post", f"{LIST}/{partner.pk}/recheck", "owner"),
    ]
    for method, path, _need in calls:
        assert _send(people, "viewer", method, path) == 403
        assert _send(people, "manager", method, path) == 403
        assert _send(people, "nobody", method, path) == 401
        if path != LIST:
            assert _send(people, "stranger", method, path) == 404


def _send(people: People, who: str, method: str, path: str) -> int:
    call: Callable[..., object] = getattr(people.api(who), method)
    return int(call(path, {}, format="json").status_code)  # type: ignore[attr-defined]
