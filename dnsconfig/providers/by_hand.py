"""Zones at a host that the portal cannot write to: a person copies the records, we only look."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from common.errors import Busy, NotFound
from dnsconfig.edits import Edit
from dnsconfig.providers.base import (
    Capabilities,
    Key,
    Outcome,
    Written,
    ZoneProvider,
    say_nothing,
)
from dnsconfig.providers.typed_zones import typed_zones
from dnsconfig.records import Record, Snapshot
from dnsconfig.resolver import Delegation, Resolver, Unanswered, configured

SEEN = ("A", "AAAA", "CNAME", "MX", "TXT", "SRV", "NS")
"""Types that are asked for at a name: the DNS lists them in no other way."""


class ZonesByHand(ZoneProvider):
    """Named zones, read by asking the servers that the parent names."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        types=frozenset({"CNAME", "MX", "SRV", "TXT"}),
        lists_zones=False,
        reads_whole=False,
        is_by_hand=True,
    )
    keys_asked: ClassVar[tuple[Key, ...]] = (Key("zones", is_secret=False),)

    def __init__(self, *, keys: Mapping[str, str], **_options: Any) -> None:
        self._keys = keys

    def zones(self) -> list[str]:
        """Those of the named zones that a parent delegates; the others come back when they are."""
        named = typed_zones(self._keys.get("zones", ""))
        return sorted(zone for zone in named if self._delegation(zone) is not None)

    def name_servers(self, zone: str) -> list[str]:
        """Whatever the parent says: nobody knows better here."""
        return sorted(server.name for server in self._delegated(zone).servers)

    def read(self, zone: str, *, names: Iterable[str] | None = None) -> Snapshot:
        """What the servers answer at `names`; without them, at the apex alone."""
        found, resolver = self._delegated(zone), configured()
        asked = tuple(names) if names is not None else (zone,)
        return Snapshot.of(zone, self._answers(resolver, found, asked))

    def write(
        self,
        zone: str,
        edit: Edit,
        *,
        stored: Snapshot,
        tell: Callable[[Written], None] = say_nothing,
    ) -> tuple[Written, ...]:
        """Writes nothing: says what is there already, and what a person has not done yet."""
        todo = edit.left_to_see(stored)
        rest = {*todo.adds, *todo.removes}
        told = [*_told(edit.adds, rest, False), *_told(edit.removes, rest, True)]
        for one in told:
            tell(one)
        return tuple(told)

    def refresh(self, zone: str) -> None:
        self._delegated(zone)

    def _delegated(self, zone: str) -> Delegation:
        found = self._delegation(zone)
        if found is None:
            raise NotFound(f"{zone} is not delegated.", code="undelegated")
        return found

    def _delegation(self, zone: str) -> Delegation | None:
        try:
            found = configured().delegation(zone)
        except Unanswered as error:
            raise Busy(f"The name servers above {zone} do not answer.", code="dns") from error
        return found if found is not None and found.zone == zone else None

    def _answers(
        self, resolver: Resolver, found: Delegation, names: Iterable[str]
    ) -> Iterator[Record]:
        for name in names:
            for kind in SEEN:
                yield from self._answer(resolver, found, name, kind)

    def _answer(
        self, resolver: Resolver, found: Delegation, name: str, kind: str
    ) -> Iterator[Record]:
        """Of the first server that answers; what is reached through an alias is left out."""
        for server in found.servers:
            for told in resolver.ask_all([server], name, kind):
                if told.is_answered:
                    yield from (r for r in told.records if (r.name, r.type) == (name, kind))
                    return
        raise Busy(f"No name server of {found.zone} answers.", code="dns")


def _told(records: tuple[Record, ...], rest: set[Record], is_removal: bool) -> Iterator[Written]:
    for record in records:
        outcome = Outcome.NOT_TAKEN if record in rest else Outcome.ALREADY
        yield Written(record, outcome, is_removal)
