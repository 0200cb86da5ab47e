"""Orders of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft import order_views, owned
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply, collection, partner
from sandbox.microsoft.refusal import front

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World


def list_all(call: Call, customer_id: str) -> Reply:
    """All orders; a new one appears after a moment."""
    customer = find(call.world, customer_id)
    seen = [
        order
        for order in owned.of(call.world, "orders", customer["id"])
        if call.world.is_past(order["visible_at"])
    ]
    items = [order_views.order(call.world, order) for order in seen]
    return Reply(collection(items, f"/customers/{customer['id']}/orders"))


def find_order(world: World, customer: Item, order_id: str) -> Item:
    """One order of a customer.

    Raises:
        Refusal: 404 20000.
    """
    order = world.table("orders").get(order_id.lower())
    if not order or order["customer_id"] != customer["id"]:
        raise front(404, 20000, "Order ID not found")
    return order


def get(call: Call, customer_id: str, order_id: str) -> Reply:
    """One order, known from the moment it was placed."""
    customer = find(call.world, customer_id)
    return Reply(order_views.order(call.world, find_order(call.world, customer, order_id)))


def provisioning(call: Call, customer_id: str, order_id: str) -> Reply:
    """How far each line is."""
    customer = find(call.world, customer_id)
    order = find_order(call.world, customer, order_id)
    items = order_views.provisioning(call.world, order)
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return Reply(body)


ORDER = f"{ONE}/orders/<order_id>"
RULES = [
    partner("GET", f"{ONE}/orders", list_all),
    partner("GET", ORDER, get),
    partner("GET", f"{ORDER}/provisioningstatus", provisioning, user=True),
]
