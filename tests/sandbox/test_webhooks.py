"""Webhooks: registered, signed, delivered late and repeatedly, forged, lost."""

import gzip
import json
from typing import Any

import pytest

from sandbox.delivery import deliver_due
from tests.sandbox.caller import Caller, code, read
from tests.sandbox.receiver import Receiver, receiving, trusted

REGISTRATION = "/webhooks/v1/registration"
TESTS = f"{REGISTRATION}/validationEvents"


def register(provider: Caller, receiver: Receiver, *events: str, **more: Any) -> Any:
    body = {"WebhookUrl": receiver.url, "WebhookEvents": list(events), **more}
    answer = provider.call("POST", REGISTRATION, body)
    assert answer.status_code == 200, answer.get_data()
    return read(answer)


def behave(provider: Caller, **how: Any) -> Any:
    return provider.http.post("/_sandbox/webhooks", json=how)


def names(receiver: Receiver) -> list[str]:
    return [json.loads(body)["EventName"] for _, body in receiver.got]


def test_one_registers_reads_and_replaces(provider: Caller) -> None:
    assert code(provider.call("GET", REGISTRATION)) == (404, 1000)
    known = provider.get(f"{REGISTRATION}/events")
    assert isinstance(known, list)
    assert len(known) == 21
    url = "http://127.0.0.1:1/callback"
    body = {"WebhookUrl": url, "WebhookEvents": ["test-created"]}
    made = read(provider.call("POST", REGISTRATION, body))
    assert set(made) == {"SubscriberId", "WebhookUrl", "WebhookEvents"}
    assert provider.get(REGISTRATION) == body
    other = {**body, "WebhookEvents": ["subscription-updated"]}
    changed = read(provider.call("PUT", REGISTRATION, other))
    assert changed == {**other, "SubscriberId": made["SubscriberId"]}


@pytest.mark.parametrize(
    "body",
    [
        {"WebhookUrl": "https://portal.example/hook", "WebhookEvents": ["test-created"]},
        {"WebhookUrl": "http://127.0.0.1/hook", "WebhookEvents": ["never-heard-of"]},
        {"WebhookUrl": "http://127.0.0.1/hook", "WebhookEvents": []},
    ],
)
def test_addresses_stay_on_this_machine_and_events_are_known(provider: Caller, body: Any) -> None:
    assert code(provider.call("POST", REGISTRATION, body)) == (400, 2000)


def test_answers_are_compressed_for_who_asks(provider: Caller) -> None:
    answer = provider.call("GET", f"{REGISTRATION}/events", Accept_Encoding="gzip, deflate")
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == (
        "gzip",
        "Accept-Encoding",
    )
    text = gzip.decompress(answer.get_data()).decode("utf-8-sig")
    assert "test-created" in json.loads(text)


def test_a_change_is_delivered_signed(provider: Caller) -> None:
    with receiving() as receiver:
        register(provider, receiver, "subscription-updated")
        customer = provider.ready_customer()
        provider.buy(customer, provider.line())
        assert deliver_due(provider.world) == 1
        ((headers, body),) = receiver.got
        event = json.loads(body)
        (found,) = provider.get(f"{customer}/subscriptions")["items"]
        ending = f"{customer.removeprefix('/v1')}/subscriptions/{found['id']}"
        assert event["ResourceUri"].endswith(ending)
        assert (event["EventName"], event["ResourceName"]) == (
            "subscription-updated",
            "subscription",
        )
        record = event["AuditUri"].rpartition("/")[2]
        assert record in [each["id"] for each in provider.get("/v1/auditrecords")["items"]]
        assert headers["Authorization"].startswith("Signature ")
        assert trusted(provider, headers, body) == ""
        assert trusted(provider, headers, body + b" ") == "signature"
        path = f"{customer}/subscriptions/{found['id']}"
        provider.call("PATCH", path, {**found, "quantity": 8})
        provider.call("PATCH", path, {**provider.get(path)})  # changes nothing
        provider.http.post("/_sandbox/clock", json={"advance": "P370D"})
        deliver_due(provider.world)
        assert names(receiver) == ["subscription-updated"] * 3


def test_the_signature_stands_in_its_own_header_when_asked(provider: Caller) -> None:
    with receiving() as receiver:
        register(provider, receiver, "test-created", SignatureTokenToMsSignatureHeader=True)
        provider.call("POST", TESTS)
        deliver_due(provider.world)
        ((headers, body),) = receiver.got
        assert "Authorization" not in headers
        assert trusted(provider, headers, body) == ""


def test_a_test_event_tells_what_became_of_it(provider: Caller) -> None:
    assert code(provider.call("POST", TESTS)) == (404, 1000)
    with receiving(500, 200) as receiver:
        register(provider, receiver, "test-created")
        asked = read(provider.call("POST", TESTS))["correlationId"]
        assert provider.get(f"{TESTS}/{asked}")["status"] == "pending"
        deliver_due(provider.world)
        deliver_due(provider.world)
        result = provider.get(f"{TESTS}/{asked}")
        assert (result["status"], result["callbackUrl"]) == ("completed", receiver.url)
        assert [each["responseCode"] for each in result["results"]] == ["500", "OK"]
    assert provider.call("POST", TESTS).status_code == 200
    refused = provider.call("POST", TESTS)
    assert (refused.status_code, "Retry-After" in refused.headers) == (429, True)
    provider.http.post("/_sandbox/clock", json={"advance": "P8D"})
    assert provider.call("GET", f"{TESTS}/{asked}").status_code == 404


def test_ten_attempts_then_it_gives_up(provider: Caller) -> None:
    with receiving(503) as receiver:
        register(provider, receiver, "test-created")
        asked = read(provider.call("POST", TESTS))["correlationId"]
        assert [deliver_due(provider.world) for _ in range(11)] == [1] * 10 + [0]
        assert provider.get(f"{TESTS}/{asked}")["status"] == "failed"
        assert len(receiver.got) == 10


def test_pauses_grow_and_the_first_is_not_zero(provider: Caller) -> None:
    provider.world.set_delays({"webhook_retry": 100})
    with receiving(503) as receiver:
        register(provider, receiver, "test-created")
        provider.call("POST", TESTS)
        assert [deliver_due(provider.world) for _ in "12"] == [1, 0]
    provider.http.post("/_sandbox/reset")
    assert provider.world.delays["webhook"] > 0


@pytest.mark.parametrize(
    ("forge", "wrong"),
    [
        (True, "signature"),
        ("wrong-issuer", "issuer"),
        ("expired", "chain"),
        ("unknown-root", "chain"),
        ("", ""),
    ],
)
def test_forgeries_are_what_they_are_named(provider: Caller, forge: Any, wrong: str) -> None:
    with receiving() as receiver:
        register(provider, receiver, "test-created")
        behave(provider, forge=forge)
        provider.call("POST", TESTS)
        deliver_due(provider.world)
        ((headers, body),) = receiver.got
        assert trusted(provider, headers, body) == wrong


def test_deliveries_are_repeated_late_and_lost_on_wish(provider: Caller) -> None:
    with receiving() as receiver:
        register(provider, receiver, "reseller-relationship-accepted-by-customer")
        behave(provider, repeat=2)
        provider.http.post("/_sandbox/relationships/accept", json={"domain": "existing-bakery"})
        deliver_due(provider.world)
        assert len(receiver.got) == 3
        assert len({body for _, body in receiver.got}) == 1
        behave(provider, late=3600)
        provider.http.post("/_sandbox/relationships/accept", json={"domain": "existing-garage"})
        assert deliver_due(provider.world) == 0
        behave(provider, lose=True)
        provider.http.post("/_sandbox/relationships/accept", json={"domain": "newcomer"})
        assert deliver_due(provider.world) == 0
        listed = provider.http.get("/_sandbox/webhooks").json
        statuses = [each["status"] for each in listed["deliveries"]]
        assert statuses == ["delivered"] * 3 + ["waiting", "lost"]
        first = listed["deliveries"][0]
        assert trusted(provider, first["headers"], first["body"].encode()) == ""
    assert behave(provider, forge="badly").status_code == 400


def test_a_closed_month_has_its_invoice_told_once(provider: Caller) -> None:
    with receiving() as receiver:
        register(provider, receiver, "invoice-ready")
        provider.buy(provider.ready_customer(), provider.line())
        provider.http.post("/_sandbox/clock", json={"advance": "PT1S"})
        for _ in "12":
            provider.http.post("/_sandbox/clock", json={"advance": "P20D"})
        provider.http.post("/_sandbox/clock", json={"advance": "PT1H"})
        deliver_due(provider.world)
        told = [json.loads(body)["ResourceUri"].rpartition("/")[2] for _, body in receiver.got]
        assert told == [each["id"] for each in provider.get("/v1/invoices")["items"]]
        assert len(told) >= 1


def test_certificates_survive_a_reset(provider: Caller) -> None:
    root = provider.http.get("/_sandbox/webhook-root.pem").get_data()
    provider.http.post("/_sandbox/reset")
    assert provider.http.get("/_sandbox/webhook-root.pem").get_data() == root
    assert provider.http.get("/webhooks/no-such.pem").status_code == 404
