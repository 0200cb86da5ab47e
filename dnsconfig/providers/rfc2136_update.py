"""An edit as update messages (RFC 2136), guarded by what was stored. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import dns.exception
import dns.name
import dns.rdata
import dns.rrset
import dns.update

from dnsconfig.edits import Edit
from dnsconfig.names import is_within
from dnsconfig.providers import rfc2136_errors as errors
from dnsconfig.providers.base import Outcome, Written
from dnsconfig.records import IN, Record, Snapshot, of_rdata, plain_name

TYPES = frozenset(
    "A AAAA CAA CNAME HTTPS MX NAPTR NS PTR SRV SSHFP SVCB TLSA TXT".split()  # noqa: SIM905
)

SERVERS_OWN = frozenset(
    "RRSIG NSEC NSEC3 NSEC3PARAM DNSKEY CDS CDNSKEY ZONEMD TYPE65534".split()  # noqa: SIM905
)
"""What a server that signs makes by itself (65534 is BIND's note of what is left to sign)."""

BIGGEST = 60_000
"""Bytes of one message; TCP takes 65,535, and the signature needs some."""


def found(
    zone: str, rrsets: Iterable[dns.rrset.RRset], *, names: frozenset[str] | None
) -> Snapshot:
    """What a transfer shows, or what of it is at `names`, without what signing has added.

    A prerequisite must name a record as it is stored, so a value that is not stored in its
    canonical form (capitals, another split of a TXT) has its own text in `id`, one per line.
    """
    texts: dict[Record, list[str]] = {}
    for rrset in rrsets:
        name = plain_name(rrset.name.to_text())
        if not is_within(name, zone) or (names is not None and name not in names):
            continue
        for rdata in rrset:
            record = of_rdata(name, rdata, rrset.ttl)
            if record.type not in SERVERS_OWN:
                texts.setdefault(record, []).append(rdata.to_text())
    return Snapshot.of(zone, (_as_stored(record, text) for record, text in texts.items()))


def joined(edit: Edit, stored: Snapshot) -> Edit:
    """The same with the TTL that each RRset will have, because it has only one.

    A new record takes that of the records it joins. An edit that changes the TTL of one record
    changes all of its RRset.
    """
    ttls = {rrset: _ttl(rrset, edit, stored) for rrset in edit.rrsets}
    return Edit(edit.removes, tuple(replace(r, ttl=ttls[r.name, r.type]) for r in edit.adds))


def check(edit: Edit, stored: Snapshot) -> None:
    """Raises Refused for what must not be sent.

    BIND and Knot would leave an alias beside other data out without a word.
    """
    zone = stored.zone
    for record in (*edit.removes, *edit.adds):
        if not is_within(record.name, zone):
            raise errors.impossible(errors.OUTSIDE, "outside", record)
        if record.type == "SOA" or (record.type == "NS" and record.name == zone):
            raise errors.impossible(errors.APEX, "apex", record)
        if record.type in SERVERS_OWN:
            raise errors.impossible(errors.SIGNATURES, "type", record)
    after = edit.after(stored)
    for record in edit.adds:
        here = after.at(record.name)
        if len(here) > 1 and any(each.type == "CNAME" for each in here):
            raise errors.impossible(errors.BESIDE_ALIAS, "alias", record)


def messages(edit: Edit, stored: Snapshot) -> Iterator[dns.update.UpdateMessage]:
    """One message; several, each with whole names, only where one would be too big.

    Raises Refused when a single name is too big.
    """
    message = _message(edit, stored)
    if _fits(message):
        yield message
        return
    names = edit.names
    if len(names) == 1:
        raise errors.impossible(errors.TOO_BIG, "size", names[0])
    half = len(names) // 2
    for part in (names[:half], names[half:]):
        yield from messages(_at(edit, frozenset(part)), stored)


def results(edit: Edit, todo: Edit, after: Snapshot) -> tuple[Written, ...]:
    """What became of each record; `after` is what the server shows now."""
    ttls = {record: record.ttl for record in after.records}
    sent, gone = frozenset(todo.adds), frozenset(todo.removes)

    def outcome(was_sent: bool, is_done: bool) -> Outcome:
        if not was_sent:
            return Outcome.ALREADY
        return Outcome.WRITTEN if is_done else Outcome.NOT_TAKEN

    removed = [
        Written(r, outcome(r in gone, ttls.get(r) != r.ttl), is_removal=True) for r in edit.removes
    ]
    return (*removed, *(Written(r, outcome(r in sent, ttls.get(r) == r.ttl)) for r in edit.adds))


def _message(edit: Edit, stored: Snapshot) -> dns.update.UpdateMessage:
    """Deletions first: what comes may need the name that they free."""
    message = dns.update.UpdateMessage(_name(stored.zone))
    for name in edit.names:
        _require(message, name, edit, stored)
    for record in edit.removes:
        message.delete(_name(record.name), *_rdatas(record))
    for record in edit.adds:
        message.add(_name(record.name), record.ttl, *_rdatas(record))
    return message


def _require(message: dns.update.UpdateMessage, name: str, edit: Edit, stored: Snapshot) -> None:
    """Every touched RRset is as it was stored; so is the whole name where an alias comes, and no
    alias has come where data does.
    """
    kinds = {kind for at, kind in edit.rrsets if at == name}
    if any(record.type == "CNAME" for record in edit.adds if record.name == name):
        if not stored.at(name):
            message.absent(_name(name))
            return
        kinds |= TYPES | {record.type for record in stored.at(name)}
    for kind in sorted(kinds | {"CNAME"}):
        records = stored.at(name, kind)
        if records:
            message.present(_name(name), *(rdata for r in records for rdata in _rdatas(r)))
        else:
            message.absent(_name(name), kind)


def _ttl(rrset: tuple[str, str], edit: Edit, stored: Snapshot) -> int:
    adds = [record for record in edit.adds if (record.name, record.type) == rrset]
    replaced = [record for record in adds if record in edit.removes]
    staying = [r for r in stored.at(*rrset) if r not in edit.removes and r not in adds]
    return next((record.ttl for record in (*replaced, *staying, *adds)), 0)


def _as_stored(record: Record, texts: list[str]) -> Record:
    return record if texts == [record.target] else replace(record, id="\n".join(texts))


def _rdatas(record: Record) -> list[dns.rdata.Rdata]:
    if not record.id:
        return [record.rdata]
    return [dns.rdata.from_text(IN, record.type, text) for text in record.id.split("\n")]


def _at(edit: Edit, names: frozenset[str]) -> Edit:
    return Edit(
        tuple(record for record in edit.removes if record.name in names),
        tuple(record for record in edit.adds if record.name in names),
    )


def _fits(message: dns.update.UpdateMessage) -> bool:
    try:
        message.to_wire(max_size=BIGGEST)
    except dns.exception.TooBig:
        return False
    return True


def _name(name: str) -> dns.name.Name:
    return dns.name.from_text(name + ".")
