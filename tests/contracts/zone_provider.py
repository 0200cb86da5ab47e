"""What every host of zones must do. Subclass it and say how to open one."""

from abc import ABC, abstractmethod
from dataclasses import replace

import pytest

from common.errors import NotFound, Stale
from dnsconfig import plan
from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome, Written, ZoneProvider
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

    def write(self, provider: ZoneProvider, edit: Edit) -> tuple[Written, ...]:
        stored = provider.read(self.zone, names=edit.names)
        return provider.write(self.zone, edit, stored=stored)

    def add(self, provider: ZoneProvider, *records: Record) -> tuple[Record, ...]:
        """The records that had to be written."""
        told = self.write(provider, Edit(adds=records))
        assert {one.record for one in told} == set(records)
        return tuple(one.record for one in told if one.outcome is Outcome.WRITTEN)

    def test_it_lists_its_zones_and_their_servers(self) -> None:
        provider = self.make()
        assert self.zone in provider.zones()
        assert provider.name_servers(self.zone)

    def test_an_unknown_zone_is_not_found(self) -> None:
        provider = self.make()
        for ask in (provider.read, provider.name_servers, provider.refresh):
            with pytest.raises(NotFound):
                ask("no-such-zone.example")

    def test_the_owner_may_do_all(self) -> None:
        assert self.make().missing_rights(self.zone) == ()

    def test_what_is_added_is_read_back_and_nothing_else_changes(self) -> None:
        provider = self.make()
        before = provider.read(self.zone)
        wanted = self.wanted()
        assert set(self.add(provider, *wanted)) == set(wanted)
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

    def test_a_record_is_replaced_beside_others_that_stay(self) -> None:
        provider = self.make()
        old, kept, new = (txt(self.zone, text) for text in ("old", "kept", "new"))
        self.add(provider, old, kept)
        told = self.write(provider, Edit((old,), (new,)))
        assert {(one.record, one.is_removal) for one in told} == {(old, True), (new, False)}
        assert {one.outcome for one in told} == {Outcome.WRITTEN}
        found = set(provider.read(self.zone, names=[self.zone]).at(self.zone, "TXT"))
        assert {new, kept} <= found
        assert old not in found

    def test_an_alias_takes_the_place_of_data_and_back(self) -> None:
        provider = self.make()
        name = f"autodiscover.{self.zone}"
        data, alias = txt(name, "data"), self.wanted()[3]
        self.add(provider, data)
        for gone, come in ((data, alias), (alias, data)):
            self.write(provider, Edit((gone,), (come,)))
            assert provider.read(self.zone, names=[name]).records == (come,)

    def test_a_new_ttl(self) -> None:
        provider = self.make()
        old = cname(f"ttl.{self.zone}", "autodiscover.outlook.com", 3600)
        new = replace(old, ttl=600)
        self.add(provider, old)
        self.write(provider, Edit((old,), (new,)))
        (found,) = provider.read(self.zone, names=[old.name]).records
        assert found.ttl == 600

    def test_undoing_restores_every_record(self) -> None:
        provider = self.make()
        before = _all(provider.read(self.zone))
        edit = Edit(adds=self.wanted())
        for each in (edit, edit.inverse):
            self.write(provider, each)
            provider.refresh(self.zone)
        assert _all(provider.read(self.zone)) == before

    def test_what_changed_since_it_was_read_is_not_overwritten(self) -> None:
        """Where the host can tell; elsewhere the journal reads just before and after."""
        provider = self.make()
        if not provider.capabilities.has_conditional_write:
            pytest.skip("this host has no conditional write")
        alias = self.wanted()[3]
        stored = provider.read(self.zone, names=[alias.name])
        other = cname(alias.name, "mail.elsewhere.example")
        self.add(provider, other)
        with pytest.raises(Stale):
            provider.write(self.zone, Edit(adds=(alias,)), stored=stored)
        assert provider.read(self.zone, names=[alias.name]).records == (other,)

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


def _all(snapshot: Snapshot) -> set[tuple[str, str, str, int]]:
    return {(r.name, r.type, r.value, r.ttl) for r in snapshot.records if r.type != "SOA"}
