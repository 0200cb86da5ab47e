"""What OVH's name servers serve: the zone as it was at a refresh, a little later on the second."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World


def publish(world: World, zone: str, serial: int, records: list[Item]) -> None:
    """Serve these records (`{name, type, ttl, value}`, SOA included); inside a change."""
    table = world.table("ovh_published")
    late = served(world, zone, is_late=True)
    kept = [each for each in table.get(zone, {}).get("snapshots", []) if not _is_older(each, late)]
    new = {"at": world.due("zone_refresh"), "serial": serial, "records": records}
    table[zone] = {"zone": zone, "snapshots": [*kept, new]}


def served(world: World, zone: str, *, is_late: bool = False) -> Item | None:
    """The newest snapshot that has reached the server; None for a zone that none has."""
    lag = timedelta(seconds=world.delays.get("dns_lag", 0) if is_late else 0)
    now = world.real_now()
    found: Item | None = None
    for each in world.table("ovh_published").get(zone, {}).get("snapshots", []):
        if datetime.fromisoformat(each["at"]) + lag <= now:
            found = each
    return found


def is_refreshing(world: World, zone: str) -> bool:
    """Whether a refresh has not reached the first server yet."""
    snapshots = world.table("ovh_published").get(zone, {}).get("snapshots", [])
    return bool(snapshots) and not world.is_past(snapshots[-1]["at"])


def _is_older(snapshot: Item, than: Item | None) -> bool:
    return than is not None and bool(snapshot["at"] < than["at"])
