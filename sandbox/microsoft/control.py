"""The control API of Microsoft's side: what customers, partners and Microsoft itself do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest

from sandbox.answers import json_response
from sandbox.http import json_body, rule
from sandbox.microsoft import gdap, partner, relationships, webhooks

if TYPE_CHECKING:
    from sandbox.world import World

DELIVERIES_SHOWN = 100


def accept(request: Request, world: World) -> Response:
    """The customer's administrator accepts the reseller relationship."""
    body = json_body(request)
    customer = relationships.accept(
        world, domain=str(body.get("domain", "")), company_name=str(body.get("company_name", ""))
    )
    return json_response(customer)


def approve(request: Request, world: World) -> Response:
    """The customer's administrator approves GDAP and consents; or: do so by itself."""
    body = json_body(request)
    if "auto" in body:
        with world.change():
            world.table("settings")["gdap"] = {"auto": bool(body["auto"])}
    approved = gdap.approve(world, domain=str(body["domain"])) if "domain" in body else []
    return json_response({"auto": gdap.is_automatic(world), "approved": approved})


def partners(request: Request, world: World) -> Response:
    """The partners that exist; PUT adds or changes them by `mpn_id`."""
    if request.method == "PUT":
        items = request.get_json(force=True)
        with world.change():
            for item in items if isinstance(items, list) else [items]:
                partner.put(world, item)
    return json_response(list(world.table("partners").values()))


def deliveries(request: Request, world: World) -> Response:
    """The last webhooks as they are sent; POST says how the next ones behave."""
    if request.method == "POST":
        try:
            webhooks.behave(world, json_body(request))
        except (TypeError, ValueError) as error:
            raise BadRequest(str(error)) from error
    last = request.args.get("last", DELIVERIES_SHOWN, type=int)
    found = list(world.table("deliveries").values())[-last:]
    return json_response(
        {
            "registration": webhooks.registration(world),
            "behaviour": webhooks.behaviour(world),
            "deliveries": [{**each, "headers": webhooks.headers(world, each)} for each in found],
        }
    )


RULES = [
    rule("POST", "/_sandbox/relationships/accept", accept),
    rule("POST", "/_sandbox/gdap/approve", approve),
    rule("GET PUT", "/_sandbox/partners", partners),
    rule("GET POST", "/_sandbox/webhooks", deliveries),
]
