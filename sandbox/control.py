"""The control API: what the sandbox holds and received, faults, clock, delays, limits."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest

from sandbox.answers import json_response
from sandbox.http import json_body, rule
from sandbox.microsoft import state as microsoft
from sandbox.microsoft import watch
from sandbox.ovh import zones

if TYPE_CHECKING:
    from sandbox.world import World

DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def parse_duration(text: str) -> timedelta:
    """An ISO 8601 duration of weeks, days, hours, minutes and seconds.

    Raises:
        ValueError: it is none.
    """
    match = DURATION.fullmatch(text.strip())
    parts = {k: v for k, v in match.groupdict().items() if v and k != "sign"} if match else {}
    if not match or not parts:
        raise ValueError(f"not a duration like P8D or PT6H: {text!r}")
    length = timedelta(**{name: float(value) for name, value in parts.items()})
    return -length if match["sign"] else length


def state(request: Request, world: World) -> Response:
    """Customers, carts, orders, subscriptions, zones."""
    return json_response({**microsoft.state(world), "zones": zones.state(world)})


def calls(request: Request, world: World) -> Response:
    """Every call received after number `since`."""
    return json_response(world.calls(request.args.get("since", 0, type=int)))


def mail(request: Request, world: World) -> Response:
    """The mailbox, oldest first."""
    return json_response(list(world.table("mail").values()))


def faults(request: Request, world: World) -> Response:
    """List, order or forget faults."""
    if request.method == "POST":
        try:
            world.faults.add(json_body(request))
        except ValueError as error:
            raise BadRequest(str(error)) from error
    if request.method == "DELETE":
        world.faults.clear()
    return json_response(world.faults.listed())


def clock(request: Request, world: World) -> Response:
    """Read the clock, or turn it."""
    if request.method == "POST":
        try:
            step = parse_duration(str(json_body(request).get("advance", "")))
        except ValueError as error:
            raise BadRequest(str(error)) from error
        world.offset += step
        watch.settle(world)
    now = world.now().isoformat()
    return json_response({"now": now, "offset_seconds": world.offset.total_seconds()})


def delays(request: Request, world: World) -> Response:
    """Read the delays, or set some (seconds); `{"all": 0}` sets every one."""
    if request.method == "POST":
        wanted = json_body(request)
        try:
            every = {name: float(wanted["all"]) for name in world.delays if "all" in wanted}
            named = {name: float(value) for name, value in wanted.items() if name != "all"}
        except (TypeError, ValueError) as error:
            raise BadRequest(str(error)) from error
        world.set_delays({**every, **named})
    return json_response(world.delays)


def limits(request: Request, world: World) -> Response:
    """Read the limits of calls, or set some: per_minute, per_customer, window (seconds)."""
    if request.method == "POST":
        wanted = json_body(request)
        try:
            world.limits.set(**{**world.limits.listed(), **wanted})
        except (TypeError, ValueError) as error:
            raise BadRequest(str(error)) from error
    return json_response(world.limits.listed())


def reset(request: Request, world: World) -> Response:
    """Back to the seeds."""
    world.reset()
    return json_response({"reset": True})


RULES = [
    rule("GET", "/_sandbox/state", state),
    rule("GET", "/_sandbox/calls", calls),
    rule("GET", "/_sandbox/mail", mail),
    rule("GET POST DELETE", "/_sandbox/faults", faults),
    rule("GET POST", "/_sandbox/clock", clock),
    rule("GET POST", "/_sandbox/delays", delays),
    rule("GET POST", "/_sandbox/limits", limits),
    rule("POST", "/_sandbox/reset", reset),
]
