"""Delegation through REST: the same calls as the pages."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tenants import delegation as services
from tests.people import People
from tests.tenants.delegated import BAKERY, accept, body

Run = Callable[..., int]
ALL = "/api/v1/delegations"
AGREEMENT = {
    "first_name": "Alex",
    "last_name": "Martin",
    "email": "alex@existing-bakery.example",
    "agreed_date": "2026-01-15",
}
pytestmark = pytest.mark.usefixtures("sandbox")


def test_from_the_wish_to_a_service(people: People, sandbox: Any, run_journal: Run) -> None:
    api = people.api("manager")
    sent = body()
    wished = api.post(ALL, sent, format="json")
    assert wished.status_code == 202, wished.json()
    assert api.post(ALL, sent, format="json").json()["id"] == wished.json()["id"]
    one = wished.headers["Location"]
    run_journal()
    shown = api.get(one).json()
    assert shown["state"] == "waiting"
    assert "invType=ResellerRelationship" in shown["link"]
    assert [step["kind"] for step in shown["steps"]] == [
        "delegation.look", "delegation.mail_link", "delegation.await_customer",
    ]  # fmt: skip

    accept(sandbox)
    assert api.post(f"{one}/look").status_code == 202
    run_journal()
    assert api.get(one).json()["state"] == "to_validate"
    wrong = api.post(f"{one}/validate", {"name": "other", "agreement": AGREEMENT}, format="json")
    assert wrong.status_code == 422
    assert "name" in wrong.json()["errors"]
    bare = api.post(f"{one}/validate", {"name": BAKERY}, format="json")
    assert "agreed" in bare.json()["errors"]
    right = {"name": BAKERY, "agreement": AGREEMENT}
    assert api.post(f"{one}/validate", right, format="json").status_code == 202
    assert api.post(f"{one}/validate", right, format="json").status_code == 422
    run_journal(skip_pauses=True)
    done = api.get(one).json()
    assert (done["state"], done["tenant"]) == ("done", BAKERY)
    assert api.get(f"/api/v1/tenants/{BAKERY}").json()["state"] == "ok"
    assert api.post(f"{one}/cancel").status_code == 422


def test_cancelled(people: People, run_journal: Run) -> None:
    api = people.api("manager")
    one = api.post(ALL, body(), format="json").headers["Location"]
    cancelled = api.post(f"{one}/cancel")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "given_up")
    assert api.post(f"{one}/look").status_code == 422


def test_refused_by_field(people: People) -> None:
    api = people.api("manager")
    sent = body(mpn_id="4847384")
    answer = api.post(ALL, sent, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"mpn_id": ["Choose one of your MPN IDs."]}
    api.post(ALL, body(), format="json")
    again = api.post(ALL, body(key=str(uuid.uuid4())), format="json")
    assert list(again.json()["errors"]) == ["tenant_name"]
    assert api.post(ALL, {}, format="json").status_code == 400


def test_a_list_of_ones_own(people: People) -> None:
    people.api("manager").post(ALL, body(), format="json")
    assert [row["tenant_name"] for row in people.api("viewer").get(ALL).json()["results"]] == [
        BAKERY
    ]
    assert people.api("stranger").get(ALL).json()["results"] == []


def test_an_id_alone_makes_all_that_wait_look(
    people: People, sandbox: Any, run_journal: Run
) -> None:
    api = people.api("manager")
    one = api.post(ALL, body(), format="json").headers["Location"]
    run_journal()
    accept(sandbox)
    assert services.delegation_seen(customer_id="eeeeeeee-0000-4000-8000-000000000001") == 1
    run_journal()
    assert api.get(one).json()["state"] == "to_validate"
