"""Oddities that OVH has been seen with; a test orders how many of the next writes get them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.ovh.refusal import bad_request

if TYPE_CHECKING:
    from sandbox.world import World

QUIRKS = ("zero_id", "forgotten", "cut")
"""A new record answered with the id 0; a write answered well and not made; a TXT cut at 255."""


def order(request: Request, world: World) -> Response:
    """Control: `{quirk: times}` for the next writes of records."""
    body: Any = request.get_json(force=True)
    if set(body) - set(QUIRKS):
        return bad_request(f"quirks are {', '.join(QUIRKS)}").response()
    with world.change():
        for name, times in body.items():
            world.table("ovh_quirks")[name] = {"times": int(times)}
    return json_response(body, 201)


def strikes(world: World, name: str) -> bool:
    """Whether this write gets the oddity; inside a change."""
    ordered = world.table("ovh_quirks").get(name)
    if not ordered or ordered["times"] < 1:
        return False
    ordered["times"] -= 1
    return True


RULES = [rule("POST", "/_sandbox/ovh/quirks", order)]
"""Served beside OVH's own routes."""
