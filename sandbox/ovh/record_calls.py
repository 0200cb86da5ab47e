"""`/domain/zone/{zone}/record`: one record at a time, stored and not yet served."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.ovh import quirks, zones
from sandbox.ovh.door import Call, ovh
from sandbox.ovh.record_rules import checked, cut
from sandbox.ovh.refusal import bad_request, no_object

if TYPE_CHECKING:
    from sandbox.table import Item, Table

FIXED = ("id", "zone", "fieldType")


def listing(call: Call, zone: str) -> list[int]:
    """Ids; `fieldType` filters by type, `subDomain` by name, where `%` is any text."""
    records = _records(call, zone)
    kind, name = call.request.args.get("fieldType"), call.request.args.get("subDomain")
    return [
        record["id"]
        for record in records.values()
        if (not kind or _is_like(record["fieldType"], kind))
        and (name is None or _is_like(record["subDomain"], name.lower()))
    ]


def _is_like(value: str, pattern: str) -> bool:
    parts = (re.escape(part) for part in pattern.split("%"))
    return re.fullmatch(".*".join(parts), value, re.IGNORECASE) is not None


def create(call: Call, zone: str) -> Item:
    """Never replaces: the same record twice is two records."""
    _records(call, zone)
    body, zone = call.body(), zone.lower()
    members = checked(
        zone, call.wanted("fieldType"), body.get("subDomain"), body.get("target"), body.get("ttl")
    )
    with call.world.change():
        if members["fieldType"] == "TXT" and quirks.strikes(call.world, "cut"):
            members["target"] = cut(members["target"])
        record = zones.put(call.world, zone, members)
        zones.touch(call.world, zone)
        if quirks.strikes(call.world, "forgotten"):
            del zones.stored(call.world, zone)[str(record["id"])]
        return {**record, "id": 0} if quirks.strikes(call.world, "zero_id") else record


def get(call: Call, zone: str, number: int) -> Item:
    """One record."""
    return _record(_records(call, zone), number)


def change(call: Call, zone: str, number: int) -> None:
    """Other name, target or TTL; members that cannot change may be sent as they are."""
    old, body, zone = _record(_records(call, zone), number), call.body(), zone.lower()
    altered = [name for name in FIXED if name in body and body[name] != old[name]]
    if altered:
        raise bad_request(f"Try to alter read-only properties: {', '.join(altered)}")
    merged = {**old, **{name: value for name, value in body.items() if name in old}}
    members = checked(zone, old["fieldType"], merged["subDomain"], merged["target"], merged["ttl"])
    with call.world.change():
        if not quirks.strikes(call.world, "forgotten"):
            _record(zones.stored(call.world, zone), number).update(members)
        zones.touch(call.world, zone)


def delete(call: Call, zone: str, number: int) -> None:
    """Gone from what is stored; served until the next refresh."""
    _record(_records(call, zone), number)
    with call.world.change():
        if not quirks.strikes(call.world, "forgotten"):
            zones.stored(call.world, zone.lower()).pop(str(number), None)
        zones.touch(call.world, zone.lower())


def _records(call: Call, zone: str) -> Table:
    zones.owned(call.world, zone, call.account)
    return zones.stored(call.world, zone.lower())


def _record(records: Table, number: int) -> Item:
    try:
        return records[str(number)]
    except KeyError:
        raise no_object() from None


RULES = [
    ovh("GET", "/domain/zone/<zone>/record", listing),
    ovh("POST", "/domain/zone/<zone>/record", create),
    ovh("GET", "/domain/zone/<zone>/record/<int:number>", get),
    ovh("PUT", "/domain/zone/<zone>/record/<int:number>", change),
    ovh("DELETE", "/domain/zone/<zone>/record/<int:number>", delete),
]
