"""Reads and writes the records of an own zone: each write is one transaction under its lock."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q

from common.errors import NotFound, Refused, Stale
from dnsconfig.edits import Edit
from dnsconfig.embedded import words
from dnsconfig.embedded.models import OwnRecord, OwnZone
from dnsconfig.embedded.rules import Clash, check_record, check_together, check_value, next_serial
from dnsconfig.records import Record, Snapshot
from journal import services as journal
from journal.people import PORTAL, By

NOTIFY = "dns.notify"


def zone_of(*, account_id: int, name: str) -> OwnZone:
    """Raises NotFound, for another account's zone too."""
    zone = OwnZone.objects.filter(account_id=account_id, name=name).first()
    if zone is None:
        raise NotFound(f"{name} is not here", code="zone")
    return zone


def snapshot(zone: OwnZone, names: Collection[str] | None = None) -> Snapshot:
    """What is stored, with the SOA and NS that are made; of some names, or all."""
    rows = zone.records.all()
    wanted = rows if names is None else rows.filter(name__in=names)
    made = zone.apex if names is None or zone.name in names else ()
    return Snapshot.of(zone.name, (*made, *(row.record for row in wanted)))


@transaction.atomic
def write(
    *, account_id: int, name: str, edit: Edit, stored: Snapshot | None = None, by: By = PORTAL
) -> Edit:
    """Carry an edit out, or nothing of it; returns what was left to do.

    `stored`: what the zone must still look like at the touched RRsets. Raises NotFound, Stale
    where it does not, and Refused for what may not stand in the zone.
    """
    zone = OwnZone.objects.select_for_update().filter(account_id=account_id, name=name).first()
    if zone is None:
        raise NotFound(f"{name} is not here", code="zone")
    found = snapshot(zone, edit.names)
    if stored is not None and _guarded(found, edit) != _guarded(stored, edit):
        raise Stale(f"{name} has changed since it was read", code="stale")
    todo = edit.left_to_do(found)
    if todo:
        try:
            _check(todo, found)
        except Clash as error:
            raise Refused(words.clash(error), code=error.code) from error
        _replace(zone, todo)
        publish(zone, by)
    return todo


def publish(zone: OwnZone, by: By) -> None:
    """A new serial, and word to the secondaries after the commit. The row is locked."""
    zone.serial = next_serial(zone.serial)
    zone.save(update_fields=["serial"])
    notify(zone, by)


def notify(zone: OwnZone, by: By) -> None:
    """Tell the secondaries of this serial after the commit."""
    if not zone.secondaries:
        return
    journal.ask(
        kind=NOTIFY,
        account_id=zone.account_id,
        subject=zone.key,
        params={"zone": zone.pk, "name": zone.name, "serial": zone.serial},
        by=by,
    )


def _guarded(seen: Snapshot, edit: Edit) -> frozenset[tuple[Record, int]]:
    """The touched RRsets, and the aliases that could not stand beside them."""
    watched = [
        record
        for name, kind in edit.rrsets
        for record in (seen.at(name) if kind == "CNAME" else seen.at(name, kind, "CNAME"))
    ]
    return frozenset((record, record.ttl) for record in watched if record.type != "SOA")


def _check(todo: Edit, found: Snapshot) -> None:
    """Raises Clash."""
    for record in (*todo.adds, *todo.removes):
        check_record(record, found.zone)
        check_value(record)
    check_together(todo.adds, found.zone)
    after = todo.after(found)
    lives = _lives(todo.adds)
    made_even = (
        Record(r.name, r.type, r.value, lives.get((r.name, r.type), r.ttl)) for r in after.records
    )
    check_together(made_even, found.zone)


def _replace(zone: OwnZone, todo: Edit) -> None:
    gone = Q(pk__in=[])
    for record in (*todo.removes, *todo.adds):
        gone |= Q(name=record.name, type=record.type, value=record.value)
    zone.records.filter(gone).delete()
    for (name, kind), ttl in _lives(todo.adds).items():
        zone.records.filter(name=name, type=kind).exclude(ttl=ttl).update(ttl=ttl)
    add_records(zone, dict.fromkeys(todo.adds))


def add_records(zone: OwnZone, records: Iterable[Record]) -> None:
    """Rows for records that were checked."""
    rows = [
        OwnRecord(zone=zone, name=r.name, type=r.type, value=r.value, ttl=r.ttl) for r in records
    ]
    OwnRecord.objects.bulk_create(rows, batch_size=1000)


def _lives(adds: Iterable[Record]) -> dict[tuple[str, str], int]:
    """The TTL that each RRset takes from what comes."""
    return {(record.name, record.type): record.ttl for record in adds}
