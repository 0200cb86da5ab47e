"""What a PATCH of a subscription means, and what it refuses. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.microsoft.casing import text
from sandbox.microsoft.licences import by_key
from sandbox.microsoft.refusal import front
from sandbox.microsoft.terms import ENDED, WINDOW, open_batches, without_seats
from sandbox.microsoft.times import MONTHS, read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item

MAX_UPDATES = 1200


def applied(found: Item, body: dict[str, Any], now: datetime) -> Item:
    """The subscription after the PATCH. What is left out of the body is reset where Microsoft does.

    Raises:
        Refusal: see section 2 of the vendor's rules; codes are the published ones.
    """
    status = text(body, "status").lower() or found["status"]
    quantity: Any = body.get("quantity", found["quantity"])
    _check_possible(found, body, status, quantity)
    changed = {**found, "name": text(body, "friendlyName") or found["name"]}
    changed["auto_renew"] = body.get("autoRenewEnabled") is True
    if status == "deleted":
        return _cancelled(changed, now)
    if status == "suspended" and found["status"] == "active":
        return {**changed, "status": status, "auto_renew": False, "next_term": None, "actions": []}
    changed["status"] = status
    changed = _with_renewal(changed, body)
    if quantity != found["quantity"]:
        changed = _with_seats(changed, quantity, now)
    if quantity != found["quantity"] or (found["auto_renew"] and not changed["auto_renew"]):
        changed["next_term"] = None  # a change in mid-term drops what was scheduled
    return changed


def _check_possible(found: Item, body: dict[str, Any], status: str, quantity: Any) -> None:
    if found["updates"] >= MAX_UPDATES:
        raise front(400, 900311, "This subscription has been updated too many times.")
    if found["status"] == "deleted":
        text_ = f"Subscription with ID {found['id']} and deleted status can't be updated."
        raise front(400, 2011, text_)
    if found["status"] in ENDED:
        raise front(400, 900277, "Your subscription is in the process of being expired.")
    if status not in ("active", "suspended", "deleted"):
        raise front(400, 800040, f"Asset status can't be changed to {status}")
    if not isinstance(quantity, int) or isinstance(quantity, bool):
        raise front(400, 800002, "Invalid request input", "quantity")
    if found["status"] == "suspended" and status != "deleted":
        _check_suspended(found, body, quantity, status)
    if found["trial"] and (quantity != found["quantity"] or status != found["status"]):
        raise front(400, 800107, "Changes are not supported for trial offers.")
    _check_plan(found, body)


def _check_suspended(found: Item, body: dict[str, Any], quantity: int, status: str) -> None:
    if quantity != found["quantity"]:
        text_ = "Subscription quantity can't be changed while subscription is being suspended"
        raise front(400, 2001, text_)
    is_renamed = text(body, "friendlyName") not in ("", found["name"])
    if status == "suspended" and (is_renamed or body.get("autoRenewEnabled")):
        raise front(400, 800091, "A suspended subscription can't be updated.")


def _check_plan(found: Item, body: dict[str, Any]) -> None:
    term = text(body, "termDuration") or found["term"]
    if MONTHS.get(term, 0) < MONTHS[found["term"]]:
        raise front(400, 800122, "The target term duration cannot be shorter than the current.")
    if term != found["term"]:
        raise front(400, 800121, "The term duration provided is invalid.")
    if text(body, "billingCycle").lower() not in ("", found["cycle"]):
        raise front(400, 2054, "The billing cycle can't be updated by this operation.")
    if "partnerId" in body and text(body, "partnerId") != found["partner_id"]:
        raise front(400, 800098, "The partner on record can't be updated by this operation.")


def _cancelled(found: Item, now: datetime) -> Item:
    if read(found["cancel_until"]) <= now and not found["extended"]:
        text_ = "You have passed your 7-day cancellation window. We are unable to cancel."
        raise front(400, 900117, text_)
    ended = {"status": "deleted", "auto_renew": False, "next_term": None, "actions": []}
    return {**found, **ended, "batches": []}


def _with_seats(found: Item, quantity: int, now: datetime) -> Item:
    licence = by_key()[found["key"]]
    if quantity > licence.maximum:
        text_ = "The desired seat count exceeded the maximum seat count allowed per subscription"
        raise front(403, 800067, text_)
    if quantity < licence.minimum:
        raise front(400, 2002, "Subscription quantity isn't within minimum and maximum quantity")
    batches, more = open_batches(found, now), quantity - found["quantity"]
    if more > 0:
        batches = [*batches, {"quantity": more, "until": stamp(now + WINDOW)}]
    elif -more > sum(batch["quantity"] for batch in batches):
        raise front(400, 800090, "Subscription quantity cannot be decreased.")
    else:
        batches = without_seats(batches, -more)
    return {**found, "quantity": quantity, "batches": batches}


def _with_renewal(found: Item, body: dict[str, Any]) -> Item:
    """What happens at the term's end; where both members are sent, `scheduledActions` counts."""
    actions = body.get("scheduledActions", [])
    after = body.get("scheduledNextTermInstructions")
    if actions:
        return {**found, "actions": [_action(found, each) for each in actions], "next_term": None}
    if after and not found["auto_renew"]:
        raise front(400, 2000, "Scheduled changes need autoRenewEnabled to be true.")
    if after:
        _check_next(after)
    return {**found, "actions": [], "next_term": after or None}


def _action(found: Item, action: dict[str, Any]) -> Item:
    kind, when = (
        text(action, "actionType"),
        action.get("scheduleType") or action.get("scheduledType"),
    )
    wanted = {"RenewToNewTerm": True, "Cancel": False, "RenewToExtendedServiceTerm": False}
    if when not in ("TermEnd", "CustomDate") or (kind != "Transition" and kind not in wanted):
        raise front(400, 800002, "Invalid request input", "scheduledActions")
    if kind in wanted and wanted[kind] is not found["auto_renew"]:
        raise front(400, 800002, "autoRenewEnabled and scheduledActions contradict each other.")
    return {**action, "scheduleType": when}


def _check_next(after: dict[str, Any]) -> None:
    product = after.get("product")
    if product is None:
        return
    licence = by_key().get(f"{product.get('productId')}:{product.get('skuId')}")
    if not licence:
        raise front(404, 400018, "SKU wasn't found")
    plan = (text(product, "termDuration"), text(product, "billingCycle").title())
    if plan not in licence.plans():
        raise front(400, 900269, "The billing cycle is invalid.")
