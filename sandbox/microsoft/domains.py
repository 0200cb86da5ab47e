"""Graph: the domains of a customer's tenant; needs a token of that tenant and a role in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from werkzeug import Response

from sandbox.answers import json_response
from sandbox.dns import lookup
from sandbox.microsoft import gdap, owned
from sandbox.microsoft.domain_records import all_records, services, verification
from sandbox.microsoft.graph_door import GraphCall, graph, listing
from sandbox.microsoft.refusal import odata

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

NAME = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
DOMAIN_ADMINISTRATOR = "8329153b-31d0-4727-b945-745eb3bc5f31"
COMPANY_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
READERS = (
    "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
    "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
)


def _tenant(call: GraphCall, *, writes: bool) -> str:
    """The tenant of the token, where a role lets the provider in.

    Raises:
        Refusal: 403 Authorization_RequestDenied.
    """
    accepted = {DOMAIN_ADMINISTRATOR, COMPANY_ADMINISTRATOR, *(() if writes else READERS)}
    tenant = call.token.tenant
    if call.is_provider or not gdap.roles(call.world, tenant) & accepted:
        text = "Insufficient privileges to complete the operation."
        raise odata(403, "Authorization_RequestDenied", text)
    return tenant


def _of_tenant(world: World, tenant: str) -> list[Item]:
    return [_initial(world, tenant), *owned.of(world, "domains", tenant)]


def _initial(world: World, tenant: str) -> Item:
    name = world.table("customers")[tenant]["domain"].lower()
    return {"name": name, "tenant": tenant, "verified": True, "initial": True, "services": {}}


def _find(world: World, tenant: str, name: str) -> Item:
    wanted = name.lower()
    found = world.table("domains").get(f"{tenant}/{wanted}")
    initial = _initial(world, tenant)
    if not found and wanted != initial["name"]:
        text = f"Resource '{name}' does not exist or one of its queried properties is missing."
        raise odata(404, "Request_ResourceNotFound", text)
    return found or initial


def view(world: World, found: Item) -> Item:
    """A domain; the initial one is the default while no other was made so."""
    others = owned.of(world, "domains", found["tenant"])
    is_default = found.get("default", False)
    if found.get("initial"):
        is_default = not any(each.get("default") for each in others)
    parents = [each["name"] for each in others if each["name"] != found["name"]]
    return {
        "id": found["name"],
        "authenticationType": "Managed",
        "availabilityStatus": None,
        "isAdminManaged": True,
        "isDefault": is_default,
        "isInitial": bool(found.get("initial")),
        "isRoot": not any(found["name"].endswith(f".{name}") for name in parents),
        "isVerified": found["verified"],
        "supportedServices": services(found),
        "passwordValidityPeriodInDays": None,
        "passwordNotificationWindowInDays": None,
        "state": None,
    }


def list_all(call: GraphCall) -> Response:
    """All domains of the tenant."""
    tenant = _tenant(call, writes=False)
    return listing([view(call.world, each) for each in _of_tenant(call.world, tenant)], "domains")


def get(call: GraphCall, name: str) -> Response:
    """One domain."""
    tenant = _tenant(call, writes=False)
    return json_response(view(call.world, _find(call.world, tenant, name)))


def add(call: GraphCall) -> Response:
    """Add a domain, unverified; one below a verified domain of the tenant is verified at once."""
    tenant, world = _tenant(call, writes=True), call.world
    name = str(call.body().get("id", "")).lower().rstrip(".")
    if not NAME.fullmatch(name) or name.endswith((".onmicrosoft.com", ".invalid")):
        raise odata(400, "Request_BadRequest", "The domain name is not valid.")
    with world.change():
        known = _of_tenant(world, tenant)
        if any(each["name"] == name for each in known):
            text = "Another object with the same value for property id already exists."
            raise odata(409, "Request_MultipleObjectsWithSameKeyValue", text)
        parents = [each["name"] for each in known if each["verified"]]
        found: Item = {
            "id": f"{tenant}/{name}",
            "name": name,
            "tenant": tenant,
            "verified": any(name.endswith(f".{parent}") for parent in parents),
            "default": False,
            "services": {},
        }
        owned.add(world, "domains", tenant, found)
        shown = view(world, found)
    return json_response(shown, 201)


def verification_records(call: GraphCall, name: str) -> Response:
    """The TXT record that proves ownership, and the MX that would do instead."""
    found = _find(call.world, _tenant(call, writes=False), name)
    return listing(verification(found), f"domains('{name}')/verificationDnsRecords")


def verify(call: GraphCall, name: str) -> Response:
    """Look for the record in the zone's own servers, now."""
    tenant, world = _tenant(call, writes=True), call.world
    found = _find(world, tenant, name)
    if not found["verified"]:
        _prove(world, found)
    with world.change():
        if not found.get("initial"):
            world.table("domains")[f"{tenant}/{found['name']}"]["verified"] = True
        shown = view(world, _find(world, tenant, name))
    return json_response(shown)


def _prove(world: World, found: Item) -> None:
    other = next(
        (
            d
            for d in world.table("domains").values()
            if d["name"] == found["name"] and d["verified"]
        ),
        None,
    )
    if other:
        text = f"The domain {found['name']} is verified in another tenant."
        raise odata(400, "Request_BadRequest", text)
    wanted = verification(found)[0]["text"]
    if wanted not in lookup.txt(world, found["name"]):
        text = f"Domain verification failed: the record {wanted} was not found in the DNS."
        raise odata(400, "Request_BadRequest", text)


def change(call: GraphCall, name: str) -> Response:
    """Services and default; of verified domains only."""
    tenant, world, body = _tenant(call, writes=True), call.world, call.body()
    with world.change():
        found = _find(world, tenant, name)
        if not found["verified"]:
            raise odata(400, "Request_BadRequest", "The domain is not verified.")
        wanted = body.get("supportedServices")
        if wanted is not None:
            due, known = world.due("service_records"), found["services"]
            found["services"] = {str(each): known.get(str(each), due) for each in wanted}
        if body.get("isDefault"):
            for each in owned.of(world, "domains", tenant):
                each["default"] = each["name"] == found["name"]
    return Response(status=204)


def service_records(call: GraphCall, name: str) -> Response:
    """The records of the enabled services; `Unavailable` for a moment after enabling."""
    found = _find(call.world, _tenant(call, writes=False), name)
    if not found["verified"]:
        raise odata(400, "Request_BadRequest", "The domain is not verified.")
    records = all_records(call.world, found)
    return listing(records, f"domains('{name}')/serviceConfigurationRecords")


def remove(call: GraphCall, name: str) -> Response:
    """Take a domain out of the tenant."""
    tenant, world = _tenant(call, writes=True), call.world
    with world.change():
        found = _find(world, tenant, name)
        if found.get("initial"):
            raise odata(400, "Request_BadRequest", "The initial domain cannot be removed.")
        del world.table("domains")[found["id"]]
        index = world.table("domains_of")[tenant]
        index["ids"] = [each for each in index["ids"] if each != found["id"]]
    return Response(status=204)


ONE = "/domains/<name>"
RULES = [
    graph("GET", "/domains", list_all),
    graph("POST", "/domains", add),
    graph("GET", ONE, get),
    graph("PATCH", ONE, change),
    graph("DELETE", ONE, remove),
    graph("GET", f"{ONE}/verificationDnsRecords", verification_records),
    graph("POST", f"{ONE}/verify", verify),
    graph("GET", f"{ONE}/serviceConfigurationRecords", service_records),
]
