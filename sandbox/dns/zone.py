"""One zone as a name server knows it (RFC 1034 §4.3.2, RFC 2308, RFC 4592). No sockets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.name import Name
from dns.rdatatype import RdataType
from dns.rrset import RRset

CNAME, NS, SOA = RdataType.CNAME, RdataType.NS, RdataType.SOA
ADDRESSES = (RdataType.A, RdataType.AAAA)
MOST_ALIASES = 8


@dataclass
class Found:
    """What a zone says to one question.

    `referral`: the servers of a zone below, which know better. `exists`: there is something at
    the name, or below it. An empty `answer` with `exists` is "no data".
    """

    answer: list[RRset] = field(default_factory=list)
    referral: RRset | None = None
    exists: bool = True


class Zone:
    """RRsets at and below an origin; the origin must have an SOA."""

    def __init__(self, origin: Name, rrsets: Iterable[RRset]) -> None:
        self.origin = origin
        self._nodes: dict[Name, dict[RdataType, RRset]] = {}
        self._cuts: set[Name] = set()
        for rrset in rrsets:
            self._nodes.setdefault(rrset.name, {})[rrset.rdtype] = rrset
            if rrset.rdtype == NS and rrset.name != origin:
                self._cuts.add(rrset.name)
        # Names that only have something below them exist too (empty non-terminals).
        for name in list(self._nodes):
            while name != origin:
                name = name.parent()
                self._nodes.setdefault(name, {})

    @property
    def soa(self) -> RRset:
        """The SOA, with the TTL that negative answers have."""
        soa = self._nodes[self.origin][SOA]
        return dns.rrset.from_rdata_list(soa.name, min(soa.ttl, soa[0].minimum), list(soa))

    def rrset(self, name: Name, kind: RdataType) -> RRset | None:
        """The RRset of exactly this name and type."""
        return self._nodes.get(name, {}).get(kind)

    def addresses(self, name: Name) -> list[RRset]:
        """What is known here of a host's addresses; also below a cut, as glue."""
        found = (self.rrset(name, kind) for kind in ADDRESSES)
        return [rrset for rrset in found if rrset is not None]

    def ask(self, name: Name, kind: RdataType) -> Found:
        """Answer a question about a name at or below the origin, following aliases inside."""
        answer: list[RRset] = []
        for _ in range(MOST_ALIASES):
            found = self._ask(name, kind)
            answer += found.answer
            alias = found.answer[0] if found.answer else None
            if alias is None or alias.rdtype != CNAME or kind in (CNAME, RdataType.ANY):
                break
            name = alias[0].target
            if not name.is_subdomain(self.origin):
                break
        return Found(answer, found.referral, found.exists)

    def _ask(self, name: Name, kind: RdataType) -> Found:
        cut = self._cut_above(name)
        if cut is not None and not (cut == name and kind == RdataType.DS):
            return Found(referral=self._nodes[cut][NS])
        if name in self._nodes:
            return Found(_pick(self._nodes[name], kind, name))
        wildcard = dns.name.Name((b"*",)) + self._closest(name)
        if wildcard in self._nodes:
            return Found(_pick(self._nodes[wildcard], kind, name))
        return Found(exists=False)

    def _cut_above(self, name: Name) -> Name | None:
        """The topmost cut at or above a name."""
        below: list[Name] = []
        while name != self.origin:
            below.append(name)
            name = name.parent()
        return next((each for each in reversed(below) if each in self._cuts), None)

    def _closest(self, name: Name) -> Name:
        while name not in self._nodes:
            name = name.parent()
        return name


def _pick(node: dict[RdataType, RRset], kind: RdataType, name: Name) -> list[RRset]:
    if kind == RdataType.ANY:
        picked = list(node.values())
    elif CNAME in node:
        picked = [node[CNAME]]
    else:
        picked = [node[kind]] if kind in node else []
    return [dns.rrset.from_rdata_list(name, rrset.ttl, list(rrset)) for rrset in picked]
