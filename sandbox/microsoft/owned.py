"""Items that belong to one tenant: found without looking at everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World


def add(world: World, table: str, tenant: str, item: Item) -> None:
    """Keep a new item of a tenant, by its `id`."""
    world.table(table)[item["id"]] = item
    index = world.table(f"{table}_of")
    index[tenant] = {"ids": [*index.get(tenant, {"ids": []})["ids"], item["id"]]}


def of(world: World, table: str, tenant: str) -> list[Item]:
    """A tenant's items, oldest first."""
    ids = world.table(f"{table}_of").get(tenant, {"ids": []})["ids"]
    found = (world.table(table).get(item_id) for item_id in ids)
    return [item for item in found if item is not None]
