"""Upgrades: what a subscription may become, and becoming it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import owned, upgrades
from sandbox.microsoft.casing import text
from sandbox.microsoft.catalogue import sold_to
from sandbox.microsoft.changes import check_living
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply, partner
from sandbox.microsoft.licences import Licence, by_catalog_item, by_key, generation
from sandbox.microsoft.price_list import price_list
from sandbox.microsoft.refusal import front
from sandbox.microsoft.subscriptions import all_of, check_free, current, find_one
from sandbox.microsoft.times import MONTHS, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

ONLY, WITH_TRANSFER = "transition_only", "transition_with_license_transfer"
SHORTER = "The subscription's term duration is shorter than the source subscription's term"
SOONER = "The subscription's commitment does not end later than the source subscription's."
CONFLICT = "Subscription cannot be transitioned because there are conflicting services."
REFUSED = 3  # the one code that has been seen inside eligibilities


def eligibilities(call: Call, customer_id: str, subscription_id: str) -> Reply:
    """The licences that this one may become: at once in no shorter term, or at renewal."""
    customer, world = find(call.world, customer_id), call.world
    source = current(world, find_one(world, customer, subscription_id))
    kind = call.query("eligibilityType").lower() or "immediate"
    if kind not in ("immediate", "scheduled"):
        raise front(400, 2000, "The eligibilityType must be immediate or scheduled.")
    is_possible = source["status"] == "active" and not source["trial"]
    sold = sold_to(world, customer["id"])[1] if is_possible else []
    others = [each for each in all_of(world, customer["id"]) if each["status"] == "active"]
    operation = str(uuid.uuid4())
    items = [
        {"operationId": operation, **_eligibility(world, source, licence, term, others)}
        for licence in sold
        if licence.key in by_key()[source["key"]].upgrades
        for term in licence.terms()
        if kind == "scheduled" or MONTHS[term] >= MONTHS[source["term"]]
    ]
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return Reply(body)


def _eligibility(
    world: World, source: Item, licence: Licence, term: str, others: Sequence[Item]
) -> Item:
    targets = [each for each in others if each["key"] == licence.key and not each["trial"]]
    transfer = _refused(CONFLICT) if _has_both(world, source, licence) else []
    shown = [_subscription(source, target) for target in targets]
    return {
        "catalogItemId": f"{licence.key}:{licence.availability(term, generation(world))}",
        "title": licence.title,
        "description": licence.description,
        "quantity": source["quantity"],
        **({"subscriptionEligibilities": shown} if shown else {}),
        "eligibilities": [
            {"isEligible": True, "transitionType": ONLY, "errors": []},
            {"isEligible": not transfer, "transitionType": WITH_TRANSFER, "errors": transfer},
        ],
        "attributes": {"objectType": "TransitionEligibility"},
    }


def _subscription(source: Item, target: Item) -> Item:
    errors = [] if upgrades.ends_later(source, target) else _refused(SOONER)
    if MONTHS[target["term"]] < MONTHS[source["term"]]:
        errors = _refused(f"{SHORTER} duration.")
    return {
        "isEligible": not errors,
        "subscriptionId": target["id"],
        "subscriptionFriendlyName": target["name"],
        "subscriptionTermDuration": target["term"],
        "subscriptionBillingCycle": target["cycle"],
        "errors": errors,
    }


def _refused(told: str) -> list[Item]:
    return [{"code": REFUSED, "description": told}]


def _has_both(world: World, source: Item, licence: Licence) -> bool:
    both = {by_key()[source["key"]].provisioning_id, licence.provisioning_id}
    users = owned.of(world, "users", source["customer_id"])
    return any(both <= set(user["licences"]) for user in users)


def create(call: Call, customer_id: str, subscription_id: str) -> Reply:
    """Move seats to a better licence, at once."""
    customer, world, body = find(call.world, customer_id), call.world, call.body()
    source = find_one(world, customer, subscription_id)
    source |= current(world, source)
    check_living(source)
    check_free(world, source)
    wish = _wish(world, customer, body, source)
    upgrades.check(source, wish)
    transfers = text(body, "transitionType").lower() == WITH_TRANSFER
    if transfers and wish.quantity < source["quantity"]:
        raise front(400, 800002, "Licences are transferred with all seats only.", "quantity")
    if transfers and _has_both(world, source, wish.licence):
        raise front(400, 800002, CONFLICT, "transitionType")
    target = _moved(world, customer, source, wish, text(body, "toSubscriptionId"))
    if transfers:
        _transfer(world, source, wish.licence)
    record = _record(world, source, target, wish, body)
    source["transitions"] = [*source["transitions"], record]
    return Reply(_view(record, is_done=False))


def _wish(world: World, customer: Item, body: dict[str, Any], source: Item) -> upgrades.Wish:
    found = by_catalog_item(world, text(body, "toCatalogItemId"))
    if not found:
        raise front(404, 400019, "Availability not found. Issue a new GET for the availabilities.")
    licence, term = found
    quantity = body.get("quantity")
    is_number = isinstance(quantity, int) and not isinstance(quantity, bool)
    was = text(body, "fromCatalogItemId").rpartition(":")[0]
    from_id = text(body, "fromSubscriptionId").lower() or source["id"]
    if not isinstance(quantity, int) or not is_number:
        raise front(400, 800002, "Invalid request input", "quantity")
    if was not in ("", source["key"]) or from_id != source["id"]:
        raise front(400, 800002, "Invalid request input", "fromCatalogItemId")
    if text(body, "transitionType").lower() not in (ONLY, WITH_TRANSFER):
        raise front(400, 800002, "Invalid request input", "transitionType")
    if licence not in sold_to(world, customer["id"])[1]:
        raise front(403, 800020, "The catalog item isn't eligible for purchase.")
    wanted = text(body, "termDuration").upper() or term
    if wanted != term:
        raise front(400, 900268, "The term duration on the target transition is invalid.")
    return upgrades.Wish(
        licence=licence,
        availability=licence.availability(term, generation(world)),
        term=term,
        cycle=text(body, "billingCycle").lower() or source["cycle"],
        quantity=quantity,
        promotion=text(body, "promotionId"),
    )


def _moved(world: World, customer: Item, source: Item, wish: upgrades.Wish, target_id: str) -> Item:
    """Change both sides; the subscription that has the seats now."""
    now, before = world.now(), dict(source)
    if target_id:
        target = find_one(world, customer, target_id)
        target |= current(world, target)
        upgrades.check_target(before, target, wish)
        target |= upgrades.joined(before, target, wish, now)
    else:
        new = {
            "id": str(uuid.uuid4()),
            "visible_at": world.due("subscription_visible"),
            "readable_at": world.due("order_subscription_id"),
            "provisioned_at": world.due("provisioning"),
        }
        target = upgrades.created(before, wish, now, price_list(world), new)
        owned.add(world, "subscriptions", customer["id"], target)
    source |= upgrades.left_over(before, wish, now)
    return target


def _transfer(world: World, source: Item, licence: Licence) -> None:
    old = by_key()[source["key"]].provisioning_id
    for user in owned.of(world, "users", source["customer_id"]):
        if old in user["licences"]:
            user["licences"] = sorted({*user["licences"], licence.provisioning_id} - {old})


def _record(
    world: World, source: Item, target: Item, wish: upgrades.Wish, body: dict[str, Any]
) -> Item:
    return {
        "fromCatalogItemId": f"{source['key']}:{source['availability']}",
        "fromSubscriptionId": source["id"],
        "toCatalogItemId": f"{wish.licence.key}:{wish.availability}",
        "toSubscriptionId": target["id"],
        "quantity": wish.quantity,
        "termDuration": wish.term,
        "billingCycle": text(body, "billingCycle") or wish.cycle,
        "transitionType": text(body, "transitionType").lower(),
        "at": stamp(world.now()),
        "done_at": world.due("provisioning"),
    }


def _view(record: Item, *, is_done: bool) -> Item:
    shown = {name: record[name] for name in record if name not in ("at", "done_at")}
    steps = ("Started", "Completed") if is_done else ("Started",)
    events = [
        {
            "name": "Conversion",
            "status": step,
            "timestamp": record["at"],
            "attributes": {"objectType": "TransitionEvent"},
        }
        for step in steps
    ]
    return {**shown, "Events": events, "attributes": {"objectType": "Transition"}}


def history(call: Call, customer_id: str, subscription_id: str) -> Reply:
    """The transitions of a subscription, under a member of their own name."""
    customer, world = find(call.world, customer_id), call.world
    found = find_one(world, customer, subscription_id)
    items = [_view(each, is_done=world.is_past(each["done_at"])) for each in found["transitions"]]
    return Reply({"transition": items, "attributes": {"objectType": "Collection"}})


AT = f"{ONE}/subscriptions/<subscription_id>"
RULES = [
    partner("GET", f"{AT}/transitionEligibilities", eligibilities),
    partner("POST", f"{AT}/transitions", create),
    partner("GET", f"{AT}/transitions", history),
]
