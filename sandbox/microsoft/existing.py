"""What a tenant that existed before brings along: people, another provider's seats, subscriptions.

The last were bought through the same provider, but not by the program under test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft import agreements, cart_lines, checkout, foreign, owned, users
from sandbox.microsoft.licences import by_key, generation

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

PERSON = ("Camille", "Durand")


def settle_in(world: World, customer: Item, seed: Item) -> None:
    """Plant it, inside a change; see `seeds.OUTSIDE` for the members of a seed."""
    foreign.put(world, customer["id"], seed.get("seats", {}))
    _hire(world, customer, seed.get("people", 0), list(seed.get("seats", {})))
    if seed.get("bought"):
        contact = {"firstName": PERSON[0], "lastName": PERSON[1]}
        agreements.keep(world, customer["id"], contact, world.now())
        _buy(world, customer, seed["bought"], seed.get("mpn_id", ""))


def _hire(world: World, customer: Item, count: int, keys: list[str]) -> None:
    licences = [by_key()[key].provisioning_id for key in keys[:1]]
    for number in range(1, count + 1):
        user = users.new(
            customer["id"],
            userPrincipalName=f"person{number}@{customer['domain']}",
            firstName=PERSON[0],
            lastName=f"{PERSON[1]} {number}",
            displayName=f"{PERSON[0]} {PERSON[1]} {number}",
            usageLocation="FR",
        )
        owned.add(world, "users", customer["id"], {**user, "licences": licences})


def _buy(world: World, customer: Item, bought: dict[str, int], mpn_id: str) -> None:
    partners = [{"key": "transaction_reseller", "value": mpn_id}] if mpn_id else []
    wanted = [
        {
            "catalogItemId": f"{key}:{by_key()[key].availability('P1Y', generation(world))}",
            "quantity": quantity,
            "billingCycle": "Monthly",
            "termDuration": "P1Y",
            "participants": partners,
        }
        for key, quantity in bought.items()
    ]
    lines = cart_lines.asked_lines(world, {"lineItems": wanted})
    checkout.buy(world, customer, {"lines": [{**line, "group": 0} for line in lines]})
