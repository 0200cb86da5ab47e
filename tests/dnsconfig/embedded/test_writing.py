"""Writes: one winner, one serial each, and nothing that may not stand together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.errors import NotFound, Refused, Stale
from dnsconfig.edits import Edit
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.rules import Clash, check_together, next_serial
from dnsconfig.embedded.writing import snapshot, write, zone_of
from dnsconfig.records import Record, Snapshot, txt
from journal.models import Operation
from tests.dnsconfig.embedded.conftest import ZONE, open_zone, provider_of, record
from tests.people import Reseller

ALIAS = record("a", "CNAME", "elsewhere.example.")
DATA = record("a", "TXT", '"data"')
SECURE_SHELL = record("www", "SSHFP", "1 1 " + "ab" * 20)


def put(zone: OwnZone, edit: Edit, stored: Snapshot | None = None) -> Edit:
    return write(account_id=zone.account_id, name=zone.name, edit=edit, stored=stored)


@pytest.mark.parametrize(
    ("there", "adds", "code"),
    [
        ([DATA], [ALIAS], "alias"),
        ([ALIAS], [DATA], "alias"),
        ([ALIAS], [record("a", "CNAME", "another.example.")], "twice"),
        ([], [ALIAS, DATA], "alias"),
        ([], [record("", "CNAME", "elsewhere.example.")], "apex_alias"),
        ([], [record("", "NS", "ns9.host.example.")], "apex"),
        ([], [record("", "SOA", "a. b. 1 1 1 1 1")], "apex"),
        ([], [record("", "A", "192.0.2.1", 60), record("", "A", "192.0.2.2", 61)], "ttls"),
        ([], [record("d", "DNAME", "a.example."), record("d", "DNAME", "b.example.")], "twice"),
        ([], [txt("www.other.example", "text")], "outside"),
        ([], [txt("notacme.example", "text")], "outside"),
        ([], [record("x", "NSEC", "b.acme.example. A")], "type"),
        ([], [Record(f"x.{ZONE}", "AXFR", "")], "type"),
        ([], [Record(f"x.{ZONE}", "A", "192.0.2.300")], "value"),
        ([], [Record(f"x.{ZONE}", "MX", "10 a.example.\n@ A 192.0.2.66")], "value"),
        ([], [Record(f"x..{ZONE}", "A", "192.0.2.3")], "value"),
        ([], [txt(f"x.{ZONE}", "text", 2**31)], "ttl"),
    ],
)
def test_what_may_not_stand_is_refused_before_anything_is_written(
    northwind: Reseller, there: list[Record], adds: list[Record], code: str
) -> None:
    zone = open_zone(northwind, *there)
    beside = record("fine", "A", "192.0.2.7")
    with pytest.raises(Refused) as refused:
        put(zone, Edit(adds=(beside, *adds)))
    assert refused.value.code == code
    zone.refresh_from_db()
    assert zone.serial == 7
    assert {r.record for r in zone.records.all()} == set(there)


def test_the_apex_servers_cannot_be_removed(northwind: Reseller) -> None:
    zone = open_zone(northwind)
    with pytest.raises(Refused):
        put(zone, Edit(removes=(zone.apex[1],)))


def test_one_write_is_one_serial_and_one_notice(northwind: Reseller) -> None:
    zone = open_zone(northwind, DATA, secondaries=["192.0.2.53"])
    put(zone, Edit((DATA,), (ALIAS, SECURE_SHELL)))
    assert zone_of(account_id=zone.account_id, name=ZONE).serial == 8
    told = Operation.objects.get(kind="dns.notify")
    assert (told.subject, told.params["serial"]) == (zone.key, 8)
    assert not put(zone, Edit((DATA,), (ALIAS, SECURE_SHELL)))
    assert zone_of(account_id=zone.account_id, name=ZONE).serial == 8
    assert Operation.objects.count() == 1


def test_the_other_records_of_a_set_take_its_ttl(northwind: Reseller) -> None:
    zone = open_zone(northwind, record("", "A", "192.0.2.1", 3600), record("", "AAAA", "::1", 60))
    put(zone, Edit(adds=(record("", "A", "192.0.2.2", 300),)))
    found = {(r.value, r.ttl) for r in snapshot(zone).at(ZONE, "A", "AAAA")}
    assert found == {("192.0.2.1", 300), ("192.0.2.2", 300), ("::1", 60)}


def test_a_long_text_fits(northwind: Reseller) -> None:
    zone = open_zone(northwind)
    long = txt(f"long.{ZONE}", "x" * 20_000)
    put(zone, Edit(adds=(long,)))
    assert snapshot(zone, [long.name]).records == (long,)


def test_an_alias_that_came_meanwhile_is_a_stale_view_not_a_refusal(northwind: Reseller) -> None:
    zone = open_zone(northwind)
    seen = snapshot(zone, [DATA.name])
    put(zone, Edit(adds=(ALIAS,)))
    with pytest.raises(Stale):
        put(zone, Edit(adds=(DATA,)), stored=seen)


def test_what_others_change_beside_it_does_not_matter(northwind: Reseller) -> None:
    zone = open_zone(northwind)
    seen = snapshot(zone, [ZONE])
    put(zone, Edit(adds=(record("", "A", "192.0.2.1"),)))
    put(zone, Edit(adds=(record("", "MX", "10 mail.example."),)), stored=seen)
    assert len(snapshot(zone).at(ZONE, "A", "MX")) == 2


def test_another_accounts_zone_is_not_found(northwind: Reseller, fabrikam: Reseller) -> None:
    open_zone(northwind)
    with pytest.raises(NotFound):
        write(account_id=fabrikam.account.pk, name=ZONE, edit=Edit(adds=(DATA,)))


def test_serials_go_round() -> None:
    assert next_serial(7) == 8
    assert next_serial(2**32 - 1) == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_writers_one_wins_each_round(northwind: Reseller) -> None:
    zone = open_zone(northwind)
    provider = provider_of(northwind)
    wins = []
    for turn in range(20):
        stored = provider.read(ZONE, names=[f"a.{ZONE}"])
        start = Barrier(4)

        def attempt(writer: int, turn: int = turn, stored: Snapshot = stored) -> bool:
            new = record("a", "CNAME", f"w{writer}.r{turn}.example.")
            edit = Edit(stored.at(f"a.{ZONE}"), (new,))
            start.wait(timeout=60)  # noqa: B023 - ends before the next round
            try:
                provider.write(ZONE, edit, stored=stored)
            except Stale:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(4) as pool:
            wins.append(sum(pool.map(attempt, range(4))))
    assert wins == [1] * 20
    zone.refresh_from_db()
    assert zone.serial == 27


NAMES = st.sampled_from(["", "a", "b", "x.a"])
CHOICES = st.sampled_from(
    [
        ("A", "192.0.2.1"),
        ("A", "192.0.2.2"),
        ("CNAME", "one.example."),
        ("CNAME", "two.example."),
        ("TXT", '"text"'),
        ("MX", "10 mail.example."),
        ("NS", "ns.elsewhere.example."),
        ("DNAME", "other.example."),
    ]
)
RECORDS = st.builds(
    lambda name, chosen, ttl: record(name, *chosen, ttl),
    NAMES,
    CHOICES,
    st.sampled_from([60, 3600]),
)
EDITS = st.builds(Edit, st.tuples(RECORDS) | st.just(()), st.lists(RECORDS, max_size=4).map(tuple))


@given(edits=st.lists(EDITS, max_size=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_wished_the_zone_stays_sound(northwind: Reseller, edits: list[Edit]) -> None:
    OwnZone.objects.all().delete()
    zone = open_zone(northwind)
    for edit in edits:
        before, serial = snapshot(zone).records, zone.serial
        try:
            todo = put(zone, edit)
        except Refused:
            todo = Edit()
        zone = OwnZone.objects.get(pk=zone.pk)
        after = snapshot(zone)
        try:
            check_together(after.records, ZONE)
        except Clash as error:
            pytest.fail(str(error))
        if todo:
            assert zone.serial == serial + 1
            assert set(todo.adds) <= set(after.records)
        else:
            assert (zone.serial, set(after.records)) == (serial, set(before))
