"""What every host of zones must do. Subclass it and say how to open one."""

from abc import ABC, abstractmethod

import pytest

from common.errors import NotFound
from dnsconfig import plan
from dnsconfig.providers import ZoneProvider
from dnsconfig.records import Record, Snapshot, cname, mx, srv, txt


class ZoneProviderContract(ABC):
    """`make()` opens a provider; `zone` is a clean zone that it holds, changed by each test."""

    zone: str

    @abstractmethod
    def make(self) -> ZoneProvider:
        """A provider with the keys of the zone's owner."""

    @abstractmethod
    def served(self, name: str, kind: str) -> set[str]:
        """Values that the zone's servers answer with just now."""

    def wanted(self) -> tuple[Record, ...]:
        at = self.zone
        return (
            mx(at, 0, "contoso-com.o-v1.mx.microsoft"),
            txt(at, "v=spf1 include:spf.protection.outlook.com -all"),
            txt(f"long.{at}", "x" * 240),
            cname(f"autodiscover.{at}", "autodiscover.outlook.com"),
            srv(f"_sip._tls.{at}", 100, 1, 443, "sipdir.online.lync.com"),
        )

    def add(self, provider: ZoneProvider, *records: Record) -> tuple[Record, ...]:
        names = dict.fromkeys(record.name for record in records)
        stored = provider.read(self.zone, names=names)
        return provider.add(self.zone, records, stored=stored)

    def test_it_lists_its_zones_and_their_servers(self) -> None:
        provider = self.make()
        assert self.zone in provider.zones()
        assert provider.name_servers(self.zone)

    def test_an_unknown_zone_is_not_found(self) -> None:
        provider = self.make()
        for ask in (provider.read, provider.name_servers, provider.refresh):
            with pytest.raises(NotFound):
                ask("no-such-zone.example")

    def test_what_is_added_is_read_back_and_nothing_else_changes(self) -> None:
        provider = self.make()
        before = provider.read(self.zone)
        wanted = self.wanted()
        assert self.add(provider, *wanted) == wanted
        provider.refresh(self.zone)
        after = provider.read(self.zone)
        assert _others(after, wanted) == _others(before, wanted)
        assert set(wanted) <= set(after.records)

    def test_a_second_write_changes_nothing(self) -> None:
        provider = self.make()
        self.add(provider, *self.wanted())
        assert self.add(provider, *self.wanted()) == ()
        stored = provider.read(self.zone, names=[record.name for record in self.wanted()])
        assert plan.make(wanted=self.wanted(), existing=stored).is_empty

    def test_some_names_are_read_as_they_are_stored(self) -> None:
        provider = self.make()
        self.add(provider, *self.wanted())
        stored = provider.read(self.zone, names=[f"autodiscover.{self.zone}"])
        assert stored.records == (self.wanted()[3],)
        assert not provider.read(self.zone, names=[f"nothing.{self.zone}"]).records

    def test_what_is_refreshed_is_served(self) -> None:
        provider = self.make()
        alias = self.wanted()[3]
        self.add(provider, alias)
        if provider.capabilities.needs_refresh:
            assert self.served(alias.name, "CNAME") == set()
        provider.refresh(self.zone)
        assert self.served(alias.name, "CNAME") == {alias.value}


def _others(snapshot: Snapshot, wanted: tuple[Record, ...]) -> set[Record]:
    return {r for r in snapshot.records if r not in wanted and r.type != "SOA"}
