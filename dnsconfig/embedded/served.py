"""One zone as an authoritative server knows it (RFC 1034 §4.3.2, RFC 4592, RFC 6672). Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.name import Name
from dns.rdatatype import RdataType
from dns.rdtypes.ANY.CNAME import CNAME
from dns.rrset import RRset

from dnsconfig.records import Record

MOST_ALIASES = 8


@dataclass
class Found:
    """What a zone says. No answer although it `exists` is "no data"; `cut`: ask these servers."""

    answer: list[RRset] = field(default_factory=list)
    exists: bool = True
    cut: RRset | None = None
    is_whole: bool = False
    """The wanted type was found, or the aliases lead out of the zone."""


class ServedZone:
    """All records of a zone; the SOA is among them. Only what is asked for is parsed."""

    def __init__(self, name: str, records: Iterable[Record]) -> None:
        self.origin = dns.name.from_text(name)
        self._nodes: dict[Name, dict[RdataType, list[Record]]] = {}
        for record in records:
            kind = dns.rdatatype.from_text(record.type)
            node = self._nodes.setdefault(dns.name.from_text(record.name), {})
            node.setdefault(kind, []).append(record)
        for owner in list(self._nodes):  # what has something below it exists, too
            while owner != self.origin:
                owner = owner.parent()
                self._nodes.setdefault(owner, {})

    @property
    def soa(self) -> RRset:
        return _rrset(self.origin, self._nodes[self.origin][RdataType.SOA])

    @property
    def negative(self) -> RRset:
        """The SOA with the TTL that a "no" has (RFC 2308 §3)."""
        soa = self.soa
        return dns.rrset.from_rdata(self.origin, min(soa.ttl, soa[0].minimum), soa[0])

    def rrsets(self) -> Iterator[RRset]:
        """All of it; the SOA is left out."""
        for owner, node in self._nodes.items():
            kept = (records for kind, records in node.items() if kind != RdataType.SOA)
            yield from (_rrset(owner, records) for records in kept)

    def addresses(self, host: Name) -> list[RRset]:
        """Glue: also of hosts below a cut."""
        node = self._nodes.get(host, {})
        kinds = (kind for kind in (RdataType.A, RdataType.AAAA) if kind in node)
        return [_rrset(host, node[kind]) for kind in kinds]

    def find(self, name: Name, kind: RdataType) -> Found:
        """Answer for a name at or below the origin, following aliases inside the zone."""
        answer: list[RRset] = []
        seen: set[Name] = set()
        for _ in range(MOST_ALIASES):
            seen.add(name)
            found = self._at(name, kind)
            answer += found.answer
            target = _target(found.answer, kind)
            if target is None:
                return Found(answer, found.exists, found.cut, found.is_whole)
            if not target.is_subdomain(self.origin) or target in seen:
                break
            name = target
        return Found(answer, is_whole=True)

    def _at(self, name: Name, kind: RdataType) -> Found:
        above = self._stop_above(name, kind)
        if above is not None:
            return above
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes.get(dns.name.Name((b"*",)) + self._closest(name))
        if node is None:
            return Found(exists=False)
        if kind == RdataType.ANY:
            return Found([_rrset(name, records) for records in node.values()], is_whole=True)
        records = node.get(RdataType.CNAME) or node.get(kind)
        return Found([_rrset(name, records)], is_whole=True) if records else Found()

    def _stop_above(self, name: Name, kind: RdataType) -> Found | None:
        """The topmost delegation at or above, or redirection (DNAME) above a name."""
        for owner in self._downwards(name):
            node = self._nodes.get(owner, {})
            is_cut = RdataType.NS in node and owner != self.origin
            if is_cut and not (owner == name and kind == RdataType.DS):
                return Found(cut=_rrset(owner, node[RdataType.NS]))
            if RdataType.DNAME in node and owner != name:
                return _redirected(_rrset(owner, node[RdataType.DNAME]), name)
        return None

    def _downwards(self, name: Name) -> list[Name]:
        owners = [name]
        while owners[-1] != self.origin:
            owners.append(owners[-1].parent())
        return owners[::-1]

    def _closest(self, name: Name) -> Name:
        while name not in self._nodes:
            name = name.parent()
        return name


def _target(answer: list[RRset], kind: RdataType) -> Name | None:
    """Where an alias leads that is not itself what was asked for."""
    if not answer or kind in (RdataType.CNAME, RdataType.ANY):
        return None
    last = answer[-1]
    target: Name | None = last[0].target if last.rdtype == RdataType.CNAME else None
    return target


def _redirected(dname: RRset, name: Name) -> Found:
    """RFC 6672 §3.1: the DNAME, and the alias made from it; too long a name is "no data"."""
    try:
        target = name.relativize(dname.name) + dname[0].target
    except dns.name.NameTooLong:
        return Found([dname], is_whole=True)
    alias = CNAME(dns.rdataclass.IN, RdataType.CNAME, target)  # type: ignore[no-untyped-call]
    return Found([dname, dns.rrset.from_rdata(name, dname.ttl, alias)], is_whole=True)


def _rrset(name: Name, records: list[Record]) -> RRset:
    """`name` is the one that was asked for, where a wildcard answers."""
    return dns.rrset.from_rdata_list(name, records[0].ttl, [each.rdata for each in records])
