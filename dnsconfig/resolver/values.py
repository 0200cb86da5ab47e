"""What servers are and what they say. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

from dnsconfig.records import Record


class Unanswered(Exception):
    """No server gave a usable answer in time: nothing can be told."""


class Problem(StrEnum):
    """Why a name server did not answer for a zone."""

    NONE = ""
    SILENT = "silent"
    UNREACHABLE = "unreachable"
    NO_ADDRESS = "no_address"
    LAME = "lame"
    """It answers, but not with authority: the zone is not loaded there."""
    REFUSED = "refused"
    FAILING = "failing"
    """SERVFAIL and the like, or nothing that could be read."""


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
