"""Buying: a cart becomes orders, their lines become subscriptions."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import agreements, cart_lines, order_views, owned
from sandbox.microsoft.customer_profiles import validation_of
from sandbox.microsoft.licences import all_licences
from sandbox.microsoft.refusal import front
from sandbox.microsoft.terms import WINDOW
from sandbox.microsoft.times import midnight, stamp, term_end

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

NOT_ALLOWED = {
    "UnderReview": (800073, "Your customer account is currently under review."),
    "Unknown": (800074, "Your customer account is currently under review."),
    "Not Ready": (800074, "Your customer account is currently under review."),
    "NotAllowed": (800075, "Your Customer account wasn't approved."),
}


def check_customer(world: World, customer: Item) -> None:
    """May this customer buy?

    Raises:
        Refusal: 403 13605 without the agreement, 403 800073 to 800075 by his account.
    """
    if not agreements.has_accepted(world, customer["id"]):
        text = "A confirmation that the customer accepted the Customer Agreement is needed."
        raise front(403, 13605, text)
    refused = NOT_ALLOWED.get(validation_of(world, customer))
    if refused:
        raise front(403, *refused)


def buy(world: World, customer: Item, cart: Item) -> Item:
    """Place one order for every group of lines; the answer of checkout."""
    groups = sorted({line["group"] for line in cart["lines"]})
    orders = []
    for group in groups:
        lines = [line for line in cart["lines"] if line["group"] == group]
        orders.append(_order(world, customer, lines))
    shown = [order_views.order(world, order, is_new=True) for order in orders]
    return {"orders": shown, "attributes": {"objectType": "CartCheckoutResult"}}


def _order(world: World, customer: Item, lines: list[Item]) -> Item:
    order: Item = {
        "id": secrets.token_hex(6),
        "customer_id": customer["id"],
        "cycle": lines[0]["cycle"].lower(),
        "currency": cart_lines.currency(customer),
        "country": customer["billing"].get("defaultAddress", {}).get("country", "FR"),
        "created": stamp(world.now()),
        "visible_at": world.due("order_visible"),
        "named_at": world.due("order_subscription_id"),
        "provisioned_at": world.due("provisioning"),
    }
    order["lines"] = [
        {**line, **_bought(world, customer, order, line, number)}
        for number, line in enumerate(lines)
    ]
    owned.add(world, "orders", customer["id"], order)
    return order


def _bought(world: World, customer: Item, order: Item, line: Item, number: int) -> Item:
    subscription = _subscription(world, order, line)
    owned.add(world, "subscriptions", customer["id"], subscription)
    return {
        "number": number,
        "subscription_id": subscription["id"],
        "name": subscription["name"],
        "pricing": cart_lines.pricing(world, customer, line),
    }


def _subscription(world: World, order: Item, line: Item) -> Item:
    licence, term = cart_lines.licence_of(line)
    now = world.now()
    until = stamp(now + WINDOW)
    return {
        "id": str(uuid.uuid4()),
        "customer_id": order["customer_id"],
        "order_id": order["id"],
        "country": order["country"],
        "key": licence.key,
        "name": line["name"] or licence.title,
        "term": term,
        "cycle": order["cycle"],
        "quantity": line["quantity"],
        "status": "active",
        "auto_renew": True,
        "trial": licence.trial,
        "partner_id": line["mpn_id"],
        "parent_id": str(line["context"].get("parentSubscriptionId", "")),
        "created": stamp(now),
        "started": stamp(now),
        "ends": stamp(midnight(term_end(now.date(), term)) + timedelta(hours=24)),
        "cancel_until": until,
        "batches": [] if licence.trial else [{"quantity": line["quantity"], "until": until}],
        "next_term": _after_trial(licence.product, line["quantity"]) if licence.trial else None,
        "actions": [],
        "extended": False,
        "updates": 0,
        "pending": None,
        "visible_at": world.due("subscription_visible"),
        "readable_at": order["named_at"],
        "provisioned_at": order["provisioned_at"],
    }


def _after_trial(product: str, quantity: int) -> Item:
    """A trial renews by itself into a year of what it tries."""
    paid = next(each for each in all_licences() if each.product == product and not each.trial)
    return {
        "product": {
            "productId": paid.product,
            "skuId": paid.sku,
            "availabilityId": paid.availability("P1Y"),
            "billingCycle": "monthly",
            "termDuration": "P1Y",
        },
        "quantity": quantity,
    }
