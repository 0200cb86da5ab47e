"""The charge lines of all subscriptions, as the control API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug import Request, Response

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft.subscriptions import all_of, current

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World


def charges(world: World, customer_id: str = "") -> list[Item]:
    """Every charge line until now, oldest first; perhaps those of one customer."""
    subscriptions = (
        all_of(world, customer_id)
        if customer_id
        else [current(world, each) for each in world.table("subscriptions").values()]
    )
    found = [charge for each in subscriptions for charge in each["charges"]]
    return sorted(found, key=lambda charge: str(charge["at"]))


def control(request: Request, world: World) -> Response:
    """The charge lines, perhaps of `customerId`."""
    return json_response(charges(world, request.args.get("customerId", "").lower()))


RULES = [rule("GET", "/_sandbox/charges", control)]
