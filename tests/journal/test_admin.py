"""Staff reads all but secrets; retry and cancel go through the services."""

import pytest
from django.test import Client

from journal import remote
from journal.models import Event, State
from tests.journal.conftest import Ask
from tests.journal.other_side import OtherSide
from tests.people import People

pytestmark = pytest.mark.django_db
URL = "/admin/journal/operation/"


def _act(client: Client, action: str, *pks: int) -> str:
    data = {"action": action, "_selected_action": pks, "reason": "asked for by phone"}
    return client.post(URL, data, follow=True).content.decode()


def test_nothing_secret_is_shown(people: People, ask: Ask, remote_side: OtherSide) -> None:
    operation = ask(params={"seats": 3}, secret={"password": "hunter2"})
    remote_side.plan = ["lost"]
    remote.perform(operation.pk)
    page = people.staff.get(f"{URL}{operation.pk}/change/").content.decode()
    assert "no usable answer" in page
    assert "hunter2" not in page
    assert "_save" not in page


def test_staff_retries_and_cancels(people: People, ask: Ask, remote_side: OtherSide) -> None:
    failed, waiting, done = ask(), ask(subject="thing:2"), ask(subject="thing:3")
    remote_side.plan = ["refused"]
    remote.perform(failed.pk)
    remote.perform(done.pk)
    told = _act(people.staff, "retry", failed.pk, done.pk)
    assert "1 operation changed." in told
    assert "1 operation could not be changed" in told
    assert "1 operation changed." in _act(people.staff, "cancel", waiting.pk)
    for each in (failed, waiting, done):
        each.refresh_from_db()
    assert [each.state for each in (failed, waiting, done)] == [
        State.TODO, State.CANCELLED, State.DONE,
    ]  # fmt: skip
    retried = Event.objects.get(kind="operation.retried")
    assert retried.by_label == "staff@portal.example"


def test_events_are_read(people: People, ask: Ask) -> None:
    operation = ask()
    remote.perform(operation.pk)
    page = people.staff.get("/admin/journal/event/").content.decode()
    assert "try.written" in page


@pytest.mark.parametrize("who", ["owner", "stranger", "nobody"])
def test_it_is_staffs_only(people: People, who: str) -> None:
    assert people.client(who).get(URL).status_code == 302
