"""Promotions: for which lines they are, and what they take off the first term."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import owned
from sandbox.microsoft.addresses import rules_of
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.data import load
from sandbox.microsoft.door import Call, Reply, partner
from sandbox.microsoft.licences import by_key
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import read

if TYPE_CHECKING:
    from datetime import datetime

    from sandbox.table import Item
    from sandbox.world import World


@cache
def all_promotions() -> dict[str, Item]:
    """Every promotion by its id."""
    return {promotion["id"]: promotion for promotion in load("promotions")}


def discount(promotion_id: str) -> Decimal:
    """The share that a promotion takes off; 0 without one."""
    found = all_promotions().get(promotion_id)
    policy = found["requiredProducts"][0]["pricingPolicies"][0] if found else {"value": "0"}
    return Decimal(policy["value"])


def list_all(call: Call) -> Reply:
    """The promotions of a market and a segment that run now."""
    if not rules_of(call.query("country")):
        raise front(400, 2000, "The country is missing or not supported.")
    segment, now = call.query("segment").lower(), call.world.now()
    items = [
        each
        for each in all_promotions().values()
        if _is_running(each, now) and segment in ("", _segment(each))
    ]
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return Reply(body)


def get(call: Call, promotion_id: str) -> Reply:
    """One promotion."""
    found = all_promotions().get(promotion_id)
    if not found:
        raise front(404, 1000, "Not found")
    return Reply(found)


def eligibilities(call: Call, customer_id: str) -> Reply:
    """Which promotions each line may have; the one that it names, or all."""
    customer, given = find(call.world, customer_id), call.body().get("items")
    if not isinstance(given, list) or not given:
        raise front(400, 800002, "Invalid request input", "items")
    items = [_line(call.world, customer, number, each) for number, each in enumerate(given)]
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return Reply(body)


def _line(world: World, customer: Item, number: int, line: dict[str, Any]) -> Item:
    cycle, term = text(line, "billingCycle").lower(), text(line, "termDuration").upper()
    key, quantity = text(line, "catalogItemId").rpartition(":")[0], line.get("quantity", 0)
    wanted = text(line, "promotionId")
    tried = [
        each
        for each in all_promotions().values()
        if wanted == each["id"] or (not wanted and _is_for(each, key, term, cycle))
    ]
    return {
        "id": int(line.get("id", number)),
        "catalogItemId": text(line, "catalogItemId"),
        "quantity": quantity,
        "billingCycle": cycle,
        "termDuration": term,
        "eligibilities": [
            _eligibility(each, problems(world, customer, each, key, term, cycle, quantity))
            for each in tried
        ],
        "attributes": {"objectType": "PromotionEligibilities"},
    }


def _eligibility(promotion: Item, errors: list[Item]) -> Item:
    shown: Item = {"promotionId": promotion["id"], "isEligible": not errors}
    return {**shown, "errors": errors} if errors else shown


def problems(
    world: World, customer: Item, promotion: Item, key: str, term: str, cycle: str, quantity: int
) -> list[Item]:
    """Why a line may not have a promotion; nothing when it may."""
    found: list[Item] = []
    if not _is_running(promotion, world.now()) or not _is_for(promotion, key, term, cycle.lower()):
        told = "The promotion is not available for this product, term and billing cycle."
        found.append({"type": "Product", "description": told})
    limits = promotion["promotionConstraints"]
    for seats in limits["seatConstraints"]:
        if not seats["minSeats"] <= quantity <= seats["maxSeats"]:
            found.append(_seats(seats))
    subscriptions = owned.of(world, "subscriptions", customer["id"])
    used = sum(each["promoted_by"] == promotion["id"] for each in subscriptions)
    for limit in limits["assetOwnershipLimits"]:
        if used >= limit["maxAssets"]:
            told = "The customer has used this promotion as often as is allowed."
            found.append({"type": limit["type"], "description": told})
    if limits["eligibilityConstraints"] and any(each["key"] == key for each in subscriptions):
        told = "The promotion is for the first purchase of this product."
        found.append({"type": "FirstPurchase", "description": told})
    return found


def _seats(constraint: Item) -> Item:
    told = "The provided quantity does not satisfy the minimum or maximum seat requirements"
    return {
        "minimumRequiredSeats": constraint["minSeats"],
        "maximumRequiredSeats": constraint["maxSeats"],
        "availableSeats": constraint["maxSeats"],
        "type": "SeatCount",
        "description": f"{told} for the promotion.",
    }


def _is_running(promotion: Item, now: datetime) -> bool:
    return read(promotion["startDate"]) <= now <= read(promotion["endDate"])


def _is_for(promotion: Item, key: str, term: str, cycle: str) -> bool:
    product = promotion["requiredProducts"][0]
    plan = (product["term"]["duration"], product["term"]["billingCycle"].lower())
    return f"{product['productId']}:{product['skuId']}" == key and plan == (term, cycle)


def _segment(promotion: Item) -> str:
    product = promotion["requiredProducts"][0]
    return by_key()[f"{product['productId']}:{product['skuId']}"].segment


RULES = [
    partner("GET", "/v1/productpromotions", list_all),
    partner("GET", "/v1/productpromotions/<promotion_id>", get),
    partner("POST", f"{ONE}/promotionEligibilities", eligibilities),
]
