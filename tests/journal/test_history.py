"""What has happened stays as it was written, whoever asks."""

import pytest
from django.db import InternalError, transaction

from journal import services as journal
from journal.models import Event, Operation, erasing

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return journal.record(kind="tenant.renamed", account_id=1, subject="tenant:1", data={"n": 1})


@pytest.mark.parametrize(
    "change", [{"data": {"n": 2}}, {"by_label": "somebody else"}, {"kind": "x"}, {"account_id": 2}]
)
def test_an_event_is_never_altered(event: Event, change: dict[str, object]) -> None:
    rows = Event.objects.filter(pk=event.pk)
    with pytest.raises(InternalError, match="never_altered"), transaction.atomic():
        rows.update(**change)
    event.refresh_from_db()
    assert event.data == {"n": 1}


def test_an_event_is_never_deleted(event: Event) -> None:
    with pytest.raises(InternalError, match="never_deleted"), transaction.atomic():
        event.delete()
    with erasing(), pytest.raises(InternalError, match="never_deleted"), transaction.atomic():
        Event.objects.all().delete()


def test_a_person_is_forgotten_and_a_task_may_go(event: Event) -> None:
    with erasing():
        Event.objects.update(by_label="erased-1")
    task = Operation.objects.create(kind="dns.notify", subject="tenant:1")
    told = Event.objects.create(kind="tenant.renamed", subject="tenant:1", operation=task)
    task.delete()
    told.refresh_from_db()
    assert told.operation is None
    assert Event.objects.get(pk=event.pk).by_label == "erased-1"
