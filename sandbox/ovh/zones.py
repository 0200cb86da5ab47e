"""The zones: whose they are, what is stored in them, what of it is served."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sandbox.dns import delegations
from sandbox.ovh import published
from sandbox.ovh.record_rules import checked, to_dns
from sandbox.ovh.refusal import conflict, no_service

if TYPE_CHECKING:
    from sandbox.table import Item, Table
    from sandbox.world import World

FIRST_RECORD = 5_390_038_375
"""Ids of records need more than 32 bits."""
FIRST_SERIAL = 2026010100
SERVERS = tuple(delegations.OVH)


def plant(
    world: World,
    name: str,
    *,
    owner: str,
    records: Iterable[Item] = (),
    delegated: bool = True,
    servers: dict[str, list[str]] | None = None,
) -> Item:
    """A new zone of an account with NS and A records of its own, served at once.

    `delegated`: the parent names OVH's servers, else another host's; `servers` (name to
    addresses) names others still.

    Raises:
        Refusal: 400 for a record that OVH does not take.
    """
    name = name.lower().rstrip(".")
    with world.change():
        world.table("ovh_zones")[name] = _new(world, name, owner)
        empty(world, name)
        put_all(world, name, [*defaults(), *records])
        publish(world, name)
        parents = delegations.OVH if delegated else delegations.ELSEWHERE
        delegations.put(world, name, servers or parents)
    return world.table("ovh_zones")[name]


def _new(world: World, name: str, owner: str) -> Item:
    soa = {
        "server": f"{SERVERS[0]}.",
        "email": "tech.ovh-sandbox.example.",
        "serial": FIRST_SERIAL,
        "refresh": 86400,
        "expire": 3600000,
        "nxDomainTtl": 60,
        "ttl": 3600,
    }
    return {
        "name": name,
        "owner": owner,
        "soa": soa,
        "lastUpdate": world.now().isoformat(timespec="seconds"),
        "dnssec": {"status": "disabled", "due": ""},
        "errors": [],
    }


def defaults(*, minimized: bool = False) -> list[Item]:
    """What a fresh zone holds."""
    servers = [{"fieldType": "NS", "target": f"{server}."} for server in SERVERS]
    web = [{"fieldType": "A", "target": "192.0.2.80"}, _www("A", "192.0.2.80")]
    return servers if minimized else [*servers, *web]


def _www(kind: str, target: str) -> Item:
    return {"fieldType": kind, "subDomain": "www", "target": target}


def owned(world: World, name: str, account: str) -> Item:
    """A zone of this account.

    Raises:
        Refusal: 404, the same for a zone of somebody else.
    """
    found = world.table("ovh_zones").get(name.lower())
    if not found or found["owner"] != account:
        raise no_service()
    return found


def stored(world: World, name: str) -> Table:
    """The zone's records by id, served or not."""
    return world.table(f"ovh_records/{name}")


def empty(world: World, name: str) -> None:
    """Delete all records of a zone; inside a change."""
    records = stored(world, name)
    for number in list(records):
        del records[number]


def put(world: World, zone: str, members: Item) -> Item:
    """Store a new record whose members are checked; inside a change."""
    counter = world.table("ovh_counters").setdefault("record", {"last": FIRST_RECORD - 1})
    counter["last"] += 1
    record = {"id": counter["last"], "zone": zone, **members}
    stored(world, zone)[str(record["id"])] = record
    return record


def put_all(world: World, zone: str, records: Iterable[Item]) -> None:
    """Check and store new records; inside a change."""
    for each in records:
        put(
            world,
            zone,
            checked(
                zone,
                each.get("fieldType"),
                each.get("subDomain"),
                each.get("target"),
                each.get("ttl"),
            ),
        )


def touch(world: World, zone: str) -> None:
    """Note that the zone changed; inside a change."""
    world.table("ovh_zones")[zone]["lastUpdate"] = world.now().isoformat(timespec="seconds")


def refresh(world: World, zone: str) -> None:
    """Serve what is stored; a zone that no server could load stays as it was served.

    Raises:
        Refusal: 409 while another refresh runs.
    """
    with world.change():
        if published.is_refreshing(world, zone):
            raise conflict("A refresh of this zone is already running")
        publish(world, zone)


def publish(world: World, zone: str) -> None:
    """Serve what is stored now, unless it is broken; inside a change."""
    item = world.table("ovh_zones")[zone]
    ttl = item["soa"]["ttl"]
    records = [to_dns(zone, each, default_ttl=ttl) for each in stored(world, zone).values()]
    item["errors"] = faults(zone, records)
    if item["errors"]:
        return
    item["soa"]["serial"] += 1
    published.publish(world, zone, item["soa"]["serial"], [soa_record(item), *_unique(records)])


def faults(zone: str, records: list[Item]) -> list[str]:
    """Why no name server would load these records."""
    found = []
    by_name: dict[str, list[str]] = {}
    for record in _unique(records):
        by_name.setdefault(record["name"], []).append(record["type"])
    for name, kinds in by_name.items():
        if "CNAME" in kinds and len(kinds) > 1:
            found.append(f"{name}: CNAME and other data")
    if "NS" not in by_name.get(zone, []):
        found.append(f"{zone}: has no NS records")
    return found


def _unique(records: list[Item]) -> list[Item]:
    """Duplicates are stored twice and served once."""
    return list({(r["name"], r["type"], r["value"]): r for r in records}.values())


def soa_record(item: Item) -> Item:
    """The SOA as it is served."""
    soa = item["soa"]
    numbers = (soa["serial"], soa["refresh"], 3600, soa["expire"], soa["nxDomainTtl"])
    value = f"{soa['server']} {soa['email']} {' '.join(map(str, numbers))}"
    return {"name": item["name"], "type": "SOA", "ttl": soa["ttl"], "value": value}


def state(world: World) -> dict[str, list[Item]]:
    """Zone to the records that are served, without SOA; for the control API."""
    shown: dict[str, list[Item]] = {}
    for name in world.table("ovh_zones"):
        snapshot = published.served(world, name)
        records: list[Any] = snapshot["records"] if snapshot else []
        shown[name] = [record for record in records if record["type"] != "SOA"]
    return shown
