"""What a PATCH of a subscription means, and what it refuses. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import money, plan_changes, renewal_choices
from sandbox.microsoft.casing import text
from sandbox.microsoft.cycles import cycle_at
from sandbox.microsoft.licences import by_key
from sandbox.microsoft.refusal import front
from sandbox.microsoft.terms import (
    ENDED,
    NOTHING_SCHEDULED,
    WINDOW,
    cancelled,
    open_batches,
    without_seats,
)
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.microsoft.renewal_choices import Ground
    from sandbox.table import Item

MAX_UPDATES = 1200


def applied(found: Item, body: dict[str, Any], ground: Ground) -> Item:
    """The subscription after the PATCH. What is left out of the body is reset where Microsoft does.

    Raises:
        Refusal: see section 2 of the vendor's rules; codes are the published ones.
    """
    now = ground.now
    status = text(body, "status").lower() or found["status"]
    quantity: Any = body.get("quantity", found["quantity"])
    _check_possible(found, body, status, quantity)
    changed = {**found, "name": text(body, "friendlyName") or found["name"]}
    changed["auto_renew"] = body.get("autoRenewEnabled") is True
    if status == "deleted":
        return _cancelled(changed, now)
    if status == "suspended" and found["status"] == "active":
        return {**changed, **NOTHING_SCHEDULED, "status": status, "auto_renew": False}
    changed["status"] = status
    changed = renewal_choices.applied(changed, found, body, ground)
    if quantity != found["quantity"]:
        changed = _with_seats(changed, quantity, ground)
    if plan_changes.is_wanted(found, body):
        changed = plan_changes.applied(changed, body, now, ground.prices)
    if changed["quantity"] != found["quantity"] or plan_changes.is_wanted(found, body):
        # A change in mid-term drops what was scheduled, and what comes with it.
        changed |= NOTHING_SCHEDULED
    return renewal_choices.watched(changed, found, now)


def _check_possible(found: Item, body: dict[str, Any], status: str, quantity: Any) -> None:
    check_living(found)
    if status not in ("active", "suspended", "deleted"):
        told = f"Asset status can't be changed to {status} from {found['status']}"
        raise front(400, 800040, told)
    if not isinstance(quantity, int) or isinstance(quantity, bool):
        raise front(400, 800002, "Invalid request input", "quantity")
    if found["status"] == "suspended" and status != "deleted":
        _check_suspended(found, body, quantity, status)
    if found["trial"] and (quantity != found["quantity"] or status != found["status"]):
        raise front(400, 800107, "Changes are not supported for trial offers.")
    if "partnerId" in body and text(body, "partnerId") != found["partner_id"]:
        told = "Can't update the partner on record for this subscription"
        raise front(400, 800098, told)


def check_living(found: Item) -> None:
    """May this subscription be changed at all?

    Raises:
        Refusal: 400 900311 after too many updates, 2011 deleted, 900277 ending.
    """
    if found["updates"] >= MAX_UPDATES:
        raise front(400, 900311, "This subscription has been updated too many times.")
    if found["status"] == "deleted":
        told = f"Subscription with ID {found['id']} and deleted status can't be updated."
        raise front(400, 2011, told)
    if found["status"] in ENDED:
        raise front(400, 900277, "Your subscription is in the process of being expired.")


def _check_suspended(found: Item, body: dict[str, Any], quantity: int, status: str) -> None:
    if quantity != found["quantity"]:
        told = "Subscription quantity can't be changed while subscription is being suspended"
        raise front(400, 2001, told)
    is_renamed = text(body, "friendlyName") not in ("", found["name"])
    is_planned = plan_changes.is_wanted(found, body) or body.get("autoRenewEnabled")
    if status == "suspended" and (is_renamed or is_planned):
        raise front(400, 800091, "Can't update a subscription with suspended status")


def _cancelled(found: Item, now: datetime) -> Item:
    if read(found["cancel_until"]) <= now and not found["extended"]:
        told = "You have passed your 7-day cancellation window. We are unable to cancel."
        raise front(400, 900117, told)
    return cancelled(found, now)


def _with_seats(found: Item, quantity: int, ground: Ground) -> Item:
    licence, now = by_key()[found["key"]], ground.now
    if quantity > licence.maximum:
        told = "The desired seat count exceeded the maximum seat count allowed per subscription"
        raise front(403, 800067, told)
    if quantity < licence.minimum:
        raise front(400, 2002, "Subscription quantity isn't within minimum and maximum quantity")
    batches, more, day = open_batches(found, now), quantity - found["quantity"], now.date()
    if more > 0:
        _check_base(found, more, ground.base_seats)
        fresh = {"quantity": more, "until": stamp(now + WINDOW), "since": stamp(now)}
        batches = [*batches, fresh]
    elif -more > sum(batch["quantity"] for batch in batches):
        raise front(400, 800090, "Subscription quantity cannot be decreased.")
    else:
        left = without_seats(batches, -more)
        day, batches = _refunded_from(batches, left, now), left
    charges = money.for_seats(found, quantity, day, cycle_at(found, now))
    return {**money.charged(found, now, *charges), "quantity": quantity, "batches": batches}


def _refunded_from(before: list[Item], after: list[Item], now: datetime) -> Any:
    """The day from which seats are given back: within 24 hours the day they were added."""
    touched = [each for each in before if each not in after]
    if any(money.is_day_old(each["since"], now) for each in touched):
        return now.date()
    return max(read(each["since"]) for each in touched).date()


def _check_base(found: Item, more: int, base_seats: int | None) -> None:
    if base_seats is not None and found["quantity"] + more > base_seats:
        left = max(base_seats - found["quantity"], 0)
        told = f"The requested number of {more} seat/s exceeded the remaining limit of {left}"
        raise front(403, 800088, f"{told} seats allowed per subscription.")
