"""REST of changes: preview, change, schedule, calendar; the same rules and the same object."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from common import clock
from journal.models import Event, Operation
from subscriptions.models import Subscription
from tests.people import People

Run = Callable[..., int]


@pytest.fixture
def one(subscription: Subscription) -> str:
    """The address of the subscription."""
    return f"/api/v1/subscriptions/{subscription.pk}"


def turn(world: Any, **ahead: int) -> None:
    world.offset += timedelta(**ahead)
    clock.note_offset(world.offset)


def test_a_change_from_preview_to_audit(
    people: People, one: str, subscription: Subscription, run_journal: Run
) -> None:
    api = people.api("manager")
    wish = {"kind": "set_seats", "quantity": 8}
    preview = api.post(f"{one}/preview", wish, format="json").json()
    assert preview["change"] == wish
    assert [charge["quantity"] for charge in preview["charges"]] == [-3, 8]
    assert preview["notes"][0]["text"].startswith("After that, these seats")
    dry = api.post(f"{one}/changes?dry_run=true", wish, format="json")
    assert (dry.status_code, dry.json()["amount_now"]) == (200, preview["amount_now"])
    assert not Operation.objects.filter(subject=subscription.key).exists()

    body = {**wish, "expected_amount": preview["amount_now"]}
    asked = api.post(f"{one}/changes", body, format="json")
    assert asked.status_code == 202
    again = api.post(f"{one}/changes", body, format="json")
    assert again.json()["id"] == asked.json()["id"]
    run_journal(skip_pauses=True)
    assert api.get(asked.headers["Location"]).json()["state"] == "done"
    assert api.get(one).json()["quantity"] == 8
    kept = Event.objects.get(kind="subscription.seats_changed").data["preview"]
    assert kept["charges"] == preview["charges"]
    assert api.post(f"{one}/changes", wish, format="json").status_code == 204


def test_another_amount_than_expected_changes_nothing(
    people: People, one: str, subscription: Subscription
) -> None:
    body = {"kind": "set_seats", "quantity": 8, "expected_amount": "1.00"}
    answer = people.api("manager").post(f"{one}/changes", body, format="json")
    assert answer.status_code == 422
    assert answer.json()["error_code"] == "preview_changed"
    assert answer.json()["preview"]["amount_now"] != "1.00"
    assert not Operation.objects.filter(subject=subscription.key).exists()


def test_too_late_is_refused_with_the_day_and_scheduled_instead(
    people: People, one: str, subscription: Subscription, sandbox: Any, run_journal: Run
) -> None:
    turn(sandbox, days=8)
    api = people.api("manager")
    late = api.post(f"{one}/changes", {"kind": "set_seats", "quantity": 2}, format="json")
    assert late.status_code == 422
    ends = subscription.commitment_ends_at
    assert ends is not None
    renewal = ends.date() + timedelta(days=1)
    assert late.json()["possible_from"] == renewal.isoformat()
    assert "quantity" in late.json()["errors"]

    wish = {"kind": "schedule_at_renewal", "quantity": 2}
    assert api.post(f"{one}/changes", wish, format="json").status_code == 202
    run_journal(skip_pauses=True)
    (kept,) = api.get(f"{one}/schedule").json()
    assert kept["quantity"] == 2
    (row,) = api.get("/api/v1/renewals").json()["results"]
    assert (row["quantity"], row["next_quantity"], row["outlook"]) == (3, 2, "renew")
    assert api.delete(f"{one}/schedule").status_code == 202
    run_journal(skip_pauses=True)
    assert api.get(f"{one}/schedule").json() == []
    assert api.delete(f"{one}/schedule").status_code == 204


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"kind": "buy"}, "kind"),
        ({"kind": "set_seats"}, "quantity"),
        ({"kind": "set_seats", "quantity": "many"}, "quantity"),
        ({"kind": "choose_end"}, "choice"),
        ({"kind": "choose_end", "choice": "never"}, "choice"),
        ({"kind": "change_plan", "term": "P1Y"}, "billing_cycle"),
        ({"kind": "rename", "name": "x" * 200}, "name"),
    ],
)
def test_a_wrong_body_is_told_by_field(
    people: People, one: str, wish: dict[str, Any], field: str
) -> None:
    answer = people.api("manager").post(f"{one}/preview", wish, format="json")
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"kind": "set_seats", "quantity": 301}, "quantity"),
        ({"kind": "change_plan", "term": "P1Y", "billing_cycle": "Weekly"}, "term"),
        ({"kind": "upgrade", "product": "NO:SUCH", "quantity": 1}, "product"),
        ({"kind": "schedule_at_renewal", "quantity": 301}, "quantity"),
    ],
)
def test_what_the_rules_forbid_is_told_by_field(
    people: People, one: str, wish: dict[str, Any], field: str
) -> None:
    answer = people.api("manager").post(f"{one}/changes", wish, format="json")
    assert answer.status_code == 422, answer.json()
    assert field in answer.json()["errors"]


def test_who_may(people: People, one: str, subscription: Subscription) -> None:
    wish = {"kind": "set_seats", "quantity": 8}
    name = {"kind": "rename", "name": "Sales team"}
    for who, preview, seats, rename in [
        ("viewer", 200, 403, 403),
        ("operator", 200, 403, 202),
        ("stranger", 404, 404, 404),
        ("nobody", 401, 401, 401),
    ]:
        api = people.api(who)
        assert api.post(f"{one}/preview", wish, format="json").status_code == preview, who
        assert api.post(f"{one}/changes", wish, format="json").status_code == seats, who
        assert api.post(f"{one}/changes", name, format="json").status_code == rename, who
    assert people.api("stranger").get("/api/v1/renewals").json()["results"] == []


def test_upgrades_are_asked_of_microsoft(people: People, one: str) -> None:
    found = people.api("viewer").get(f"{one}/upgrades").json()
    assert "CFQ7TTC0LDPB:0001" in [each["code"] for each in found["upgrades"]]
    assert found["problem"] == ""


def test_every_kind_can_be_previewed(people: People, one: str) -> None:
    api = people.api("manager")
    wishes: list[dict[str, Any]] = [
        {"kind": "cancel"},
        {"kind": "suspend"},
        {"kind": "reactivate"},
        {"kind": "choose_end", "choice": "extend"},
        {"kind": "clear_schedule"},
        {"kind": "change_plan", "term": "P1Y", "billing_cycle": "Annual"},
        {"kind": "upgrade", "product": "CFQ7TTC0LDPB:0001", "quantity": 3},
        {"kind": "schedule_at_renewal", "term": "P1M", "billing_cycle": "Monthly"},
    ]
    for wish in wishes:
        answer = api.post(f"{one}/preview", wish, format="json")
        assert answer.status_code == 200, (wish, answer.json())
        assert answer.json()["change"]["kind"] == wish["kind"]
