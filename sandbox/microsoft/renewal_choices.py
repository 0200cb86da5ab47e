"""What is chosen for the end of the term: instructions, scheduled actions, nothing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import coterm, plan_changes
from sandbox.microsoft.casing import text
from sandbox.microsoft.licences import Licence, by_key
from sandbox.microsoft.refusal import front
from sandbox.microsoft.terms import CANCEL, EXTEND, TRANSITION, may_be_extended
from sandbox.microsoft.times import MONTHS, read, stamp

if TYPE_CHECKING:
    from sandbox.microsoft.price_list import PriceList
    from sandbox.table import Item

RENEW = "RenewToNewTerm"
ACTION_MEMBERS = ("effectiveDate", "instructions")
AUTO_RENEW = {RENEW: True, CANCEL: False, EXTEND: False}


@dataclass(frozen=True)
class Ground:
    """What a change is judged by, beside the subscription itself.

    `sold`: the licences that the customer may buy. `others`: his other subscriptions. `base_seats`:
    the seats of the bases of an add-on. `check_partner` refuses a partner id.
    """

    now: datetime
    prices: PriceList
    sold: Sequence[Licence]
    others: Sequence[Item]
    base_seats: int | None
    check_partner: Callable[[str], None]


def applied(changed: Item, found: Item, body: dict[str, Any], ground: Ground) -> Item:
    """The subscription with the choice of the body; of both members `scheduledActions` counts.

    Raises:
        Refusal: contradictions, and instructions that cannot be carried out.
    """
    actions = body.get("scheduledActions") or []
    after = body.get("scheduledNextTermInstructions")
    if not isinstance(actions, list) or not isinstance(after or {}, dict):
        raise front(400, 800002, "Invalid request input", "scheduledActions")
    if actions:
        if len(actions) > 1 or not isinstance(actions[0], dict):
            raise front(400, 800002, "One scheduled action is wanted.", "scheduledActions")
        chosen = [_action(changed, actions[0], ground)]
        return {**changed, "actions": chosen, "next_term": None}
    if after and not changed["auto_renew"] and found["auto_renew"] and after == found["next_term"]:
        after = None  # the whole resource sent back, with auto-renew off: it is dropped
    if after and not changed["auto_renew"]:
        raise front(400, 2000, "Scheduled changes need autoRenewEnabled to be true.")
    if after and after != found["next_term"]:
        _check_instructions(changed, after, ground)
    return {**changed, "actions": [], "next_term": after or None}


def watched(changed: Item, found: Item, now: datetime) -> Item:
    """Auto-renew off without a choice: Microsoft waits a day, then takes the extended term."""
    is_bare = not changed["auto_renew"] and not changed["actions"]
    if changed["status"] != "active" or not is_bare:
        return {**changed, "stopped_at": ""}
    return {**changed, "stopped_at": found["stopped_at"] or stamp(now)}


def _action(found: Item, action: dict[str, Any], ground: Ground) -> Item:
    kind = text(action, "actionType")
    when = text(action, "scheduleType") or text(action, "scheduledType")
    if when not in ("TermEnd", "CustomDate") or kind not in (*AUTO_RENEW, TRANSITION):
        raise front(400, 800002, "Invalid request input", "scheduledActions")
    if AUTO_RENEW.get(kind, found["auto_renew"]) is not found["auto_renew"]:
        raise front(400, 800002, "autoRenewEnabled and scheduledActions contradict each other.")
    if kind == EXTEND and not found["extended"] and not may_be_extended(found):
        raise front(400, 900280, "This term has no extended service term.")
    kept: Item = {name: action[name] for name in ACTION_MEMBERS if name in action}
    chosen: Item = {"scheduleType": when, "actionType": kind, **kept}
    if chosen in found["actions"]:
        return chosen
    if kind == TRANSITION:
        _check_target(found, action.get("instructions") or {}, ground)
    elif kind == RENEW and action.get("instructions"):
        _check_instructions(found, action["instructions"], ground)
    if when == "CustomDate":
        _check_date(found, chosen, ground.now)
    return chosen


def _check_date(found: Item, action: Item, now: datetime) -> None:
    """A day of its own: for a transition, or to leave the extended term."""
    try:
        day = read(text(action, "effectiveDate"))
    except ValueError:
        raise front(400, 800002, "Invalid request input", "effectiveDate") from None
    if not now - timedelta(days=1) < day < read(found["ends"]):
        raise front(400, 800002, "The effective date is not within the term.", "effectiveDate")
    kind = action["actionType"]
    if kind != TRANSITION and not (kind == CANCEL and found["extended"]):
        raise front(400, 900280, "Only the end of the term is possible for this action.")


def _check_target(found: Item, instructions: dict[str, Any], ground: Ground) -> None:
    product = instructions.get("product") or {}
    key = f"{product.get('productId')}:{product.get('skuId')}"
    if key not in by_key()[found["key"]].upgrades:
        raise front(403, 800020, "The catalog item isn't eligible for purchase.")
    _check_instructions(found, instructions, ground)


def _check_instructions(found: Item, after: dict[str, Any], ground: Ground) -> None:
    product = after.get("product") or {}
    key = f"{product['productId']}:{product.get('skuId')}" if product.get("productId") else ""
    plan = found["origin"] or found
    licence = by_key().get(key or plan["key"])
    if not licence:
        raise front(404, 400018, "SKU wasn't found")
    if licence not in ground.sold and licence.key != plan["key"]:
        raise front(403, 400030, "The requested segment is not allowed.")
    term = text(product, "termDuration").upper() or plan["term"]
    if term not in MONTHS:
        raise front(400, 800121, "The term duration provided is invalid.")
    plan_changes.check_plan(licence, term, text(product, "billingCycle").lower() or plan["cycle"])
    _check_quantity(licence, after.get("quantity", found["quantity"]))
    if after.get("customTermEndDate"):
        coterm.check_next_term(found, term, str(after["customTermEndDate"]), ground.others)
    if after.get("partnerIdOnRecord"):
        ground.check_partner(text(after, "partnerIdOnRecord"))


def _check_quantity(licence: Licence, quantity: Any) -> None:
    if not isinstance(quantity, int) or isinstance(quantity, bool):
        raise front(400, 800002, "Invalid request input", "quantity")
    if not licence.minimum <= quantity <= licence.maximum:
        told = "The requested quantity is not within the allowed quantity for this offer."
        raise front(400, 900275, told)
