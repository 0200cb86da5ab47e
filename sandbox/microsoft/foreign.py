"""Seats of another provider in a tenant: counted among its SKUs, in no list of subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.world import World


def seats(world: World, tenant: str) -> dict[str, dict[str, int]]:
    """Seats by licence and status."""
    kept = world.table("foreign_seats").get(tenant, {})
    return {key: {"active": int(quantity)} for key, quantity in kept.items()}


def put(world: World, tenant: str, given: dict[str, int]) -> None:
    """The other provider sells or cancels: seats by `product:sku`; 0 is none."""
    with world.change():
        kept = {**world.table("foreign_seats").get(tenant, {}), **given}
        left = {key: quantity for key, quantity in kept.items() if quantity > 0}
        world.table("foreign_seats")[tenant] = left
