"""The control API of Microsoft's side: what customers, partners and Microsoft itself do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest

from sandbox.answers import json_response
from sandbox.http import json_body, rule
from sandbox.microsoft import (
    agreements,
    foreign,
    gdap,
    partner,
    refresh,
    relationships,
    webhooks,
)
from sandbox.microsoft.licences import by_key
from sandbox.microsoft.times import read

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


def attach(request: Request, world: World) -> Response:
    """Another reseller gets attached to a customer."""
    body = json_body(request)
    domain, mpn_id = str(body.get("domain", "")), str(body.get("mpnId", ""))
    try:
        return json_response(relationships.attach(world, domain=domain, mpn_id=mpn_id))
    except KeyError as error:
        raise BadRequest(f"unknown: {error}") from error


def seats(request: Request, world: World) -> Response:
    """Another provider sells or cancels seats: `{"domain", "seats": {"product:sku": 3}}`."""
    body = json_body(request)
    tenant = _customer_id(world, body)
    given = {str(key): int(quantity) for key, quantity in dict(body.get("seats", {})).items()}
    if set(given) - set(by_key()):
        raise BadRequest("seats are given by product:sku")
    foreign.put(world, tenant, given)
    return json_response(world.table("foreign_seats")[tenant])


def agreement(request: Request, world: World) -> Response:
    """A new version of the customer agreement from a date, or a customer who signs himself."""
    if request.method == "POST":
        body = json_body(request)
        if body.get("signed"):
            agreements.sign(world, _customer_id(world, body))
        else:
            try:
                since = read(str(body["from"])) if "from" in body else world.now()
            except ValueError as error:
                raise BadRequest(str(error)) from error
            agreements.publish(world, since)
    versions = list(world.table("agreement_versions").values())
    return json_response({"rank": agreements.rank(world, world.now()), "versions": versions})


def _customer_id(world: World, body: dict[str, Any]) -> str:
    name = str(body.get("domain", "")).lower()
    name = name if "." in name else f"{name}.onmicrosoft.com"
    found = str(world.table("onmicrosoft").get(name, {}).get("customer_id", ""))
    if found not in world.table("customers"):
        raise BadRequest(f"no customer has the domain {name}")
    return found


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


def sign_ins(request: Request, world: World) -> Response:
    """The rules for refresh tokens; POST changes some, and `{"revoke": true}` ends all tokens."""
    if request.method == "POST":
        wanted = json_body(request)
        if wanted.pop("revoke", False):
            refresh.revoke(world)
        if set(wanted) - set(refresh.POLICY):
            raise BadRequest(f"revoke, {', '.join(refresh.POLICY)}")
        with world.change():
            world.table("settings")["tokens"] = {**refresh.policy(world), **wanted}
    return json_response(refresh.policy(world))


RULES = [
    rule("GET POST", "/_sandbox/tokens", sign_ins),
    rule("POST", "/_sandbox/relationships/accept", accept),
    rule("POST", "/_sandbox/relationships/attach", attach),
    rule("POST", "/_sandbox/seats", seats),
    rule("GET POST", "/_sandbox/agreements", agreement),
    rule("POST", "/_sandbox/gdap/approve", approve),
    rule("GET PUT", "/_sandbox/partners", partners),
    rule("GET POST", "/_sandbox/webhooks", deliveries),
]
