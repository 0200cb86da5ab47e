"""A change above the amount waits for an owner; nothing reaches Microsoft before the yes."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Membership
from journal.models import Event, NextActor, Operation, State
from panel.models import BulkJob
from subscriptions import services
from subscriptions.models import Subscription
from subscriptions.waiting import ending
from subscriptions.waiting.asked import APPROVAL
from tests.people import People
from tests.stories.form import Form

Run = Callable[..., int]


@pytest.fixture
def held(people: People, subscription: Subscription) -> Subscription:
    """Three seats, in an account where nobody but an owner spends more than 10 euros at once."""
    account = people.northwind.account
    account.approval_above = Decimal("10")
    account.save()
    return subscription


def ask(browser: Client, row: Subscription, seats: int) -> Any:
    address = f"/subscriptions/{row.pk}/seats/"
    page = browser.post(address, {"quantity": seats}).content.decode()
    assert "An owner must approve it" in page
    form = Form(page[page.index('id="preview-h"') :])
    return browser.post(address, {**form.values, "confirm": "1"})


def sent(sandbox: Any) -> list[int]:
    return [row["quantity"] for row in sandbox.table("subscriptions").values()]


def waiting() -> Operation:
    return Operation.objects.get(kind=APPROVAL, state__in=["todo", "doing"])


def test_a_manager_asks_an_owner_approves(
    people: People, held: Subscription, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    asked = ask(people.manager, held, 9)
    step = waiting()
    address = f"/approvals/{step.pk}/"
    assert asked["Location"] == address
    assert ask(people.manager, held, 9)["Location"] == address  # asked twice is asked once
    run_journal(skip_pauses=True)
    step.refresh_from_db()
    assert (step.state, step.next_actor) == (State.TODO, NextActor.OWNER)
    assert sent(sandbox) == [3]
    mails = [mail for mail in mailoutbox if "waits for your approval" in mail.subject]
    assert [mail.to for mail in mails] == [["owner@northwind.example"]]
    assert "3 → 9 licences" in mails[0].body and address in mails[0].body

    for page in (held.get_absolute_url(), held.tenant.get_absolute_url(), address):
        assert "3 → 9 licences" in people.viewer.get(page).content.decode(), page
    other = people.manager.post(f"/subscriptions/{held.pk}/seats/", {"quantity": 4, "confirm": "1"})
    assert "waits for an owner: it comes first." in other.content.decode()
    assert "Changes waiting for an owner" in people.owner.get("/home/").content.decode()
    page = people.owner.get(address).content.decode()
    assert "Waits for your approval" in page and "What it would do today" in page
    assert "Waits for your approval" not in people.manager.get(address).content.decode()
    decide, yes = f"{address}decide/", {**Form(page[page.index("decide-h") :]).values}
    yes["decision"] = "approve"
    assert people.manager.post(decide, yes).status_code == 403
    assert people.stranger.get(address).status_code == 404
    assert people.stranger.post(decide, yes).status_code == 404

    assert people.owner.post(decide, yes)["Location"] == address
    assert people.owner.post(decide, yes).status_code == 422  # the second click finds it decided
    run_journal(skip_pauses=True)
    held.refresh_from_db()
    assert (held.quantity, sent(sandbox)) == (9, [9])
    change = Operation.objects.get(kind="subscription.change_seats")
    assert (change.state, change.by_label) == (State.DONE, "manager@northwind.example")
    assert Event.objects.get(kind="subscription.change_approved").by_label.startswith("owner@")
    told = [mail.subject for mail in mailoutbox if mail.to == ["manager@northwind.example"]]
    assert told == ["Your change for Contoso Bakery is approved"]
    assert "Approved" in people.viewer.get(address).content.decode()
    assert "waiting for an owner" not in people.owner.get("/home/").content.decode()
    assert "Waits for an owner" not in people.viewer.get(held.get_absolute_url()).text


def test_it_is_refused_taken_back_or_lapses_and_nothing_is_left(
    people: People, held: Subscription, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    def ended(outcome: str) -> None:
        run_journal(skip_pauses=True)
        assert not Operation.objects.in_progress().exclude(kind__startswith="notice.").exists()
        assert sent(sandbox) == [3]
        page = people.viewer.get(f"/approvals/{step.pk}/").content.decode()
        assert outcome in page
        mailoutbox.clear()

    ask(people.manager, held, 9)
    step = waiting()
    silent = people.owner.post(f"/approvals/{step.pk}/decide/", {"decision": "refuse"})
    assert silent.status_code == 422 and "Say why" in silent.content.decode()
    no = {"decision": "refuse", "reason": "Too many licences"}
    people.owner.post(f"/approvals/{step.pk}/decide/", no)
    run_journal(skip_pauses=True)
    told = next(mail for mail in mailoutbox if mail.to == ["manager@northwind.example"])
    assert "Too many licences" in told.body
    ended("Not approved: nothing was changed")

    ask(people.manager, held, 9)
    step = waiting()
    by_another = people.owner.post(f"/approvals/{step.pk}/take-back/", follow=True)
    assert "Only the person who asked can take it back" in by_another.content.decode()
    people.manager.post(f"/approvals/{step.pk}/take-back/")
    ended("Taken back: nothing was changed")

    ask(people.manager, held, 9)
    step = waiting()
    assert ending.end_stale() == 0
    Operation.objects.filter(pk=step.pk).update(created_at=step.created_at - timedelta(days=31))
    assert ending.end_stale() == 1
    ended("Lapsed")

    ask(people.manager, held, 9)
    step = waiting()
    services.cancel(subscription=held, by=people.user("manager").by)
    run_journal(skip_pauses=True)
    step.refresh_from_db()
    assert step.state == State.CANCELLED
    assert any(mail.subject.endswith("will not be made") for mail in mailoutbox)


def test_it_is_judged_again_when_it_is_decided(
    people: People, held: Subscription, run_journal: Run
) -> None:
    ask(people.manager, held, 9)
    step = waiting()
    address, api = f"/approvals/{step.pk}/", people.api("owner")
    Subscription.objects.update(unit_price=held.unit_price * 2)
    page = people.owner.get(address).content.decode()
    assert "It costs more than was asked for" in page
    unseen = api.post(f"/api/v1{address}approve", {}, format="json")
    assert unseen.status_code == 422
    dearer = unseen.json()["preview"]["amount_now"]
    looked = api.get(f"/api/v1{address.rstrip('/')}").json()
    assert looked["today"]["amount_now"] == dearer and looked["amount_now"] != dearer
    Membership.objects.filter(user=people.user("owner")).update(role="manager")
    body = {"expected_amount": dearer}
    assert api.post(f"/api/v1{address}approve", body, format="json").status_code == 403
    assert people.owner.post(f"{address}decide/", {"decision": "approve"}).status_code == 403
    Membership.objects.filter(user=people.user("owner")).update(role="owner")

    Subscription.objects.update(status="suspended")
    page = people.owner.get(address).content.decode()
    assert "It has become impossible" in page and 'value="approve"' not in page
    assert api.post(f"/api/v1{address}approve", body, format="json").status_code == 422
    Subscription.objects.update(status="active")
    assert api.post(f"/api/v1{address}approve", body, format="json").status_code == 202
    assert api.post(f"/api/v1{address}approve", body, format="json").status_code == 422
    assert Operation.objects.filter(kind="subscription.change_seats").count() == 1


def test_by_rest_and_in_bulk(people: People, held: Subscription, run_journal: Run) -> None:
    seats = f"/api/v1/subscriptions/{held.pk}/seats"
    manager, owner = people.api("manager"), people.api("owner")
    answer = manager.post(seats, {"quantity": 9}, format="json")
    assert answer.status_code == 202
    approval = answer.json()["approval"]
    assert (approval["state"], approval["text"]) == ("waiting", "3 → 9 licences")
    assert manager.post(seats, {"quantity": 9}, format="json").json()["id"] == approval["id"]
    first = owner.post(seats, {"quantity": 9}, format="json")
    assert first.status_code == 422 and "Approve or refuse it first" in first.json()["title"]
    assert first.json()["approval"] == approval["id"]
    listed = people.api("viewer").get("/api/v1/approvals").json()
    assert [row["id"] for row in listed["results"]] == [approval["id"]]
    assert people.api("stranger").get("/api/v1/approvals").json()["results"] == []
    path = f"/api/v1/approvals/{approval['id']}"
    assert people.api("stranger").get(path).status_code == 404
    assert manager.post(f"{path}/refuse", {"reason": "no"}, format="json").status_code == 403
    assert owner.post(f"{path}/refuse", {}, format="json").status_code == 422
    refused = owner.post(f"{path}/refuse", {"reason": "no"}, format="json").json()
    assert (refused["state"], refused["reason"]) == ("refused", "no")
    small = manager.post(seats, {"quantity": 4}, format="json")
    assert small.json()["kind"] == "subscription.change_seats" and "approval" not in small.json()
    run_journal(skip_pauses=True)

    rows = {"action": "seats", "row": [held.pk]}
    people.manager.post("/lists/subscriptions/chosen/", rows)
    job = BulkJob.objects.get()
    people.manager.post(job.get_absolute_url(), {"way": "to", "number": "9"})
    people.manager.post(f"/bulk/{job.pk}/begin/")
    run_journal(skip_pauses=True)
    page = people.manager.get(job.get_absolute_url()).content.decode()
    assert "An owner of the account must approve this change first." in page
    assert "every 2s" not in page
    assert waiting().params["change"]["quantity"] == 9
