"""Zones kept in memory, with name servers on loopback that serve what was refreshed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

from common.errors import Misconfigured, NotFound, RemoteError
from dnsconfig.edits import Edit
from dnsconfig.providers import (
    Capabilities,
    Key,
    Outcome,
    Written,
    ZoneProvider,
    say_nothing,
)
from dnsconfig.records import Record, Snapshot

SERVERS = ["ns1.memory.example", "ns2.memory.example"]


@dataclass
class Host:
    """What a host of zones holds; `written` is every record that was ever sent to it."""

    zones: dict[str, list[Record]] = field(default_factory=dict)
    served: dict[str, list[Record]] = field(default_factory=dict)
    written: list[Record] = field(default_factory=list)
    lost: list[RemoteError | None] = field(default_factory=list)
    """Raised one by one after a record was written: the answer is lost; None: it arrives."""

    def plant(self, zone: str, *records: Record) -> None:
        self.zones[zone] = list(records)
        self.served[zone] = list(records)

    def answer(self, query: dns.message.Message) -> dns.message.Message:
        """Authoritative for all served zones."""
        made = dns.message.make_response(query)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        found = [zone for zone in self.served if name == zone or name.endswith("." + zone)]
        if not found:
            made.set_rcode(dns.rcode.REFUSED)
            return made
        made.flags |= dns.flags.AA
        for record in self.served[max(found, key=len)]:
            if record.name == name and record.rdata.rdtype == question.rdtype:
                rrset = dns.rrset.from_rdata(question.name, record.ttl, record.rdata)
                made.answer.append(rrset)
        return made


class MemoryZones(ZoneProvider):
    """The port's smallest provider: `OPTIONS["host"]` is shared with the test."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        types=frozenset({"A", "CNAME", "MX", "SRV", "TXT"}), needs_refresh=True
    )
    keys_asked: ClassVar[tuple[Key, ...]] = (Key("password"),)

    def __init__(self, *, keys: Mapping[str, str], host: Host, **_options: Any) -> None:
        self._host = host
        self._may = keys.get("password") == "opensesame"

    def zones(self) -> list[str]:
        if not self._may:
            raise Misconfigured("wrong password", code="password")
        return sorted(self._host.zones)

    def name_servers(self, zone: str) -> list[str]:
        self._stored(zone)
        return SERVERS

    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        stored = self._stored(zone)
        wanted = None if names is None else set(names)
        return Snapshot.of(zone, [r for r in stored if wanted is None or r.name in wanted])

    def write(
        self,
        zone: str,
        edit: Edit,
        *,
        stored: Snapshot,
        tell: Callable[[Written], None] = say_nothing,
    ) -> tuple[Written, ...]:
        todo = edit.left_to_do(stored)
        done = [Written(r, Outcome.ALREADY) for r in edit.adds if r not in todo.adds]
        for record in todo.removes:
            self._stored(zone).remove(record)
            done.append(self._sent(record, is_removal=True))
        for record in todo.adds:
            self._stored(zone).append(record)
            done.append(self._sent(record))
        for one in done:
            tell(one)
        return tuple(done)

    def _sent(self, record: Record, *, is_removal: bool = False) -> Written:
        self._host.written.append(record)
        error = self._host.lost.pop(0) if self._host.lost else None
        if error is not None:
            raise error
        return Written(record, Outcome.WRITTEN, is_removal)

    def refresh(self, zone: str) -> None:
        self._host.served[zone] = list(self._stored(zone))

    def _stored(self, zone: str) -> list[Record]:
        try:
            return self._host.zones[zone]
        except KeyError:
            raise NotFound(f"{zone} is not here", code="zone") from None
