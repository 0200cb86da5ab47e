"""How one wanted record meets what is there: the rules of coexistence, mail and SPF. Pure."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from dnsconfig import spf
from dnsconfig.records import Record, Snapshot


class Reason(StrEnum):
    """Why a record is added, kept or in conflict; people read it through `dnsconfig.words`."""

    MISSING = "missing"

    SAME = "same"
    OTHER_PRIORITY = "other_priority"
    INCLUDED = "included"
    OUTDATED = "outdated"

    NULL_MX = "null_mx"
    OTHER_MX = "other_mx"
    GATEWAY_MX = "gateway_mx"
    OLD_MX = "old_mx"
    SPF_WITHOUT = "spf_without"
    SPF_BROKEN = "spf_broken"
    SPF_TWICE = "spf_twice"
    CNAME_HERE = "cname_here"
    CNAME_TWICE = "cname_twice"
    OTHER_CNAME = "other_cname"
    DATA_HERE = "data_here"
    APEX_CNAME = "apex_cname"
    OTHER_SRV = "other_srv"
    DELEGATED = "delegated"


Verdict = tuple[Reason, tuple[Record, ...]]

ADD = frozenset({Reason.MISSING})
KEEP = frozenset({Reason.SAME, Reason.OTHER_PRIORITY, Reason.INCLUDED, Reason.OUTDATED})

_SIGNATURES = ("RRSIG", "NSEC", "NSEC3", "DNSKEY", "CDS", "CDNSKEY")
_PARKED_MX = ".msv1.invalid."
_MICROSOFT_MX = re.compile(
    r"\.(mail\.protection\.outlook\.com|mail\.eo\.outlook\.com|mx\.microsoft)\.$"
)
_GATEWAYS = re.compile(
    r"\.(mimecast\.com|mimecast\.co\.za|ppe-hosted\.com|pphosted\.com|barracudanetworks\.com"
    r"|hornetsecurity\.com|antispamcloud\.com|sophos\.com|messagelabs\.com)\.$"
)
"""Filters in front of Exchange: replacing them would send mail around them."""

_OUTDATED_TARGETS = {
    "enterpriseenrollment-s.manage.microsoft.com.": "enterpriseenrollment.manage.microsoft.com.",
}
"""Still works, but asks people to confirm."""


def judge(record: Record, wanted: Iterable[Record], existing: Snapshot) -> Verdict:
    """What to do about one wanted record; `found` is what is kept or what stands in the way."""
    cut = _delegation_above(record.name, existing)
    if cut:
        return Reason.DELEGATED, cut
    if record.type == "CNAME":
        return _cname(record, existing)
    aliases = existing.at(record.name, "CNAME")
    if aliases:
        return Reason.CNAME_HERE, aliases
    if record.type == "MX":
        return _mx(record, wanted, existing)
    if record.type == "SRV":
        return _srv(record, wanted, existing)
    return _txt(record, existing)


def neighbours(record: Record, existing: Snapshot) -> tuple[Record, ...]:
    """The records that decide about this one: its RRset, an alias, and all where it is an alias."""
    if record.type == "CNAME":
        here = _data(record.name, existing)
    else:
        here = existing.at(record.name, record.type, "CNAME")
    return here + _delegation_above(record.name, existing)


def cautions(
    adds: tuple[Record, ...], wanted: tuple[Record, ...], existing: Snapshot
) -> Iterator[tuple[str, str]]:
    """(code, name) of what a person should know and that stops nothing."""
    for name in dict.fromkeys(record.name for record in adds):
        wildcard = _wildcard_over(name, existing)
        if wildcard:
            yield "hides_wildcard", wildcard
    for name in dict.fromkeys(r.name for r in wanted if r.type == "MX"):
        if any(r.type == "MX" for r in adds) and existing.at("_mta-sts." + name, "TXT"):
            yield "mta_sts", "_mta-sts." + name
    msoid = "msoid." + existing.zone
    if existing.at(msoid, "CNAME"):
        yield "msoid", msoid


def _cname(record: Record, existing: Snapshot) -> Verdict:
    if record.name == existing.zone:
        return Reason.APEX_CNAME, existing.at(record.name)
    aliases = existing.at(record.name, "CNAME")
    others = tuple(r for r in _data(record.name, existing) if r.type != "CNAME")
    if len(aliases) > 1:
        return Reason.CNAME_TWICE, aliases
    if others:
        return Reason.DATA_HERE, aliases + others
    if not aliases:
        return Reason.MISSING, ()
    if aliases[0] == record:
        return Reason.SAME, aliases
    if _OUTDATED_TARGETS.get(record.value) == aliases[0].value:
        return Reason.OUTDATED, aliases
    return Reason.OTHER_CNAME, aliases


def _mx(record: Record, wanted: Iterable[Record], existing: Snapshot) -> Verdict:
    """Microsoft wants to be the only MX; its verification MX may stay at a worse number."""
    allowed = frozenset(wanted)
    preference, host = _mx_parts(record)
    there = existing.at(record.name, "MX")
    same_host = tuple(r for r in there if _mx_parts(r)[1] == host)
    strangers = tuple(
        r
        for r in there
        if r not in allowed and r not in same_host and not _is_parked(r, preference)
    )
    if strangers:
        return exchange_conflict(strangers), strangers
    if record in there:
        return Reason.SAME, (record,)
    if same_host:
        return Reason.OTHER_PRIORITY, same_host
    return Reason.MISSING, ()


def foreign_exchanges(there: tuple[Record, ...]) -> tuple[Record, ...]:
    """MX records that lead to somebody else than Microsoft."""
    return tuple(
        record
        for record in there
        if not _MICROSOFT_MX.search(record.value) and not _is_parked(record, best=0)
    )


def exchange_conflict(strangers: tuple[Record, ...]) -> Reason:
    """Why these MX records are in the way of Microsoft's."""
    hosts = [_mx_parts(r)[1] for r in strangers]
    if "." in hosts:
        return Reason.NULL_MX
    if any(_GATEWAYS.search(host) for host in hosts):
        return Reason.GATEWAY_MX
    if any(_MICROSOFT_MX.search(host) for host in hosts):
        return Reason.OLD_MX
    return Reason.OTHER_MX


def _mx_parts(record: Record) -> tuple[int, str]:
    preference, host = record.value.split(" ")
    return int(preference), host


def _is_parked(record: Record, best: int) -> bool:
    preference, host = _mx_parts(record)
    return host.endswith(_PARKED_MX) and preference > best


def _srv(record: Record, wanted: Iterable[Record], existing: Snapshot) -> Verdict:
    there = existing.at(record.name, "SRV")
    allowed = frozenset(wanted)
    strangers = tuple(r for r in there if r not in allowed)
    if strangers:
        return Reason.OTHER_SRV, strangers
    return (Reason.SAME, (record,)) if record in there else (Reason.MISSING, ())


def _txt(record: Record, existing: Snapshot) -> Verdict:
    there = existing.at(record.name, "TXT")
    if spf.is_spf(record.value):
        return _spf(record, tuple(r for r in there if spf.is_spf(r.value)))
    return (Reason.SAME, (record,)) if record in there else (Reason.MISSING, ())


def _spf(record: Record, there: tuple[Record, ...]) -> Verdict:
    """One name has one SPF record; ours is there when all its includes are."""
    if not there:
        return Reason.MISSING, ()
    if len(there) > 1:
        return Reason.SPF_TWICE, there
    if there[0] == record:
        return Reason.SAME, there
    try:
        present = spf.parse(there[0].value).includes
    except spf.SpfError:
        return Reason.SPF_BROKEN, there
    if spf.parse(record.value).includes <= present:
        return Reason.INCLUDED, there
    return Reason.SPF_WITHOUT, there


def _data(name: str, existing: Snapshot) -> tuple[Record, ...]:
    """All at the name but what signing adds by itself."""
    return tuple(r for r in existing.at(name) if r.type not in _SIGNATURES)


def _delegation_above(name: str, existing: Snapshot) -> tuple[Record, ...]:
    """NS at or above the name, below the apex, or a DNAME above: records there are not seen."""
    for ancestor in ancestors(name, existing.zone):
        kinds = ("NS",) if ancestor == name else ("NS", "DNAME")
        found = existing.at(ancestor, *kinds)
        if found:
            return found
    return existing.at(existing.zone, "DNAME") if name != existing.zone else ()


def ancestors(name: str, zone: str) -> Iterator[str]:
    """The name itself and those above it, the zone's apex excluded."""
    while name != zone and name.endswith("." + zone):
        yield name
        name = name.partition(".")[2]


def _wildcard_over(name: str, existing: Snapshot) -> str:
    """The wildcard that answers for this name as long as nothing is there, or nothing."""
    if existing.at(name) or existing.has_below(name):
        return ""
    for ancestor in ancestors(name.partition(".")[2], existing.zone):
        if existing.at("*." + ancestor):
            return "*." + ancestor
        if existing.at(ancestor) or existing.has_below(ancestor):
            return ""
    return "*." + existing.zone if existing.at("*." + existing.zone) else ""
