"""The calls that register for webhooks, and the certificates that sign them."""

from __future__ import annotations

import math
import re
import time
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from werkzeug import Request, Response
from werkzeug.exceptions import NotFound

from sandbox.http import rule
from sandbox.microsoft import signing, webhooks
from sandbox.microsoft.door import Call, Reply, partner
from sandbox.microsoft.refusal import front
from sandbox.microsoft.throttle import too_fast
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

LOOPBACK = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1", re.IGNORECASE)
TESTS_A_MINUTE = 2
KEPT = timedelta(days=7)
CODES = {200: "OK", 202: "Accepted", 204: "NoContent", 401: "Unauthorized", 404: "NotFound"}


def events(call: Call) -> Reply:
    """The names one can register for: a bare array."""
    return Reply(list(webhooks.EVENTS))


def register(call: Call) -> Reply:
    """A registration; a second one takes the first one's place, which is our own choice."""
    known = webhooks.registration(call.world)
    kept = {"SubscriberId": known["SubscriberId"] if known else str(uuid.uuid4())}
    return _keep(call, kept)


def replace(call: Call) -> Reply:
    """Other events or another address."""
    return _keep(call, {"SubscriberId": _registered(call)["SubscriberId"]})


def _keep(call: Call, kept: Item) -> Reply:
    body = call.body()
    url, wanted = str(body.get("webhookUrl", "")), body.get("webhookEvents")
    if not is_loopback(url):
        raise front(400, 2000, "WebhookUrl must be an address that the sandbox may call: loopback.")
    if not isinstance(wanted, list) or not wanted or set(wanted) - set(webhooks.EVENTS):
        raise front(400, 2000, "WebhookEvents must name known events.")
    kept |= {"WebhookUrl": url, "WebhookEvents": wanted}
    if "signatureTokenToMsSignatureHeader" in body:
        own_header = body["signatureTokenToMsSignatureHeader"] is True
        kept["SignatureTokenToMsSignatureHeader"] = own_header
    call.world.table("webhooks")["registration"] = kept
    return Reply(dict(kept))


def is_loopback(url: str) -> bool:
    """Whether a delivery would stay on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(LOOPBACK.fullmatch(parts.hostname or ""))


def registered(call: Call) -> Reply:
    """The registration, without its id."""
    found = _registered(call)
    return Reply({name: value for name, value in found.items() if name != "SubscriberId"})


def _registered(call: Call) -> Item:
    found = webhooks.registration(call.world)
    if found is None:
        raise front(404, 1000, "No webhook is registered for this partner.")
    return found


def test(call: Call) -> Reply:
    """Send `test-created`; twice a minute, no oftener."""
    found = _registered(call)
    wait = call.world.limits.wait("validationEvents", TESTS_A_MINUTE, time.monotonic())
    if wait > 0:
        raise too_fast(math.ceil(wait))
    body = {
        "EventName": "test-created",
        "ResourceUri": f"{call.world.origin}/v1/webhooks/registration/test",
        "ResourceName": "test",
        "AuditUri": None,
        "ResourceChangeUtcDate": f"{stamp(call.world.now())[:-1]}+00:00",
    }
    correlation_id = str(uuid.uuid4())
    how = webhooks.behaviour(call.world)
    call.world.table("webhook_tests")[correlation_id] = {
        "at": stamp(call.world.now()),
        "callbackUrl": found["WebhookUrl"],
    }
    webhooks.plan(call.world, body, how, correlation_id)
    return Reply({"correlationId": correlation_id})


def test_result(call: Call, correlation_id: str) -> Reply:
    """What became of a test event; kept for seven days.

    Raises:
        Refusal: 404 1000.
    """
    found = call.world.table("webhook_tests").get(correlation_id.lower())
    if found is None or read(found["at"]) + KEPT < call.world.now():
        raise front(404, 1000, "The validation event was not found.")
    sent: list[Item] = [
        delivery
        for delivery in call.world.table("deliveries").values()
        if delivery["correlation_id"] == correlation_id.lower()
    ]
    attempts: list[Any] = [attempt for delivery in sent for attempt in delivery["attempts"]]
    status = {"delivered": "completed", "failed": "failed"}
    return Reply(
        {
            "correlationId": correlation_id,
            "partnerId": call.world.table("provider")["self"]["tenant_id"],
            "status": status.get(sent[0]["status"] if sent else "", "pending"),
            "callbackUrl": found["callbackUrl"],
            "results": [_result(attempt) for attempt in attempts],
        }
    )


def _result(attempt: Item) -> Item:
    status = int(attempt["status"])
    return {
        "responseCode": CODES.get(status, str(status)) if status else "",
        "responseMessage": attempt["told"],
        "systemError": status == 0,
        "dateTimeUtc": attempt["at"].removesuffix("Z"),
    }


def certificate(request: Request, world: World, kind: str) -> Response:
    """Leaf and intermediate, as PEM."""
    if kind not in signing.KINDS:
        raise NotFound
    return Response(signing.bundle(world, kind), mimetype="application/x-pem-file")


def root(request: Request, world: World) -> Response:
    """The root of the certificates, for whoever is to trust it."""
    return Response(signing.root(world), mimetype="application/x-pem-file")


BASE = "/webhooks/v1/registration"
RULES = [
    partner("GET", f"{BASE}/events", events, user=True),
    partner("POST", BASE, register, user=True),
    partner("GET", BASE, registered, user=True),
    partner("PUT", BASE, replace, user=True),
    partner("POST", f"{BASE}/validationEvents", test, user=True),
    partner("GET", f"{BASE}/validationEvents/<correlation_id>", test_result, user=True),
    rule("GET", "/webhooks/<kind>.pem", certificate),
    rule("GET", "/_sandbox/webhook-root.pem", root),
]
