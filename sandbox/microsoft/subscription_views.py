"""Subscriptions and the seats they give, as Microsoft shows them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import foreign, owned
from sandbox.microsoft.cycles import cycle_at
from sandbox.microsoft.door import link
from sandbox.microsoft.licences import by_key
from sandbox.microsoft.terms import open_batches
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

SECOND = timedelta(seconds=1)


def view(found: Item, now: datetime) -> Item:
    """A subscription."""
    licence = by_key()[found["key"]]
    availability = found["availability"]
    last, charged_until = read(found["ends"]) - SECOND, cycle_at(found, now).end
    shown: Item = {
        "id": found["id"],
        "offerId": f"{found['key']}:{availability}",
        "offerName": licence.title,
        "friendlyName": found["name"],
        "productType": {"id": "OnlineServicesNCE", "displayName": "OnlineServicesNCE"},
        "quantity": found["quantity"],
        "unitType": "Licenses",
        "hasPurchasableAddons": any(found["key"] in each.addon_to for each in by_key().values()),
        "creationDate": found["created"],
        "effectiveStartDate": found["started"],
        "commitmentEndDate": f"{last:%Y-%m-%d}T00:00:00Z",
        "commitmentEndDateTime": f"{last:%Y-%m-%d}T23:59:59Z",
        "cancellationAllowedUntilDate": found["cancel_until"],
        "billingCycleEndDate": f"{charged_until}T00:00:00Z",
        "billingCycleEndDateTime": f"{charged_until}T23:59:59Z",
        "status": found["status"],
        "autoRenewEnabled": found["auto_renew"],
        "isTrial": found["trial"],
        "billingType": "license",
        "billingCycle": found["cycle"],
        "termDuration": found["term"],
        "renewalTermDuration": "",
        "refundOptions": [{"type": "Full", "expiresAt": stamp(_full_refund_until(found))}],
        "isMicrosoftProduct": True,
        "partnerId": found["partner_id"],
        "attentionNeeded": False,
        "actionTaken": False,
        "contractType": "subscription",
        "publisherName": "Microsoft Corporation",
        "orderId": found["order_id"],
    }
    if found["promotion"]:
        shown["promotionId"] = found["promotion"]
    if found["additional_ids"]:
        shown["additionalPartnerIds"] = found["additional_ids"]
    if found["parent_id"]:
        shown["parentSubscriptionId"] = found["parent_id"]
    if found["next_term"]:
        shown["scheduledNextTermInstructions"] = found["next_term"]
    if found["actions"]:
        shown["scheduledActions"] = found["actions"]
    if found["status"] == "active":
        shown["refundableQuantity"] = _refundable(found, now)
    if found["status"] == "suspended":
        shown["refundableQuantity"] = None
    return {**shown, "links": _links(found, availability), "attributes": _attributes()}


def _attributes() -> Item:
    return {"etag": "", "objectType": "Subscription"}


def _full_refund_until(found: Item) -> datetime:
    return read(found["started"]) + timedelta(days=1)


def _refundable(found: Item, now: datetime) -> Item:
    batches = open_batches(found, now)
    details = [{"quantity": b["quantity"], "allowedUntilDateTime": b["until"]} for b in batches]
    return {"totalQuantity": sum(b["quantity"] for b in batches), "details": details}


def _links(found: Item, availability: str) -> Item:
    product, sku = found["key"].split(":")
    at, country = f"/products/{product}", f"?country={found['country']}"
    return {
        "product": link(at + country),
        "sku": link(f"{at}/skus/{sku}{country}"),
        "availability": link(f"{at}/skus/{sku}/availabilities/{availability}{country}"),
        "self": link(f"/customers/{found['customer_id']}/subscriptions/{found['id']}"),
    }


def provisioning_view(found: Item, is_done: bool) -> Item:
    """How far the seats are."""
    return {
        "skuId": by_key()[found["key"]].provisioning_id.upper(),
        "status": "success" if is_done else "pending",
        "quantity": found["quantity"],
        "endDate": f"{read(found['ends']) - SECOND:%Y-%m-%d}T00:00:00Z",
        "attributes": {"objectType": "SubscriptionProvisioningStatus"},
    }


def subscribed(world: World, tenant: str, subscriptions: list[Item]) -> list[Item]:
    """Seats per licence."""
    seats = foreign.seats(world, tenant)
    for found in subscriptions:
        if found["status"] != "deleted":
            counts = seats.setdefault(found["key"], {})
            counts[found["status"]] = counts.get(found["status"], 0) + found["quantity"]
    users = owned.of(world, "users", tenant)
    return [_subscribed(key, counts, users) for key, counts in seats.items()]


def _subscribed(key: str, counts: dict[str, int], users: list[Item]) -> Item:
    licence = by_key()[key]
    used = sum(licence.provisioning_id in user["licences"] for user in users)
    active, warning = counts.get("active", 0), counts.get("expired", 0)
    suspended = counts.get("suspended", 0) + counts.get("disabled", 0)
    return {
        "availableUnits": active + warning - used,
        "activeUnits": active,
        "consumedUnits": used,
        "suspendedUnits": suspended,
        "totalUnits": active + warning + suspended,
        "warningUnits": warning,
        "productSku": {
            "id": licence.provisioning_id,
            "name": licence.title,
            "skuPartNumber": licence.part_number,
            "targetType": "User",
            "licenseGroupId": "group1",
        },
        "servicePlans": [],
        "capabilityStatus": "Enabled" if active else "Suspended",
        "attributes": {"objectType": "SubscribedSku"},
    }
