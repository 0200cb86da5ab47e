"""Earlier states of a zone, and the tasks that bring a zone to another state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.ovh import zone_file, zones
from sandbox.ovh.door import Call, ovh
from sandbox.ovh.refusal import no_object

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

POINTS_KEPT = 20


def keep(world: World, zone: str) -> None:
    """A restore point of what is stored; inside a change."""
    points = world.table(f"ovh_history/{zone}")
    at = world.now().isoformat(timespec="milliseconds")
    text = zone_file.export(
        world.table("ovh_zones")[zone], list(zones.stored(world, zone).values())
    )
    points[at] = {"at": at, "text": text}
    for old in list(points)[:-POINTS_KEPT]:
        del points[old]


def listing(call: Call, zone: str) -> list[str]:
    """Dates of the restore points, newest first."""
    return list(call.world.table(f"ovh_history/{_name(call, zone)}"))[::-1]


def get(call: Call, zone: str, date: str) -> Item:
    """One restore point; its file is a data URL, there is no file host."""
    point = _point(call, zone, date)
    return {"creationDate": point["at"], "zoneFileUrl": f"data:text/plain,{point['text']}"}


def restore(call: Call, zone: str, date: str) -> Item:
    """The whole zone as it was then, under new ids, served at once."""
    point = _point(call, zone, date)
    return _replace(call, _name(call, zone), point["text"], "ZoneRestore")


def take(call: Call, zone: str) -> Item:
    """The records of a zone file instead of all that is stored, served at once."""
    name = _name(call, zone)
    return _replace(call, name, str(call.wanted("zoneFile")), "ZoneImport")


def _replace(call: Call, zone: str, text: str, function: str) -> Item:
    found, world = zone_file.read(text, zone), call.world
    with world.change():
        zones.empty(world, zone)
        zones.put_all(world, zone, found)
        zones.publish(world, zone)
        keep(world, zone)
        tasks = world.table("ovh_tasks")
        number = 700_000_001 + len(tasks)
        now = world.now().isoformat(timespec="seconds")
        task = {"id": number, "zone": zone, "function": function, "at": now}
        tasks[str(number)] = {**task, "due": world.due("zone_task")}
    return _shown(world, tasks[str(number)])


def tasks(call: Call, zone: str) -> list[int]:
    """Ids of the zone's tasks; `function` and `status` filter."""
    name, args = _name(call, zone), call.request.args
    found = [t for t in call.world.table("ovh_tasks").values() if t["zone"] == name]
    shown = [_shown(call.world, each) for each in found]
    return [
        each["id"]
        for each in shown
        if all(args.get(key) in (None, "", each[key]) for key in ("function", "status"))
    ]


def task(call: Call, zone: str, number: int) -> Item:
    """One task."""
    found = call.world.table("ovh_tasks").get(str(number))
    if not found or found["zone"] != _name(call, zone):
        raise no_object()
    return _shown(call.world, found)


def _shown(world: World, found: Item) -> Item:
    is_done = world.is_past(found["due"])
    return {
        "id": found["id"],
        "function": found["function"],
        "status": "done" if is_done else "doing",
        "comment": None,
        "canAccelerate": False,
        "canCancel": False,
        "canRelaunch": False,
        "creationDate": found["at"],
        "todoDate": found["at"],
        "doneDate": found["at"] if is_done else None,
        "lastUpdate": found["at"],
    }


def _name(call: Call, zone: str) -> str:
    return str(zones.owned(call.world, zone, call.account)["name"])


def _point(call: Call, zone: str, date: str) -> Item:
    found = call.world.table(f"ovh_history/{_name(call, zone)}").get(date)
    if not found:
        raise no_object()
    return found


ONE = "/domain/zone/<zone>"
RULES = [
    ovh("POST", f"{ONE}/import", take),
    ovh("GET", f"{ONE}/history", listing),
    ovh("GET", f"{ONE}/history/<date>", get),
    ovh("POST", f"{ONE}/history/<date>/restore", restore),
    ovh("GET", f"{ONE}/task", tasks),
    ovh("GET", f"{ONE}/task/<int:number>", task),
]
