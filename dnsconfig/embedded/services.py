"""Use cases of own zones. Page, REST and tests make the same calls."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection as database
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account
from common.errors import Refused
from common.refusals import Impossible
from dnsconfig import words
from dnsconfig.edits import Edit
from dnsconfig.embedded import words as own_words
from dnsconfig.embedded import writing
from dnsconfig.embedded.models import PROVIDER, OwnRecord, OwnZone
from dnsconfig.embedded.rules import Clash, check_record, check_together, next_serial
from dnsconfig.embedded.wishes import Wish
from dnsconfig.embedded.zonefile import BadZoneFile, Imported, read
from dnsconfig.models import Domain, ZoneConnection
from dnsconfig.names import BadName, clean_domain, is_within
from dnsconfig.records import Record
from journal import services as journal
from journal.people import By

MOST_RECORDS = 20_000
_CREATING = 0x0DC5
"""An advisory lock: names above and below each other cannot be made unique by an index."""


@dataclass(frozen=True)
class Created:
    """A new zone, and what of its zone file was left out."""

    zone: OwnZone
    outside: int = 0
    signatures: int = 0


@transaction.atomic
def create_zone(*, account: Account, wish: Wish, by: By) -> Created:
    """Open a zone, filled from a zone file if one is given. Raises Impossible.

    The account's own zones become one of its connections. That the name is its own nobody checks
    here: only the delegation by the parent proves it.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    name = _free_name(account, wish.name)
    imported = _imported(wish.zone_text, name)
    lost = _without_address(wish.name_servers, imported.records, name)
    if lost:
        text = _("%(server)s is inside the zone: the zone file must hold its address.")
        raise Impossible(text % {"server": lost}, field="name_servers", code="glue")
    zone = OwnZone.objects.create(
        account=account,
        name=name,
        name_servers=list(wish.name_servers),
        secondaries=list(wish.secondaries),
        tsig_name=wish.tsig_name,
        tsig_secret=wish.tsig_secret or None,
        **_numbers(imported),
    )
    writing.add_records(zone, imported.records)
    _list_zones(account)
    _record(zone, "ownzone.created", by, records=len(imported.records))
    writing.notify(zone, by)
    return Created(zone, imported.outside, imported.signatures)


@transaction.atomic
def change_zone(*, zone: OwnZone, wish: Wish, by: By) -> OwnZone:
    """Other servers, or another key; a key of the same name keeps its secret. Raises Impossible."""
    zone = OwnZone.objects.select_for_update().get(pk=zone.pk)
    inside = zone.records.filter(name__in=wish.name_servers, type__in=["A", "AAAA"])
    lost = _without_address(wish.name_servers, [row.record for row in inside], zone.name)
    if lost:
        text = _("%(server)s is inside the zone: add its address to the records first.")
        raise Impossible(text % {"server": lost}, field="name_servers", code="glue")
    zone.name_servers = list(wish.name_servers)
    zone.secondaries = list(wish.secondaries)
    zone.tsig_name = wish.tsig_name
    if wish.tsig_secret or not wish.tsig_name:
        zone.tsig_secret = wish.tsig_secret or None
    zone.save()
    _record(zone, "ownzone.changed", by)
    writing.publish(zone, by)
    return zone


@transaction.atomic
def delete_zone(*, zone: OwnZone, by: By) -> None:
    """Forget a zone and its records. Raises Impossible while a domain is configured in it."""
    Account.objects.select_for_update().get(pk=zone.account_id)
    zone = OwnZone.objects.select_for_update().get(pk=zone.pk)
    used = Domain.objects.filter(
        connection__account_id=zone.account_id, connection__provider=PROVIDER, zone=zone.name
    )
    if used.exists():
        raise Impossible(_("A domain of your services is configured in this zone."), code="used")
    _record(zone, "ownzone.deleted", by, records=zone.records.count())
    zone.delete()
    _list_zones(zone.account)


def add_record(*, zone: OwnZone, record: Record, by: By) -> None:
    """Put one record in; the others of its set take its TTL. Raises Impossible."""
    _write(zone, Edit(adds=(record,)), by)


def remove_record(*, row: OwnRecord, by: By) -> None:
    """Take one record out."""
    _write(row.zone, Edit(removes=(row.record,)), by)


def _write(zone: OwnZone, edit: Edit, by: By) -> None:
    try:
        writing.write(account_id=zone.account_id, name=zone.name, edit=edit, by=by)
    except Refused as error:
        raise Impossible(str(error), code=error.code) from error


def _free_name(account: Account, typed: str) -> str:
    """Raises Impossible for a name that another account has, or one above or below it."""
    try:
        name = clean_domain(typed)
    except BadName as error:
        raise Impossible(words.bad_name(error), field="name", code=error.code) from error
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CREATING])
    if account.own_zones.filter(name=name).exists():
        raise Impossible(_("You have this zone already."), field="name", code="exists")
    above = [name.split(".", depth)[-1] for depth in range(name.count(".") + 1)]
    others = OwnZone.objects.exclude(account=account)
    if others.filter(name__in=above).exists() or others.filter(name__endswith=f".{name}").exists():
        text = _("Another account has this zone, or one above or below it.")
        raise Impossible(text, field="name", code="taken")
    return name


def _imported(text: str, zone: str) -> Imported:
    """The records of a zone file, checked. Raises Impossible."""
    try:
        imported = read(text, zone)
        for record in imported.records:
            check_record(record, zone)
        check_together(imported.records, zone)
    except BadZoneFile as error:
        said = _("Line %(line)d: %(reason)s") % {"line": error.line, "reason": error.reason}
        raise Impossible(said, field="zone_text", code="zone_file") from error
    except Clash as error:
        raise Impossible(own_words.clash(error), field="zone_text", code=error.code) from error
    if len(imported.records) > MOST_RECORDS:
        text = _("At most %(most)d records can be kept in a zone.") % {"most": MOST_RECORDS}
        raise Impossible(text, field="zone_text", code="size")
    return imported


def _without_address(servers: Sequence[str], records: Sequence[Record], zone: str) -> str:
    """A server inside the zone whose address is not in it: nobody would find it."""
    known = {record.name for record in records if record.type in ("A", "AAAA")}
    return next((each for each in servers if is_within(each, zone) and each not in known), "")


def _numbers(imported: Imported) -> dict[str, Any]:
    """A new zone counts on from the clock: secondaries may know a former one of that name."""
    soa = imported.soa
    if soa is None:
        return {"serial": int(time.time())}
    names = ("refresh", "retry", "expire", "minimum")
    return {"serial": next_serial(soa.serial), **{name: getattr(soa, name) for name in names}}


def _list_zones(account: Account) -> None:
    """The account's own zones as one of its connections, so that domains find them."""
    connection = account.zone_connections.filter(provider=PROVIDER).first()
    if connection is None:
        connection = ZoneConnection.objects.create(
            account=account,
            provider=PROVIDER,
            label=_free_label(account),
            keys={"account": str(account.pk)},
        )
    connection.list_zones(sorted(account.own_zones.values_list("name", flat=True)))


def _free_label(account: Account) -> str:
    taken = set(account.zone_connections.values_list("label", flat=True))
    label = _("Own zones")
    return next(
        each
        for each in (label, *(f"{label} {n}" for n in range(2, len(taken) + 3)))
        if each not in taken
    )


def _record(zone: OwnZone, kind: str, by: By, **data: object) -> None:
    journal.record(
        kind=kind,
        account_id=zone.account_id,
        subject=zone.key,
        data={"zone": zone.name, **data},
        by=by,
    )
