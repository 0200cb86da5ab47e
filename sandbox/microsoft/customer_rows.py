"""The rows of customers, and the path that names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft.refusal import front

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

ONE = "/v1/customers/<customer_id>"


def find(world: World, customer_id: str) -> Item:
    """A customer of this provider.

    Raises:
        Refusal: 404 60003 when there is none, 403 20002 when the relationship has ended.
    """
    found = world.table("customers").get(customer_id.strip().lower())
    if not found:
        raise front(404, 60003, f"Tenant {customer_id} not found")
    if found["relationship"] != "reseller":
        raise front(403, 20002, f"The partner has no relationship with customer {customer_id}.")
    return found
