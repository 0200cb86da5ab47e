"""Events of Microsoft: kept at once, believed only when signed, harmless when repeated."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from journal.models import Operation
from subscriptions.models import Subscription
from sync.models import Drift, EventState, MicrosoftEvent, Watch
from sync.services.events import KEPT, forget
from tenants.models import Tenant
from tests.people import People

Run = Callable[..., int]
URL = "/webhooks/microsoft/eu/"
pytestmark = pytest.mark.django_db


def body(subscription: Subscription, name: str = "subscription-updated") -> bytes:
    customer = subscription.tenant.microsoft_id
    uri = f"/v1/customers/{customer}/subscriptions/{subscription.microsoft_id}"
    event = {
        "EventName": name,
        "ResourceUri": f"https://api.partnercenter.microsoft.com{uri}",
        "ResourceName": "subscription",
        "AuditUri": "",
        "ResourceChangeUtcDate": "2026-11-21T10:00:00.0000000Z",
    }
    return json.dumps(event).encode()


def send(client: Client, data: bytes, **headers: str) -> int:
    signed = {
        "X-MS-Certificate-Url": "https://evil.example/c.cer",
        "Authorization": "Signature AA==",
    }
    answer = client.post(URL, data, content_type="application/json", headers=signed | headers)
    return int(answer.status_code)


@pytest.fixture
def believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signatures are another test's matter."""
    from partnercenter.rest import RestPartnerCenter

    monkeypatch.setattr(RestPartnerCenter, "check_event_signature", lambda *_: None)


def test_a_change_told_by_microsoft_is_read_and_listed(
    people: People,
    subscription: Subscription,
    elsewhere: Any,
    run_journal: Run,
    believed: None,
) -> None:
    elsewhere(subscription, quantity=7)
    assert send(Client(), body(subscription)) == 202
    run_journal()
    subscription.refresh_from_db()
    assert subscription.quantity == 7
    assert Drift.objects.count() == 1
    assert Watch.objects.get(market="eu").heard_at is not None


def test_a_repeated_delivery_is_one_event(
    subscription: Subscription, run_journal: Run, believed: None
) -> None:
    for _time in range(3):
        assert send(Client(), body(subscription)) == 202
    run_journal()
    event = MicrosoftEvent.objects.get()
    assert (event.times, event.state) == (3, EventState.GOOD)
    assert Operation.objects.filter(kind="sync.event").count() == 1


def test_a_forged_event_changes_nothing(
    subscription: Subscription, run_journal: Run, sandbox: Any
) -> None:
    signature = base64.b64encode(b"not Microsoft's").decode()
    looks = Operation.objects.filter(kind="sync.tenant").count()
    status = send(
        Client(),
        body(subscription),
        **{
            "Authorization": f"Signature {signature}",
            "X-MS-Certificate-Url": "https://evil.example/certificate.cer",
            "X-MS-Signature-Algorithm": "rsa-sha256",
        },
    )
    assert status == 202
    run_journal()
    event = MicrosoftEvent.objects.get()
    assert event.state == EventState.FORGED
    assert event.reason
    assert Operation.objects.filter(kind="sync.tenant").count() == looks


def test_a_forgery_does_not_keep_the_real_one_out(
    subscription: Subscription, run_journal: Run, sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(Client(), body(subscription))
    run_journal()
    assert MicrosoftEvent.objects.get().state == EventState.FORGED
    from partnercenter.rest import RestPartnerCenter

    monkeypatch.setattr(RestPartnerCenter, "check_event_signature", lambda *_: None)
    send(Client(), body(subscription))
    run_journal()
    assert MicrosoftEvent.objects.get().state == EventState.GOOD


def test_an_unknown_event_is_kept(
    subscription: Subscription, run_journal: Run, believed: None
) -> None:
    send(Client(), body(subscription, "something-new"))
    run_journal()
    assert MicrosoftEvent.objects.get().name == "something-new"


def test_granted_rights_wake_the_step_that_waits(
    subscription: Subscription, run_journal: Run, believed: None
) -> None:
    tenant: Tenant = subscription.tenant
    waiting = Operation.objects.create(
        kind="tenant.await_gdap",
        account_id=tenant.account_id,
        subject=tenant.gdap.key,
        listed_under=tenant.key,
        params={"tenant": tenant.pk},
        by_label="owner",
        not_before="2999-01-01T00:00Z",
    )
    send(Client(), body(subscription, "granular-admin-relationship-approved"))
    run_journal()
    waiting.refresh_from_db()
    assert waiting.not_before.year < 2999


@pytest.mark.parametrize(("data", "status"), [(b"", 400), (b"x" * 70_000, 413)])
def test_nobody_fills_the_table(data: bytes, status: int) -> None:
    assert send(Client(), data) == status
    assert not MicrosoftEvent.objects.exists()


def test_what_is_not_even_signed_is_not_kept() -> None:
    assert Client().post(URL, b"{}", content_type="application/json").status_code == 401
    assert not MicrosoftEvent.objects.exists()


def test_old_deliveries_are_forgotten(subscription: Subscription) -> None:
    send(Client(), body(subscription))
    assert forget() == 0
    MicrosoftEvent.objects.update(received_at=now() - KEPT - timedelta(seconds=1))
    assert forget() == 1


def test_an_unknown_region_is_unknown() -> None:
    answer = Client().post("/webhooks/microsoft/mars/", b"{}", content_type="application/json")
    assert answer.status_code == 404


def test_a_flood_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.views.PER_MINUTE", 3)
    statuses = [send(Client(), f'{{"n": {n}}}'.encode()) for n in range(5)]
    assert statuses == [202, 202, 202, 429, 429]
