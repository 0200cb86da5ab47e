"""What lies around a name: delegations, wildcards, signatures. Pure."""

from collections.abc import Iterable

from dnsconfig.plan.values import ancestors
from dnsconfig.records import Record, Snapshot

SIGNATURES = ("RRSIG", "NSEC", "NSEC3", "DNSKEY", "CDS", "CDNSKEY")


def data_at(name: str, existing: Snapshot) -> tuple[Record, ...]:
    """All at the name but what signing adds by itself."""
    return tuple(r for r in existing.at(name) if r.type not in SIGNATURES)


def delegation_above(name: str, existing: Snapshot) -> tuple[Record, ...]:
    """NS at or above the name, below the apex, or a DNAME above: records there are not seen."""
    for ancestor in ancestors(name, existing.zone):
        kinds = ("NS",) if ancestor == name else ("NS", "DNAME")
        found = existing.at(ancestor, *kinds)
        if found:
            return found
    return existing.at(existing.zone, "DNAME") if name != existing.zone else ()


def wildcard_over(name: str, existing: Snapshot) -> str:
    """The wildcard that answers for this name as long as nothing is there, or nothing."""
    if existing.at(name) or existing.has_below(name):
        return ""
    for ancestor in ancestors(name.partition(".")[2], existing.zone):
        if existing.at("*." + ancestor):
            return "*." + ancestor
        if existing.at(ancestor) or existing.has_below(ancestor):
            return ""
    return "*." + existing.zone if existing.at("*." + existing.zone) else ""


def touched(
    wanted: Iterable[Record], found: Iterable[Record], existing: Snapshot
) -> tuple[Record, ...]:
    """The records that decide about the wanted ones, and about those that could go."""
    records = [r for record in wanted for r in _deciding(record, existing)]
    records += [r for record in found for r in existing.at(record.name, record.type)]
    return tuple(dict.fromkeys(records))


def _deciding(record: Record, existing: Snapshot) -> tuple[Record, ...]:
    """The RRset, an alias at the name, all where an alias is wanted, and delegations above."""
    if record.type == "CNAME":
        here = data_at(record.name, existing)
    else:
        here = existing.at(record.name, record.type, "CNAME")
    return here + delegation_above(record.name, existing)
