"""Carts: a bad line fails no cart, it carries its error."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import cart_lines, checkout
from sandbox.microsoft.cart_checks import Error, errors
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply, link, partner
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

LIFETIME = timedelta(days=7)


def create(call: Call, customer_id: str) -> Reply:
    """A cart that lives seven days."""
    customer, world = find(call.world, customer_id), call.world
    now = world.now()
    cart = {
        "id": str(uuid.uuid4()),
        "customer_id": customer["id"],
        "created": stamp(now),
        "modified": stamp(now),
        "expires": stamp(now + LIFETIME),
        "user": str(uuid.uuid5(uuid.NAMESPACE_DNS, call.token.user or call.token.application)),
        "status": "Active",
        "lines": _lines(world, customer, call.body()),
        "result": None,
    }
    world.table("carts")[cart["id"]] = cart
    return Reply(view(world, customer, cart), 201)


def _lines(world: World, customer: Item, body: Item) -> list[Item]:
    """Lines of one billing cycle become one order; each remembers whether it was good."""
    lines = cart_lines.asked_lines(world, body)
    cycles = list(dict.fromkeys(line["cycle"] for line in lines))
    found = zip(lines, errors(world, customer, lines), strict=True)
    return [
        {**line, "group": cycles.index(line["cycle"]), "was_good": not error}
        for line, error in found
    ]


def find_cart(world: World, customer: Item, cart_id: str) -> Item:
    """A cart that has not expired.

    Raises:
        Refusal: 404 800008.
    """
    cart = world.table("carts").get(cart_id.lower())
    is_his = cart is not None and cart["customer_id"] == customer["id"]
    if not cart or not is_his or (not cart["result"] and read(cart["expires"]) < world.now()):
        raise front(404, 800008, "Unable to retrieve cart ID")
    return cart


def view(world: World, customer: Item, cart: Item) -> Item:
    """The cart as shown; prices are those of now."""
    is_ordered = cart["status"] == "Ordered"
    found = [None] * len(cart["lines"]) if is_ordered else errors(world, customer, cart["lines"])
    lines = zip(cart["lines"], found, strict=True)
    return {
        "id": cart["id"],
        "creationTimestamp": cart["created"],
        "lastModifiedTimestamp": cart["modified"],
        "expirationTimestamp": cart["expires"],
        "lastModifiedUser": cart["user"],
        "status": cart["status"],
        "lineItems": [cart_lines.view(world, customer, line, error) for line, error in lines],
        "links": {"self": link(f"/customers/{customer['id']}/carts/{cart['id']}")},
        "attributes": {"objectType": "Cart"},
    }


def get(call: Call, customer_id: str, cart_id: str) -> Reply:
    """A cart."""
    customer = find(call.world, customer_id)
    return Reply(view(call.world, customer, find_cart(call.world, customer, cart_id)))


def replace(call: Call, customer_id: str, cart_id: str) -> Reply:
    """Other lines in a cart that has not been ordered."""
    customer = find(call.world, customer_id)
    cart = find_cart(call.world, customer, cart_id)
    if cart["status"] == "Ordered":
        raise front(400, 800065, f"can't check out an already submitted cart {cart['id']}.")
    cart["lines"] = _lines(call.world, customer, call.body())
    cart["modified"] = stamp(call.world.now())
    return Reply(view(call.world, customer, cart))


def buy(call: Call, customer_id: str, cart_id: str) -> Reply:
    """Check a cart out; a repeat answers the first result."""
    customer, world = find(call.world, customer_id), call.world
    cart = find_cart(world, customer, cart_id)
    if cart["result"]:
        return Reply(cart["result"], 201)
    _check_lines(cart, errors(world, customer, cart["lines"]))
    checkout.check_customer(world, customer)
    cart["result"] = checkout.buy(world, customer, cart)
    cart["status"] = "Ordered"
    return Reply(cart["result"], 201)


# What has become wrong since the cart was made is told by a code of its own.
GONE_WRONG = {
    cart_lines.CATALOGUE: (404, 400019, "Availability not found. Issue a new GET and retry."),
    cart_lines.QUOTA: (403, 800089, "No more assets of this offer are allowed per customer."),
    cart_lines.NOT_ALIGNED: (400, 900242, "The custom term end date matches nothing any more."),
}


def _check_lines(cart: Item, found: Sequence[Error | None]) -> None:
    for line, error in zip(cart["lines"], found, strict=True):
        if error and line["was_good"] and error[0] in GONE_WRONG:
            raise front(*GONE_WRONG[error[0]])
        if error:
            raise front(400, 800009, "Error in Cart item(s)")


CART = f"{ONE}/carts/<cart_id>"
RULES = [
    partner("POST", f"{ONE}/carts", create),
    partner("GET", CART, get),
    partner("PUT", CART, replace),
    partner("POST", f"{CART}/checkout", buy),
]
