"""Tasks in progress, by page and API: the owner, a viewer, a stranger."""

from collections.abc import Callable

import pytest
from django.db import transaction

from accounts.operations.labels import LABELS
from journal import services
from journal.models import NextActor, Operation, State
from reseller_portal.operations import OPERATIONS
from tests.people import People

pytestmark = pytest.mark.django_db

Task = Callable[..., Operation]


@pytest.fixture
def task(people: People) -> Task:
    """`task()`: an operation of Northwind's; fields may be set."""

    def _task(kind: str = "subscription.change_seats", **fields: object) -> Operation:
        account = people.northwind.account
        with transaction.atomic():
            operation = services.ask(
                kind=kind,
                account_id=account.pk,
                subject="subscription:9",
                listed_under="tenant:4",
                journey="order:7",
                params={"quantity": 3},
                secret={"password": "hunter2"},
                by=people.user("owner").by,
            )
        Operation.objects.filter(pk=operation.pk).update(**fields)
        operation.refresh_from_db()
        return operation

    return _task


def refused(task: Task) -> Operation:
    return task(
        state=State.ERROR,
        next_actor=NextActor.RESELLER,
        error_code="2003",
        error_text="The postal code is wrong.",
        error_field="postal_code",
    )


def test_every_kind_has_a_name() -> None:
    assert set(LABELS) == set(OPERATIONS)


def test_the_list_shows_what_is_under_way(people: People, task: Task) -> None:
    task()
    failed = refused(task)
    page = people.viewer.get("/operations/").content.decode()
    assert "Change the number of licences" in page
    assert "The postal code is wrong." in page
    assert "hunter2" not in page
    only = people.viewer.get("/operations/?state=error&page_size=10").context["page"]
    assert [each.pk for each in only] == [failed.pk]
    assert not people.stranger.get("/operations/").context["page"].object_list


def test_one_task_says_who_acts_next(people: People, task: Task) -> None:
    operation = refused(task)
    page = people.owner.get(f"/operations/{operation.pk}/").content.decode()
    assert "correct the data, then try again" in page
    assert f"/operations/{operation.pk}/retry/" in page
    looked = people.viewer.get(f"/operations/{operation.pk}/").content.decode()
    assert f"/operations/{operation.pk}/retry/" not in looked


def test_a_part_polls_only_while_it_is_open(people: People, task: Task) -> None:
    going, stuck = task(), refused(task)
    part = people.owner.get(f"/operations/{going.pk}/", HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part
    part = people.owner.get(f"/operations/{stuck.pk}/", HTTP_HX_REQUEST="true").content.decode()
    assert 'hx-trigger="every 2s"' not in part


def test_steps_of_a_journey_are_a_fragment(people: People, task: Task) -> None:
    task()
    url = "/operations/steps/?journey=order:7&id=order-steps"
    part = people.viewer.get(url).content.decode()
    assert 'id="order-steps"' in part
    assert "every 2s" in part
    assert people.stranger.get(url).status_code == 404
    assert people.viewer.get("/operations/steps/").status_code == 404


def test_steps_behind_a_failed_one_do_not_move(people: People, task: Task) -> None:
    first = refused(task)
    task(after=first)
    part = people.viewer.get("/operations/steps/?journey=order:7").content.decode()
    assert "every 2s" not in part


def test_the_manager_tries_again(people: People, task: Task) -> None:
    operation = refused(task)
    assert people.manager.get(f"/operations/{operation.pk}/retry/").status_code == 200
    people.manager.post(f"/operations/{operation.pk}/retry/")
    operation.refresh_from_db()
    assert operation.state == State.TODO


def test_what_waits_for_staff_is_not_the_resellers_to_retry(people: People, task: Task) -> None:
    operation = task(state=State.ERROR, next_actor=NextActor.STAFF)
    told = people.owner.post(f"/operations/{operation.pk}/retry/", follow=True).content.decode()
    assert "staff has been told" in told
    assert people.api("owner").post(f"/api/v1/operations/{operation.pk}/retry").status_code == 422
    operation.refresh_from_db()
    assert operation.state == State.ERROR


def test_an_operator_retries_what_an_operator_may_ask_for(people: People, task: Task) -> None:
    dns = task("dns.apply", state=State.ERROR, next_actor=NextActor.RESELLER)
    seats = refused(task)
    assert people.operator.post(f"/operations/{dns.pk}/retry/").status_code == 302
    assert people.operator.post(f"/operations/{seats.pk}/retry/").status_code == 403


def test_cancelling(people: People, task: Task) -> None:
    operation = task()
    assert people.manager.get(f"/operations/{operation.pk}/cancel/").status_code == 200
    people.manager.post(f"/operations/{operation.pk}/cancel/")
    operation.refresh_from_db()
    assert operation.state == State.CANCELLED
    told = people.manager.post(f"/operations/{operation.pk}/cancel/", follow=True)
    assert "can no longer be cancelled" in told.content.decode()


@pytest.mark.parametrize("verb", ["retry", "cancel"])
def test_who_may_change_a_task(people: People, task: Task, verb: str) -> None:
    url, api = (f"/operations/{refused(task).pk}/{verb}/", f"/api/v1/operations/{refused(task).pk}")
    for method in ("get", "post"):
        assert getattr(people.viewer, method)(url).status_code == 403
        assert getattr(people.stranger, method)(url).status_code == 404
        assert getattr(people.nobody, method)(url).status_code == 302
    assert people.api("viewer").post(f"{api}/{verb}").status_code == 403
    assert people.api("stranger").post(f"{api}/{verb}").status_code == 404
    assert people.api("nobody").post(f"{api}/{verb}").status_code == 401
    assert not Operation.objects.exclude(state=State.ERROR).exists()


def test_the_api_tells_the_same(people: People, task: Task) -> None:
    operation, client = refused(task), people.api("manager")
    listed = client.get("/api/v1/operations", {"state": "error", "listed_under": "tenant:4"}).json()
    assert listed["count"] == 1
    told = client.get(f"/api/v1/operations/{operation.pk}").json()
    assert told == listed["results"][0]
    assert told["error_field"] == "postal_code"
    assert told["function"] == "Change the number of licences"
    assert "hunter2" not in str(told)
    answer = client.post(f"/api/v1/operations/{operation.pk}/retry")
    assert (answer.status_code, answer.json()["state"]) == (202, "todo")
    assert answer["Location"] == f"/api/v1/operations/{operation.pk}"
    cancelled = client.post(f"/api/v1/operations/{operation.pk}/cancel").json()
    assert cancelled["state"] == "cancelled"
    kinds = [each["kind"] for each in client.get("/api/v1/events").json()["results"]]
    assert kinds[:2] == ["operation.cancelled", "operation.retried"]
    stranger = people.api("stranger")
    assert stranger.get(f"/api/v1/operations/{operation.pk}").status_code == 404
    assert stranger.get("/api/v1/events").json()["count"] == 0
