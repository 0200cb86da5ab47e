"""What the authoritative servers of a zone were seen to answer, each on its own. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from dnsconfig.records import Record
from dnsconfig.resolver import Delegation, Problem
from dnsconfig.signatures import Broken, Chain


class Standing(StrEnum):
    """One record at one server."""

    PUBLISHED = "published"
    MISSING = "missing"
    STILL_THERE = "still_there"
    """It was to go, and is answered yet."""
    UNTOLD = "untold"
    """The server did not answer."""


@dataclass(frozen=True)
class RecordSeen:
    record: Record
    standing: Standing


@dataclass(frozen=True)
class ServerSeen:
    """One name server, at all of its addresses: the worst of what they say.

    An IPv6 address that nobody reaches from here counts for nothing while an IPv4 one answers.
    """

    server: str
    addresses: tuple[str, ...]
    problem: Problem = Problem.NONE
    errors: tuple[str, ...] = ()
    """In the words of the wire, per address that did not answer."""
    serial: int | None = None
    records: tuple[RecordSeen, ...] = ()
    broken: Broken | None = None
    """Its signed answers do not validate."""
    is_delegated: bool = True
    """The parent names it; else only the zone itself does."""

    def standing(self, *standings: Standing) -> tuple[Record, ...]:
        return tuple(one.record for one in self.records if one.standing in standings)

    @property
    def is_published(self) -> bool:
        """It answers as it should."""
        return not self.problem and not self.standing(
            Standing.MISSING, Standing.STILL_THERE, Standing.UNTOLD
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "server": self.server,
            "addresses": list(self.addresses),
            "expected": len(self.records),
            "missing": [str(r) for r in self.standing(Standing.MISSING, Standing.UNTOLD)],
            "still_there": [str(r) for r in self.standing(Standing.STILL_THERE)],
            "errors": list(self.errors),
            "problem": self.problem.value,
            "serial": self.serial,
            "broken": self.broken.value if self.broken else "",
            "is_delegated": self.is_delegated,
        }


@dataclass(frozen=True)
class ZoneSeen:
    """A zone from outside: who the parent names, who the zone names, and what each answers."""

    zone: str
    delegation: Delegation | None
    """None: no parent leads to it."""
    own_servers: tuple[str, ...] = ()
    """The names in its own NS records; empty when no server told."""
    dnssec: Chain = Chain.UNKNOWN
    broken: Broken | None = None
    negative_ttl: int = 0
    """Seconds that a cache may remember that a name is not there (RFC 2308 §5)."""
    servers: tuple[ServerSeen, ...] = ()

    @property
    def parent_servers(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.delegation.servers) if self.delegation else ()

    @property
    def delegated(self) -> tuple[ServerSeen, ...]:
        """Those that decide."""
        return tuple(one for one in self.servers if one.is_delegated)

    @property
    def is_split(self) -> bool:
        """The zone names other servers than its parent does."""
        return bool(self.own_servers) and set(self.own_servers) != set(self.parent_servers)

    @property
    def lagging(self) -> tuple[str, ...]:
        """Servers with an older version of the zone than another one's."""
        serials = [one.serial for one in self.delegated if one.serial is not None]
        return tuple(
            one.server
            for one in self.delegated
            if one.serial is not None and any(_is_newer(s, one.serial) for s in serials)
        )

    @property
    def published_on(self) -> tuple[int, int]:
        """*On 1 of 2*: servers that answer as they should, and all that the parent names."""
        return sum(one.is_published for one in self.delegated), len(self.delegated)

    @property
    def is_published(self) -> bool:
        """At every server, and nobody who validates would refuse it."""
        done, all_of_them = self.published_on
        return done == all_of_them > 0 and self.dnssec is not Chain.BOGUS


def caches_until(
    removed: Iterable[Record], written_at: datetime, *, negative_ttl: int = 0
) -> datetime | None:
    """Until when caches may show what was before; None: they never did.

    `removed`: the former records, with the TTL they were served with. `negative_ttl`: seconds
    that a cache remembers a name that was not there (`ZoneSeen.negative_ttl`), where some were
    added.
    """
    longest = max([*(record.ttl for record in removed), negative_ttl], default=0)
    return written_at + timedelta(seconds=longest) if longest else None


def _is_newer(one: int, other: int) -> bool:
    """RFC 1982 §3.2: serials run in a circle."""
    return 0 < (one - other) % 2**32 < 2**31
