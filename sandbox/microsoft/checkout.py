"""Buying: a cart becomes orders, their lines become subscriptions."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from sandbox.microsoft import agreements, cart_lines, money, order_views, owned
from sandbox.microsoft.customer_profiles import validation_of
from sandbox.microsoft.cycles import cycle_on
from sandbox.microsoft.licences import Licence, all_licences, generation
from sandbox.microsoft.price_list import price_list
from sandbox.microsoft.refusal import front
from sandbox.microsoft.terms import NOTHING_SCHEDULED, WINDOW, first_end
from sandbox.microsoft.times import stamp

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
    licence, term = cart_lines.licence_of(world, line)
    now, promotion = world.now(), line["promotion"]
    until = stamp(now + WINDOW)
    batch = {"quantity": line["quantity"], "until": until, "since": stamp(now)}
    found: Item = {
        "id": str(uuid.uuid4()),
        "customer_id": order["customer_id"],
        "order_id": order["id"],
        "country": order["country"],
        "currency": order["currency"],
        "key": licence.key,
        "availability": licence.availability(term, generation(world)),
        "name": line["name"] or licence.title,
        "term": term,
        "cycle": order["cycle"],
        "quantity": line["quantity"],
        "status": "active",
        "auto_renew": True,
        "trial": licence.trial,
        "partner_id": line["mpn_id"],
        "additional_ids": line["additional_ids"],
        "parent_id": str(line["context"].get("parentSubscriptionId", "")),
        "promotion": promotion,
        "promoted_by": promotion,
        "created": stamp(now),
        "started": stamp(now),
        "ends": first_end(now, term, trial=licence.trial, custom_end=line["ends"]),
        "aligned": bool(line["ends"]),
        "cancel_until": until,
        "batches": [] if licence.trial else [batch],
        "origin": _tried(world, licence) if licence.trial else None,
        **NOTHING_SCHEDULED,
        "extended": False,
        "charges": [],
        "transitions": [],
        "updates": 0,
        "pending": None,
        "visible_at": world.due("subscription_visible"),
        "readable_at": order["named_at"],
        "provisioned_at": order["provisioned_at"],
    }
    if licence.trial:
        found["next_term"] = _after_trial(found)
    elif line["renews_to"]:
        found["next_term"] = {"product": {"termDuration": line["renews_to"]}}
    found["unit"] = price_list(world).unit(found, now)
    cycle = cycle_on(found, now.date())
    found["charged_to"] = str(cycle.next_start)
    return money.charged(found, now, money.for_cycle(found, "new", cycle))


def _tried(world: World, licence: Licence) -> Item:
    """What a trial tries: a year of it, paid by the month."""
    paid = next(e for e in all_licences() if e.product == licence.product and not e.trial)
    availability = paid.availability("P1Y", generation(world))
    return {"key": paid.key, "availability": availability, "term": "P1Y", "cycle": "monthly"}


def _after_trial(found: Item) -> Item:
    """A trial renews by itself into what it tries."""
    product, sku = found["origin"]["key"].split(":")
    return {
        "product": {
            "productId": product,
            "skuId": sku,
            "availabilityId": found["origin"]["availability"],
            "billingCycle": found["origin"]["cycle"],
            "termDuration": found["origin"]["term"],
        },
        "quantity": found["quantity"],
    }
