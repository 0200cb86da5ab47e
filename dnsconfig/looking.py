"""Looks at a zone from outside, at every server that its parent or the zone itself names."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import dns.message
import dns.rdatatype
from dns.rdtypes.ANY.DS import DS
from dns.rdtypes.ANY.SOA import SOA

from dnsconfig.records import Record, plain_name
from dnsconfig.resolver import Problem, Resolver, Server, Unanswered, wire
from dnsconfig.seen import RecordSeen, ServerSeen, Standing, ZoneSeen
from dnsconfig.signatures import Broken, Chain, Keys, broken_at, ds_of, prove_keys


def look(
    zone: str, records: Iterable[Record], *, resolver: Resolver, absent: Iterable[Record] = ()
) -> ZoneSeen:
    """Ask each server for each record, and for each that must be gone; check the signatures.

    Raises Unanswered where the parents do not answer.
    """
    found = resolver.delegation(zone)
    if found is None or found.zone != plain_name(zone):
        return ZoneSeen(zone, None)
    ds = _ds(found.zone, resolver)
    asker = _Asker(resolver, found.zone, ds or (), tuple(records), tuple(absent))
    servers = [resolver.all_addresses(server) for server in found.servers]
    seen = [asker.see(server, is_delegated=True) for server in servers]
    parent = {server.name for server in servers}
    strangers = [resolver.find(name) for name in sorted(asker.own_servers - parent)]
    seen += [asker.see(server, is_delegated=False) for server in strangers]
    chain, broken = _chain(ds, seen)
    return ZoneSeen(
        found.zone,
        found,
        tuple(sorted(asker.own_servers)),
        chain,
        broken,
        asker.negative_ttl,
        tuple(seen),
    )


def _ds(zone: str, resolver: Resolver) -> tuple[DS, ...] | None:
    """None: the parent did not tell."""
    try:
        return ds_of(zone, resolver.ask_parent(zone, "DS"))
    except Unanswered:
        return None


def _chain(ds: tuple[DS, ...] | None, seen: Sequence[ServerSeen]) -> tuple[Chain, Broken | None]:
    """One server whose answers do not validate is enough for some resolvers to fail."""
    if ds is None:
        return Chain.UNKNOWN, None
    if not ds:
        return Chain.UNSIGNED, None
    told = [one for one in seen if one.is_delegated and not one.problem]
    broken = next((one.broken for one in told if one.broken), None)
    if broken:
        return Chain.BOGUS, broken
    return (Chain.SIGNED if told else Chain.UNKNOWN), None


@dataclass
class _Asker:
    """The questions, and what the servers have told of the zone itself."""

    resolver: Resolver
    zone: str
    ds: tuple[DS, ...]
    records: tuple[Record, ...]
    absent: tuple[Record, ...]
    own_servers: set[str] = field(default_factory=set)
    negative_ttl: int = 0

    def see(self, server: Server, *, is_delegated: bool) -> ServerSeen:
        asked = [self._ask_address(address) for address in server.addresses]
        counted = [one for one in asked if one.counts] or asked
        problems = [one.problem for one in counted] or [Problem.NO_ADDRESS]
        serials = [one.serial for one in counted if one.serial is not None]
        return ServerSeen(
            server.name,
            server.addresses,
            max(problems, key=list(Problem).index),
            tuple(sorted({one.error for one in asked if one.error})) or _no_address(server),
            min(serials, default=None),
            tuple(self._worst(number, counted) for number in range(len(self._wanted))),
            next((one.broken for one in counted if one.broken), None),
            is_delegated,
        )

    @property
    def _wanted(self) -> list[tuple[Record, bool]]:
        return [(r, False) for r in self.records] + [(r, True) for r in self.absent]

    def _worst(self, number: int, asked: Sequence["_Asked"]) -> RecordSeen:
        record = self._wanted[number][0]
        standings = [one.standings[number] for one in asked] or [Standing.UNTOLD]
        order = [Standing.PUBLISHED, Standing.UNTOLD, Standing.MISSING, Standing.STILL_THERE]
        return RecordSeen(record, max(standings, key=order.index))

    def _ask_address(self, address: str) -> "_Asked":
        """The zone itself first: who does not answer for it is asked nothing else."""
        asked = _Asked(address, [Standing.UNTOLD] * len(self._wanted))
        start = self._question(asked, self.zone, "SOA")
        if start is None:
            return asked
        self._note_start(asked, start)
        named = self._question(asked, self.zone, "NS")
        if named is not None:
            told = wire.records(named.answer)
            self.own_servers |= {plain_name(r.value) for r in told if r.type == "NS"}
        keys = self._keys(asked)
        if keys:
            asked.broken = broken_at(self.zone, "SOA", start, keys, now=time.time())
        for number, (record, must_go) in enumerate(self._wanted):
            reply = self._question(asked, record.name, record.type)
            if reply is None:
                return asked
            is_there = record in wire.records(reply.answer)
            asked.standings[number] = _standing(is_there, must_go)
            if keys and not asked.broken:
                asked.broken = broken_at(record.name, record.type, reply, keys, now=time.time())
        return asked

    def _keys(self, asked: "_Asked") -> Keys | None:
        """Of a zone that the parent calls signed."""
        if not self.ds:
            return None
        reply = self._question(asked, self.zone, "DNSKEY")
        if reply is None:
            return None
        return prove_keys(self.zone, self.ds, reply, now=time.time())

    def _note_start(self, asked: "_Asked", reply: dns.message.Message) -> None:
        for rrset in reply.answer:
            if rrset.rdtype == dns.rdatatype.SOA and isinstance(rrset[0], SOA):
                asked.serial = rrset[0].serial
                self.negative_ttl = min(rrset.ttl, rrset[0].minimum)

    def _question(self, asked: "_Asked", name: str, kind: str) -> dns.message.Message | None:
        """None, and the reason noted, without an authoritative answer."""
        reply = self.resolver.ask(asked.address, name, kind, want_dnssec=bool(self.ds))
        if not isinstance(reply, str) and wire.is_authoritative(reply):
            return reply
        asked.error = reply if isinstance(reply, str) else wire.LAME
        return None


@dataclass
class _Asked:
    """One address."""

    address: str
    standings: list[Standing]
    error: str = ""
    serial: int | None = None
    broken: Broken | None = None

    @property
    def problem(self) -> Problem:
        return wire.problem_of(self.error)

    @property
    def counts(self) -> bool:
        """An IPv6 address without an answer may only be out of reach from here."""
        away = self.problem in (Problem.SILENT, Problem.UNREACHABLE)
        return not (":" in self.address and away)


def _standing(is_there: bool, must_go: bool) -> Standing:
    if must_go:
        return Standing.STILL_THERE if is_there else Standing.PUBLISHED
    return Standing.PUBLISHED if is_there else Standing.MISSING


def _no_address(server: Server) -> tuple[str, ...]:
    return () if server.addresses else (wire.NO_ADDRESS,)
