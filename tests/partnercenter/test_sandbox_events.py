"""What is changed at the sandbox is told by signed events and by audit records."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest

from partnercenter import requests
from partnercenter.rest import RestPartnerCenter
from partnercenter.signature import BadSignature
from partnercenter.types import MicrosoftEvent
from sandbox.app import create_app
from sandbox.delivery import deliver_due
from sandbox.world import World
from tests.contracts.partner_center.ground import ADDRESS, new_id
from tests.sandbox.receiver import Receiver, receiving
from tests.sandbox_fixture import ORIGIN, connections


@pytest.fixture
def world() -> World:
    world = World()
    world.delays.update(dict.fromkeys(world.delays, 0.0))
    return world


@pytest.fixture
def client(world: World) -> RestPartnerCenter:
    options = connections(ORIGIN)["eu"]["OPTIONS"]
    return RestPartnerCenter(transport=httpx.WSGITransport(app=create_app(world)), **options)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_a_test_event_comes_signed(
    world: World, client: RestPartnerCenter, receiver: Receiver
) -> None:
    assert client.webhook_registration() is None
    assert "subscription-updated" in client.webhook_events()
    first = requests.register_webhook(url=receiver.url, events=["test-created"])
    made = client.register_webhook(first, request_id=new_id())
    assert made.subscriber_id
    correlation_id = client.test_webhook(requests.test_webhook(), request_id=new_id())
    deliver_due(world)
    ((headers, body),) = receiver.got
    client.check_event_signature(body, headers)
    assert MicrosoftEvent.parse(body).name == "test-created"
    told = client.webhook_test(correlation_id=correlation_id)
    assert (told.status, told.results[0].response_code) == ("completed", "OK")

    second = requests.update_webhook(url=receiver.url, events=["test-created", "invoice-ready"])
    client.update_webhook(second, request_id=new_id())
    found = client.webhook_registration()
    assert found is not None
    assert set(found.events) == {"test-created", "invoice-ready"}


@pytest.mark.parametrize("forgery", [True, "wrong-issuer", "expired", "unknown-root"])
def test_a_forged_event_is_refused(
    world: World, client: RestPartnerCenter, receiver: Receiver, forgery: bool | str
) -> None:
    request = requests.register_webhook(url=receiver.url, events=["test-created"])
    client.register_webhook(request, request_id=new_id())
    with httpx.Client(
        transport=httpx.WSGITransport(app=create_app(world)), base_url=ORIGIN
    ) as control:
        control.post("/_sandbox/webhooks", json={"forge": forgery}).raise_for_status()
    client.test_webhook(requests.test_webhook(), request_id=new_id())
    deliver_due(world)
    ((headers, body),) = receiver.got
    with pytest.raises(BadSignature):
        client.check_event_signature(body, headers)


def test_a_write_leaves_a_record_of_who_made_it(world: World, client: RestPartnerCenter) -> None:
    since = world.now() - timedelta(minutes=5)
    made = [customer(client, name) for name in ("audited-one", "audited-two")]
    found = list(client.audit_records(since=since, page_size=1))
    assert [record.customer_id for record in found] == made
    assert all(record.at and record.at >= since for record in found)
    assert {record.operation_type for record in found} == {"add_customer"}
    assert all(record.user and record.after for record in found)
    (one,) = client.audit_records(since=since, customer_id=made[0])
    assert one == found[0]
    assert list(client.audit_records(since=world.now() + timedelta(minutes=5))) == []
    assert list(client.audit_records(since=since - timedelta(days=2), until=since)) == []


def customer(client: RestPartnerCenter, prefix: str) -> str:
    request = requests.create_customer(
        domain=f"{prefix}.onmicrosoft.com",
        company_name=prefix,
        email="zoe@contoso-bakery.example",
        address=ADDRESS,
        culture="fr-FR",
        language="fr",
    )
    return client.create_customer(request, request_id=new_id()).customer.id
