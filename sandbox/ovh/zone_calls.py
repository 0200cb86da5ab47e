"""`/domain` and `/domain/zone`: zones as wholes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.ovh import history, published, zone_file, zones
from sandbox.ovh.door import Call, ovh
from sandbox.ovh.refusal import Refusal, bad_request, conflict, no_service

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

NUMBERS = ("refresh", "expire", "nxDomainTtl", "ttl")
RESETTABLE = ("A", "MX")


def listing(call: Call) -> list[str]:
    """The account's zones."""
    table = call.world.table("ovh_zones")
    return sorted(name for name, zone in table.items() if zone["owner"] == call.account)


def get(call: Call, zone: str) -> Item:
    """One zone; its name servers are OVH's, whatever the parent says."""
    item = _owned(call, zone)
    return {
        "name": item["name"],
        "nameServers": list(zones.SERVERS),
        "lastUpdate": item["lastUpdate"],
        "hasDnsAnycast": False,
        "dnssecSupported": True,
        "iam": None,
    }


def refresh(call: Call, zone: str) -> None:
    """Serve what is stored."""
    item = _owned(call, zone)
    zones.refresh(call.world, item["name"])
    with call.world.change():
        history.keep(call.world, item["name"])


def status(call: Call, zone: str) -> Item:
    """Whether the servers could load the zone at its last refresh."""
    item = _owned(call, zone)
    running = published.is_refreshing(call.world, item["name"])
    return {
        "isDeployed": not item["errors"] and not running,
        "errors": item["errors"],
        "warnings": [],
    }


def export(call: Call, zone: str) -> str:
    """The stored records as text, refreshed or not."""
    item = _owned(call, zone)
    return zone_file.export(item, zones.stored(call.world, item["name"]).values())


def soa(call: Call, zone: str) -> Item:
    """The SOA and the zone's default TTL."""
    return dict(_owned(call, zone)["soa"])


def change_soa(call: Call, zone: str) -> None:
    """Other times, server or mail address; the serial is OVH's business."""
    name, body = _owned(call, zone)["name"], call.body()
    for member in NUMBERS:
        value = body.get(member, 60)
        if not isinstance(value, int) or value < 60:
            raise bad_request(f"[{member}] Given data ({value}) is not valid for type long")
    wanted = {key: body[key] for key in (*NUMBERS, "server", "email") if key in body}
    with call.world.change():
        call.world.table("ovh_zones")[name]["soa"] |= wanted
        zones.touch(call.world, name)


def reset(call: Call, zone: str) -> None:
    """Back to what a fresh zone holds, with the given A and MX at the apex."""
    name, body = _owned(call, zone)["name"], call.body()
    given = body.get("DnsRecords") or []
    for each in given:
        if not isinstance(each, dict) or each.get("fieldType") not in RESETTABLE:
            raise bad_request("[DnsRecords] Given data is not valid")
    kinds = {each["fieldType"] for each in given}
    fresh = zones.defaults(minimized=bool(body.get("minimized")))
    kept = [each for each in fresh if each["fieldType"] not in kinds or "subDomain" in each]
    with call.world.change():
        zones.empty(call.world, name)
        zones.put_all(call.world, name, [*kept, *given])
        zones.publish(call.world, name)


def dnssec(call: Call, zone: str) -> Item:
    """Whether the zone is signed; the sandbox only plays the states."""
    found = _owned(call, zone)["dnssec"]
    moving = found["status"].endswith("InProgress") and call.world.is_past(found["due"])
    ended = {"enableInProgress": "enabled", "disableInProgress": "disabled"}
    return {"status": ended[found["status"]] if moving else found["status"]}


def sign(call: Call, zone: str) -> None:
    """Begin to sign."""
    _set_dnssec(call, zone, wanted="enabled", step="enableInProgress")


def unsign(call: Call, zone: str) -> None:
    """Stop signing."""
    _set_dnssec(call, zone, wanted="disabled", step="disableInProgress")


def _set_dnssec(call: Call, zone: str, *, wanted: str, step: str) -> None:
    if dnssec(call, zone)["status"] in (wanted, step):
        raise conflict(f"DNSSEC is already {wanted}")
    with call.world.change():
        item = call.world.table("ovh_zones")[zone.lower()]
        item["dnssec"] = {"status": step, "due": call.world.due("zone_task")}


def capabilities(call: Call, zone: str) -> Item:
    """What else the zone can do."""
    _owned(call, zone)
    return {"dynHost": False}


def name_servers(call: Call, zone: str) -> None:
    """OVH hosts these zones, but is not their registrar."""
    raise no_service()


def plant(request: Request, world: World) -> Response:
    """Control: a new zone `{name, owner, records, delegated, servers}`, or one planted anew."""
    body: Any = request.get_json(force=True)
    try:
        made = zones.plant(
            world,
            str(body["name"]),
            owner=str(body.get("owner", "nw12345-ovh")),
            records=body.get("records", []),
            delegated=bool(body.get("delegated", True)),
            servers=body.get("servers"),
        )
    except Refusal as refusal:
        return refusal.response()
    except (KeyError, TypeError) as error:
        return bad_request(f"Missing or wrong: {error}").response()
    return json_response(made, 201)


def _owned(call: Call, zone: str) -> Item:
    return zones.owned(call.world, zone, call.account)


ONE = "/domain/zone/<zone>"
RULES = [
    ovh("GET", "/domain", listing),
    ovh("GET", "/domain/<zone>/nameServer", name_servers),
    ovh("GET", "/domain/zone", listing),
    ovh("GET", ONE, get),
    ovh("POST", f"{ONE}/refresh", refresh),
    ovh("GET", f"{ONE}/status", status),
    ovh("GET", f"{ONE}/export", export),
    ovh("GET", f"{ONE}/soa", soa),
    ovh("PUT", f"{ONE}/soa", change_soa),
    ovh("POST", f"{ONE}/reset", reset),
    ovh("GET", f"{ONE}/dnssec", dnssec),
    ovh("POST", f"{ONE}/dnssec", sign),
    ovh("DELETE", f"{ONE}/dnssec", unsign),
    ovh("GET", f"{ONE}/capabilities", capabilities),
    rule("POST", "/_sandbox/zones", plant),
]
