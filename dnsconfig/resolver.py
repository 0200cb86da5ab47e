"""Asks the DNS itself: from the roots down, one server at a time, nothing cached elsewhere.

Public resolvers may answer from a cache; what an authoritative server says decides.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.rdatatype
import dns.rrset
from django.conf import settings

from dnsconfig.records import Record, of_rdata, plain_name

ROOT_HINTS = (
    "198.41.0.4",
    "170.247.170.2",
    "192.33.4.12",
    "199.7.91.13",
    "192.203.230.10",
    "192.5.5.241",
    "192.112.36.4",
    "198.97.190.53",
    "192.36.148.17",
    "192.58.128.30",
    "193.0.14.129",
    "199.7.83.42",
    "202.12.27.33",
)
"""a to m.root-servers.net (IANA, named.root)."""

_SILENT = "no answer"
_ROUNDS = 2
"""UDP loses packets: who was silent is asked once more."""
_MOST_REFERRALS = 20
_MOST_ALIASES = 8
_DEEPEST = 4
"""How far addresses of name servers may depend on other name servers."""


class Unanswered(Exception):
    """No server gave a usable answer in time: nothing can be told."""


@dataclass(frozen=True)
class Server:
    """A name server and where it listens; no address when its name has none."""

    name: str
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Delegation:
    """What the parent says: the apex of the zone and its servers."""

    zone: str
    servers: tuple[Server, ...]


@dataclass(frozen=True)
class Answer:
    """An authoritative answer. `rcode` is `NOERROR` or `NXDOMAIN`."""

    rcode: str
    records: tuple[Record, ...]
    delegation: Delegation | None = field(default=None, compare=False)

    def of(self, kind: str) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.type == kind)


@dataclass(frozen=True)
class Told:
    """What one authoritative server says; `error` is empty when it answered."""

    server: Server
    address: str
    records: tuple[Record, ...] = ()
    error: str = ""

    @property
    def is_answered(self) -> bool:
        return not self.error


class Resolver:
    """`timeout`: seconds per question; `lifetime`: seconds for all that one call may ask."""

    def __init__(
        self,
        roots: Sequence[str] = (),
        *,
        port: int = 53,
        timeout: float = 2.0,
        lifetime: float = 10.0,
    ) -> None:
        self._roots = (Server(".", tuple(roots) or ROOT_HINTS),)
        self._port = port
        self._timeout = timeout
        self._lifetime = lifetime

    def lookup(self, name: str, kind: str) -> Answer:
        """Follow the delegations, and aliases at the end. Raises Unanswered."""
        return self._lookup(plain_name(name), kind, self._deadline(), 0)

    def delegation(self, name: str) -> Delegation | None:
        """The deepest zone holding `name` that a parent delegates, its servers dead or alive.

        Raises Unanswered where the parents cannot be asked.
        """
        name, found = plain_name(name), None
        try:
            for _reply, named in self._descend(name, "NS", self._deadline(), 0):
                found = named
        except Unanswered:
            if found is None or found.zone != name:
                raise
        return found

    def ask_all(self, servers: Iterable[Server], name: str, kind: str) -> list[Told]:
        """Ask each address of each server the same question."""
        return [
            told for server in servers for told in self._ask_server(server, plain_name(name), kind)
        ]

    def accepts_mail(self, domain: str) -> bool | None:
        """Whether mail can be delivered (RFC 5321 §5.1, RFC 7505); None: cannot tell."""
        try:
            exchanges = self.lookup(domain, "MX").of("MX")
            if exchanges:
                return all(record.value.split(" ")[1] != "." for record in exchanges)
            return any(self.lookup(domain, kind).of(kind) for kind in ("A", "AAAA"))
        except Unanswered:
            return None

    def _deadline(self) -> float:
        return time.monotonic() + self._lifetime

    def _lookup(self, name: str, kind: str, deadline: float, depth: int) -> Answer:
        records: list[Record] = []
        for _ in range(_MOST_ALIASES):
            answer = self._walk(name, kind, deadline, depth)
            records += answer.records
            alias = _last_alias(answer, name, kind)
            if alias is None:
                return Answer(answer.rcode, tuple(records), answer.delegation)
            name = alias
        raise Unanswered(f"{name}: too many aliases")

    def _walk(self, name: str, kind: str, deadline: float, depth: int) -> Answer:
        reply, found = list(self._descend(name, kind, deadline, depth))[-1]
        return Answer(dns.rcode.to_text(reply.rcode()), _records(reply.answer), found)

    def _descend(
        self, name: str, kind: str, deadline: float, depth: int
    ) -> Iterator[tuple[dns.message.Message, Delegation | None]]:
        """Each reply from the roots to the servers that answer for `name`, and who was named."""
        servers: tuple[Server, ...] = self._roots
        found: Delegation | None = None
        for _ in range(_MOST_REFERRALS):
            known = found.zone if found else ""
            reply = self._ask_any(servers, name, kind, known, deadline)
            referral = _referral(reply, name, known)
            if referral is not None:
                found = self._with_addresses(referral, deadline, depth)
                servers = found.servers
            yield reply, found
            if referral is None or reply.flags & dns.flags.AA:
                return
        raise Unanswered(f"{name}: too many referrals")

    def _with_addresses(self, found: Delegation, deadline: float, depth: int) -> Delegation:
        """Servers without glue are looked up, as deep as is reasonable."""
        if depth >= _DEEPEST:
            return found
        servers = []
        for server in found.servers:
            addresses = server.addresses or self._addresses(server.name, deadline, depth + 1)
            servers.append(Server(server.name, addresses))
        return Delegation(found.zone, tuple(servers))

    def _addresses(self, name: str, deadline: float, depth: int) -> tuple[str, ...]:
        try:
            found = self._lookup(name, "A", deadline, depth).of("A")
        except Unanswered:
            return ()
        return tuple(record.value for record in found)

    def _ask_any(
        self, servers: tuple[Server, ...], name: str, kind: str, known: str, deadline: float
    ) -> dns.message.Message:
        """The first reply that answers or leads further down. Raises Unanswered."""
        addresses = [address for server in servers for address in server.addresses]
        for _ in range(_ROUNDS):
            silent = []
            for address in addresses:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                reply = self._ask(address, name, kind, min(self._timeout, left))
                if not isinstance(reply, str) and _is_usable(reply, name, known):
                    return reply
                if reply == _SILENT:
                    silent.append(address)
            addresses = silent
        raise Unanswered(f"{name} {kind}")

    def _ask_server(self, server: Server, name: str, kind: str) -> Iterator[Told]:
        if not server.addresses:
            yield Told(server, "", error="no address")
        for address in server.addresses:
            reply = self._ask(address, name, kind, self._timeout)
            if isinstance(reply, str):
                yield Told(server, address, error=reply)
            elif not reply.flags & dns.flags.AA:
                yield Told(server, address, error="not authoritative")
            else:
                yield Told(server, address, _records(reply.answer))

    def _ask(self, address: str, name: str, kind: str, timeout: float) -> dns.message.Message | str:
        """UDP, then TCP for what does not fit. A text instead of a reply says what went wrong."""
        query = dns.message.make_query(name + ".", kind, use_edns=0, payload=1232)
        query.flags &= ~dns.flags.RD
        try:
            reply, _ = dns.query.udp_with_fallback(query, address, timeout, self._port)
        except dns.exception.Timeout:
            return _SILENT
        except (dns.exception.DNSException, OSError, EOFError) as error:
            return type(error).__name__
        if reply.rcode() not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
            return dns.rcode.to_text(reply.rcode())
        return reply


def _is_usable(reply: dns.message.Message, name: str, known: str) -> bool:
    """A lame server neither answers for the zone nor leads further down."""
    return bool(reply.flags & dns.flags.AA) or _referral(reply, name, known) is not None


def _records(section: list[dns.rrset.RRset]) -> tuple[Record, ...]:
    return tuple(of_rdata(str(s.name), rdata, s.ttl) for s in section for rdata in s)


def _referral(reply: dns.message.Message, name: str, known: str) -> Delegation | None:
    """The delegation that a reply names, if it leads further down towards `name`."""
    for rrset in [*reply.answer, *reply.authority]:
        owner = plain_name(str(rrset.name))
        leads_down = name == owner or name.endswith("." + owner) or not owner
        if rrset.rdtype != dns.rdatatype.NS or not leads_down or len(owner) <= len(known):
            continue
        servers = [plain_name(str(ns.target)) for ns in rrset]
        return Delegation(owner, tuple(Server(s, _glue(reply, s)) for s in sorted(servers)))
    return None


def _glue(reply: dns.message.Message, server: str) -> tuple[str, ...]:
    return tuple(
        record.value
        for record in _records(reply.additional)
        if record.type == "A" and record.name == server
    )


def _last_alias(answer: Answer, name: str, kind: str) -> str | None:
    """Where the aliases end when the wanted type is not in the answer yet."""
    if kind == "CNAME" or answer.of(kind):
        return None
    aliases = {record.name: plain_name(record.value) for record in answer.of("CNAME")}
    at = name
    while at in aliases:
        at = aliases.pop(at)
    return at if at != name else None


def configured(*, lifetime: float = 10.0) -> Resolver:
    """The resolver of the settings: the internet's roots, or the sandbox's."""
    return Resolver(settings.DNS_ROOTS, port=settings.DNS_PORT, lifetime=lifetime)


def accepts_mail(domain: str) -> bool | None:
    """A live check, at most three seconds; None: cannot tell."""
    return configured(lifetime=3.0).accepts_mail(domain)
