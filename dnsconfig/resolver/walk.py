"""From the roots down to the servers that answer."""

import time
from collections.abc import Iterable, Iterator, Sequence

import dns.message
import dns.rcode

from dnsconfig.names import is_within
from dnsconfig.records import Record, plain_name
from dnsconfig.resolver import wire
from dnsconfig.resolver.values import Answer, Delegation, Server, Told, Unanswered

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

_ROUNDS = 2
"""UDP loses packets: who was silent is asked once more."""
_MOST_REFERRALS = 20
_MOST_ALIASES = 8
_DEEPEST = 4
"""How far addresses of name servers may depend on other name servers."""


class Resolver:
    """`timeout`: seconds per question; `lifetime`: seconds for all that one call may ask.

    Servers found on the way are remembered for as long as this object lives; `delegation` asks
    the parents anew. `ipv6`: whether this machine has a way to such addresses.
    """

    def __init__(
        self,
        roots: Sequence[str] = (),
        *,
        port: int = 53,
        timeout: float = 2.0,
        lifetime: float = 10.0,
        ipv6: bool = False,
    ) -> None:
        self._roots = (Server(".", tuple(roots) or ROOT_HINTS),)
        self._port = port
        self._timeout = timeout
        self._lifetime = lifetime
        self._ipv6 = ipv6
        self._cuts: dict[str, Delegation] = {}

    def lookup(self, name: str, kind: str) -> Answer:
        """Follow the delegations, and aliases at the end. Raises Unanswered."""
        return self._lookup(plain_name(name), kind, self._deadline(), 0)

    def delegation(self, name: str) -> Delegation | None:
        """The deepest zone holding `name` that a parent delegates, its servers dead or alive.

        Raises Unanswered where the parents cannot be asked.
        """
        name, found = plain_name(name), None
        try:
            for _reply, named in self._descend(name, "NS", self._deadline(), 0, None):
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

    def ask(
        self, address: str, name: str, kind: str, *, want_dnssec: bool = False
    ) -> dns.message.Message | str:
        """One question to one address; a text instead of a reply says what went wrong.

        Who is silent is asked once more.
        """
        for _ in range(_ROUNDS):
            reply = self._ask(address, plain_name(name), kind, self._timeout, want_dnssec)
            if reply != wire.SILENT:
                break
        return reply

    def ask_parent(self, zone: str, kind: str) -> dns.message.Message:
        """What the servers above a zone say about it (its DS), signed. Raises Unanswered."""
        *_, (reply, _found) = self._descend(
            plain_name(zone), kind, self._deadline(), 0, self._nearest(zone, kind), True
        )
        return reply

    def all_addresses(self, server: Server) -> Server:
        """With its IPv6 addresses, where this machine has a way to them."""
        if not self._ipv6 or any(":" in address for address in server.addresses):
            return server
        more = self._addresses(server.name, "AAAA", self._deadline(), 1)
        return Server(server.name, (*server.addresses, *more))

    def find(self, server: str) -> Server:
        """A server known by its name only, with its addresses."""
        found = self._addresses(plain_name(server), "A", self._deadline(), 1)
        return self.all_addresses(Server(plain_name(server), found))

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
        nearest = self._nearest(name, kind)
        *_, (reply, found) = self._descend(name, kind, deadline, depth, nearest)
        return Answer(dns.rcode.to_text(reply.rcode()), wire.records(reply.answer), found)

    def _nearest(self, name: str, kind: str) -> Delegation | None:
        """The deepest cut that is known already; a DS is the parent's business."""
        known = [zone for zone in self._cuts if is_within(name, zone)]
        usable = [zone for zone in known if kind != "DS" or zone != name]
        return self._cuts[max(usable, key=len)] if usable else None

    def _descend(
        self,
        name: str,
        kind: str,
        deadline: float,
        depth: int,
        found: Delegation | None,
        want_dnssec: bool = False,
    ) -> Iterator[tuple[dns.message.Message, Delegation | None]]:
        """Each reply from the roots, or from `found`, down to an answer, and who was named."""
        servers = found.servers if found else self._roots
        for _ in range(_MOST_REFERRALS):
            known = found.zone if found else ""
            reply = self._ask_any(servers, name, kind, known, deadline, want_dnssec)
            referral = wire.referral(reply, name, known)
            if referral is not None:
                found = self._with_addresses(referral, deadline, depth)
                servers = found.servers
                self._cuts[found.zone] = found
            yield reply, found
            if referral is None or wire.is_authoritative(reply):
                return
        raise Unanswered(f"{name}: too many referrals")

    def _with_addresses(self, found: Delegation, deadline: float, depth: int) -> Delegation:
        """Servers without glue are looked up, as deep as is reasonable."""
        if depth >= _DEEPEST:
            return found
        servers = []
        for server in found.servers:
            known = tuple(one for one in server.addresses if self._ipv6 or ":" not in one)
            addresses = known or self._addresses(server.name, "A", deadline, depth + 1)
            servers.append(Server(server.name, addresses))
        return Delegation(found.zone, tuple(servers))

    def _addresses(self, name: str, kind: str, deadline: float, depth: int) -> tuple[str, ...]:
        try:
            found = self._lookup(name, kind, deadline, depth).of(kind)
        except Unanswered:
            return ()
        return tuple(record.value for record in found)

    def _ask_any(
        self,
        servers: tuple[Server, ...],
        name: str,
        kind: str,
        known: str,
        deadline: float,
        want_dnssec: bool = False,
    ) -> dns.message.Message:
        """The first reply that answers or leads further down. Raises Unanswered."""
        addresses = [address for server in servers for address in server.addresses]
        addresses.sort(key=lambda address: ":" in address)
        for _ in range(_ROUNDS):
            silent = []
            for address in addresses:
                left = deadline - time.monotonic()
                if left <= 0:
                    break
                reply = self._ask(address, name, kind, min(self._timeout, left), want_dnssec)
                if not isinstance(reply, str) and wire.is_usable(reply, name, known):
                    return reply
                if reply == wire.SILENT:
                    silent.append(address)
            addresses = silent
        raise Unanswered(f"{name} {kind}")

    def _ask_server(self, server: Server, name: str, kind: str) -> Iterator[Told]:
        if not server.addresses:
            yield Told(server, "", error=wire.NO_ADDRESS)
        for address in server.addresses:
            reply = self._ask(address, name, kind, self._timeout)
            if isinstance(reply, str):
                yield Told(server, address, error=reply)
            elif not wire.is_authoritative(reply):
                yield Told(server, address, error=wire.LAME)
            else:
                yield Told(server, address, wire.records(reply.answer))

    def _ask(
        self, address: str, name: str, kind: str, timeout: float, want_dnssec: bool = False
    ) -> dns.message.Message | str:
        return wire.ask(
            address, name, kind, port=self._port, timeout=timeout, want_dnssec=want_dnssec
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
