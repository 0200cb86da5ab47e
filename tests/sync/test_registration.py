"""From the registration at Microsoft to a change that appears: signed, delivered, believed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from journal.models import Operation, State
from journal.people import PORTAL
from sandbox.delivery import deliver_due
from sandbox.faults import Fault
from subscriptions.models import Subscription
from sync import services
from sync.models import Drift, EventState, MicrosoftEvent
from tests.sandbox.receiver import Receiver, receiving

Run = Callable[..., int]
URL = "/webhooks/microsoft/eu/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Takes the deliveries on a real socket, where the portal says that it is."""
    with receiving() as found:
        settings.PORTAL_URL = f"http://127.0.0.1:{found.server_port}"
        yield found


def register(run_journal: Run) -> Operation:
    asked = services.ask_registration(market="eu", by=PORTAL)
    run_journal(skip_pauses=True)
    asked.refresh_from_db()
    return asked


def test_a_change_elsewhere_arrives_signed_and_is_listed(
    subscription: Subscription,
    elsewhere: Any,
    sandbox: Any,
    receiver: Receiver,
    run_journal: Run,
) -> None:
    assert register(run_journal).state == State.DONE
    elsewhere(subscription, quantity=7)
    deliver_due(sandbox)
    assert receiver.got
    for headers, body in receiver.got:
        answer = Client().post(URL, body, content_type="application/json", headers=dict(headers))
        assert answer.status_code == 202
    run_journal()
    states = set(MicrosoftEvent.objects.values_list("state", flat=True))
    assert states == {EventState.GOOD}
    subscription.refresh_from_db()
    assert subscription.quantity == 7
    assert Drift.objects.get().field == "quantity"


def test_what_is_registered_already_is_left(
    sandbox: Any, receiver: Receiver, run_journal: Run
) -> None:
    register(run_journal)
    since = len(sandbox.calls())
    register(run_journal)
    assert {call["method"] for call in sandbox.calls()[since:]} == {"GET"}


def test_a_lost_answer_leads_to_one_registration(
    sandbox: Any, receiver: Receiver, run_journal: Run
) -> None:
    fault = {"method": "POST", "path": "/webhooks/v1/registration", "kind": "drop_after"}
    sandbox.faults.add(Fault.from_json({**fault, "times": 1}))
    assert register(run_journal).state == State.DONE
    posts = [call for call in sandbox.calls() if call["method"] == "POST"]
    assert len([call for call in posts if "registration" in call["path"]]) == 1
