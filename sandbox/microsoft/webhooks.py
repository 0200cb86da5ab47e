"""Webhooks: the registration's rows, what is to be delivered, and how it is signed.

`webhook_calls` are the calls; `sandbox.delivery` is the thread that delivers.
"""

from __future__ import annotations

import base64
import json
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import signing
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

EVENTS = (
    "test-created",
    "subscription-updated",
    "usagerecords-thresholdExceeded",
    "referral-created",
    "referral-updated",
    "related-referral-created",
    "related-referral-updated",
    "granular-admin-relationship-approved",
    "granular-admin-relationship-activated",
    "granular-admin-relationship-terminated",
    "granular-admin-relationship-expired",
    "granular-admin-access-assignment-created",
    "granular-admin-access-assignment-activated",
    "granular-admin-access-assignment-updated",
    "granular-admin-access-assignment-deleted",
    "reseller-relationship-accepted-by-customer",
    "dap-admin-relationship-approved",
    "dap-admin-relationship-terminated",
    "dap-admin-relationship-terminated-by-microsoft",
    "azure-fraud-event-detected",
    "invoice-ready",
)
MAX_ATTEMPTS = 10
KEPT = 2000
FORGERIES = (signing.FORGED, signing.EXPIRED, signing.WRONG_ISSUER, signing.UNKNOWN_ROOT)


def registration(world: World) -> Item | None:
    """The provider's one registration."""
    return world.table("webhooks").get("registration")


def behaviour(world: World) -> Item:
    """How the next deliveries behave: see `behave`."""
    return world.table("webhooks").get("behaviour", {})


def behave(world: World, wanted: Item) -> None:
    """Change how the deliveries of the next events behave; `{}` is as usual.

    `repeat`: delivered that often more; `late`: seconds of delay on top; `forge`: true,
    "wrong-issuer", "expired" or "unknown-root"; `lose`: never delivered.

    Raises:
        ValueError: an unknown member or forgery.
    """
    forge = wanted.get("forge") or ""
    kept = {
        "repeat": int(wanted.get("repeat", 0)),
        "late": float(wanted.get("late", 0)),
        "forge": signing.FORGED if forge is True else str(forge),
        "lose": bool(wanted.get("lose", False)),
    }
    if set(wanted) - set(kept) or kept["forge"] not in ("", *FORGERIES):
        raise ValueError("repeat, late, forge (true, wrong-issuer, expired, unknown-root), lose")
    with world.change():
        world.table("webhooks")["behaviour"] = kept


def emit(world: World, event: str, resource_uri: str, resource: str, audit_uri: str | None) -> None:
    """Plan the deliveries of one event, inside a change, where somebody registered for it."""
    to = registration(world)
    if to is None or event not in to["WebhookEvents"]:
        return
    body = {
        "EventName": event,
        "ResourceUri": resource_uri,
        "ResourceName": resource,
        "AuditUri": audit_uri,
        "ResourceChangeUtcDate": f"{stamp(world.now())[:-1]}+00:00",
    }
    how = behaviour(world)
    for _ in range(1 + how.get("repeat", 0)):
        plan(world, body, how)


def plan(world: World, body: Item, how: Item, correlation_id: str = "") -> None:
    """Plan one delivery to the registered address."""
    to = registration(world) or {}
    due = datetime.fromisoformat(world.due("webhook")) + timedelta(seconds=how.get("late", 0))
    delivery_id = str(uuid.uuid4())
    deliveries = world.table("deliveries")
    deliveries[delivery_id] = {
        "id": delivery_id,
        "event": body["EventName"],
        "url": to.get("WebhookUrl", ""),
        "own_header": bool(to.get("SignatureTokenToMsSignatureHeader")),
        "body": json.dumps(body, separators=(",", ":")),
        "forge": how.get("forge", ""),
        "correlation_id": correlation_id or str(uuid.uuid4()),
        "status": "lost" if how.get("lose") else "waiting",
        "due": due.isoformat(),
        "planned_at": stamp(world.now()),
        "attempts": [],
    }
    if not how.get("lose"):
        world.table("deliveries_waiting")[delivery_id] = {"due": due.isoformat()}
    if len(deliveries.committed) > KEPT:
        for old in list(deliveries.committed)[: KEPT // 10]:
            del deliveries[old]
            world.table("deliveries_waiting").pop(old, None)


def headers(world: World, delivery: Item) -> dict[str, str]:
    """The headers with which a delivery is sent, its signature among them."""
    forge = delivery["forge"]
    kind = forge if forge in signing.KINDS else signing.GOOD
    signature = signing.sign(world, delivery["body"].encode(), is_forged=forge == signing.FORGED)
    token = f"Signature {base64.b64encode(signature).decode()}"
    return {
        "Content-Type": "application/json",
        "x-ms-signature" if delivery["own_header"] else "Authorization": token,
        "X-MS-Certificate-Url": f"{world.origin}/webhooks/{kind}.pem",
        "X-MS-Signature-Algorithm": "rsa-sha256",
        "MS-CorrelationId": delivery["correlation_id"],
    }


def attempted(world: World, delivery_id: str, status: int, told: str) -> None:
    """Note an attempt; `status` 0: no answer. It is repeated after a longer pause each time."""
    with world.change():
        found = world.table("deliveries").get(delivery_id)
        if found is None:
            return
        at = world.real_now()
        found["attempts"].append({"at": stamp(at), "status": status, "told": told})
        world.table("deliveries_waiting").pop(delivery_id, None)
        count = len(found["attempts"])
        if 200 <= status < 300:
            found["status"] = "delivered"
        elif count >= MAX_ATTEMPTS:
            found["status"] = "failed"
        else:
            pause = timedelta(seconds=world.delays["webhook_retry"] * 2 ** (count - 1))
            found["due"] = (at + pause).isoformat()
            world.table("deliveries_waiting")[delivery_id] = {"due": found["due"]}


def due(world: World) -> list[Item]:
    """The deliveries whose moment has come."""
    waiting = list(world.table("deliveries_waiting").committed.items())
    ids = [delivery_id for delivery_id, each in waiting if world.is_past(each["due"])]
    found = (world.table("deliveries").get(delivery_id) for delivery_id in ids)
    return [delivery for delivery in found if delivery is not None]
