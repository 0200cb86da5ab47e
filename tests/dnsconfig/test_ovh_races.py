"""Others change the zone at OVH while an edit is carried out there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from common.errors import Stale
from dnsconfig.edits import Edit
from dnsconfig.providers import Written, connect
from dnsconfig.records import cname, txt
from tests.dnsconfig.ovh_host import NOT_TAKEN, WRITTEN, ZONE, Host
from tests.dnsconfig.ovh_keys import KEYS
from tests.sandbox_fixture import LiveSandbox


@pytest.fixture
def host(live_sandbox: LiveSandbox) -> Host:
    return Host(live_sandbox)


def meanwhile(act: Callable[[], object]) -> Callable[[Written], None]:
    """Somebody else acts once, when the first record is written."""
    left = [act]

    def tell(_written: Written) -> None:
        if left:
            left.pop()()

    return tell


def test_what_others_add_to_the_same_records_meanwhile_makes_it_stale(host: Host) -> None:
    """Item 45: two plans for one SPF. Nothing is served yet, and the other record stays."""
    host.plant()
    mine, theirs = txt(ZONE, "v=spf1 a -all"), txt(ZONE, "v=spf1 mx -all")
    tell = meanwhile(lambda: host.else_creates("SPF", "", theirs.value))
    with pytest.raises(Stale, match="mx -all was changed meanwhile"):
        host.provider.write(ZONE, Edit(adds=(mine,)), stored=host.at(ZONE), tell=tell)
    assert host.at(ZONE).at(ZONE, "TXT") == (theirs,)


def test_45_of_four_writers_at_once_one_wins_at_most(host: Host) -> None:
    """They have read the same; who is not alone takes its record back."""
    host.plant()
    stored = host.at(ZONE)

    def write(number: int) -> bool:
        edit = Edit(adds=(txt(ZONE, f"v=spf1 ip4:192.0.2.{number} -all"),))
        try:
            connect("ovh", KEYS).write(ZONE, edit, stored=stored)
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        for round_number in range(5):
            numbers = range(round_number * 4, round_number * 4 + 4)
            won = dict(zip(numbers, pool.map(write, numbers), strict=True))
            left = [r.value for r in host.at(ZONE).at(ZONE, "TXT")]
            winners = [n for n, has_won in won.items() if has_won]
            assert len(winners) <= 1
            assert left == [f"v=spf1 ip4:192.0.2.{number} -all" for number in winners]
            for record in host.at(ZONE).at(ZONE, "TXT"):
                host.else_deletes(record)


def test_a_stale_edit_is_taken_back_step_by_step(host: Host) -> None:
    """In place, deleted and new; the zone is as it was, but for what the other one did."""
    host.plant(
        ("SPF", "", "v=spf1 mx -all", 600),
        ("TXT", "", "v=spf1 a -all", 300),
        ("DMARC", "_dmarc", "v=DMARC1; p=none", 900),
        ("CNAME", "sip", "old."),
    )
    names = (ZONE, f"_dmarc.{ZONE}", f"sip.{ZONE}", f"new.{ZONE}")
    before = host.at(*names)
    old = (*before.at(ZONE, "TXT"), *before.at(names[1]), *before.at(names[2]))
    new = (txt(ZONE, "v=spf1 mx a -all"), cname(names[2], "new"), txt(names[3], "new"))
    tell = meanwhile(lambda: host.else_creates("TXT", "", "theirs"))
    told: list[Written] = []

    def both(written: Written) -> None:
        told.append(written)
        tell(written)

    with pytest.raises(Stale):
        host.provider.write(ZONE, Edit(old, new), stored=before, tell=both)
    after = {(r, r.ttl, r.native_type) for r in host.at(*names).records}
    theirs = (txt(ZONE, "theirs"), 3600, "TXT")
    assert after == {(r, r.ttl, r.native_type) for r in before.records} | {theirs}
    assert {one.outcome for one in told[len(told) // 2 :]} == {NOT_TAKEN}


def test_what_others_took_over_meanwhile_is_not_taken_back(host: Host) -> None:
    host.plant(("CNAME", "sip", "old."), ("TXT", "", "one"))
    stored = host.at(ZONE, f"sip.{ZONE}")
    (alias,), (text,) = stored.at(f"sip.{ZONE}"), stored.at(ZONE, "TXT")

    def others() -> None:
        path = f"/domain/zone/{ZONE}/record/{alias.id}"
        host.raw.call("PUT", path, {"target": "theirs."}, is_void=True)
        host.else_deletes(text)

    edit = Edit((alias,), (cname(alias.name, "new"), txt(ZONE, "two")))
    left = [lambda: None, others]  # once the alias is written in place

    def tell(_written: Written) -> None:
        if left:
            left.pop(0)()

    with pytest.raises(Stale):
        host.provider.write(ZONE, edit, stored=stored, tell=tell)
    assert host.natives(alias.name) == [("CNAME", "theirs.")]
    assert host.at(ZONE).at(ZONE, "TXT") == ()


def test_the_same_record_of_somebody_else_is_left_to_him(host: Host) -> None:
    host.plant()
    mine, theirs = txt(ZONE, "same"), txt(ZONE, "theirs")

    def others() -> None:
        for record in (mine, theirs):
            host.else_creates("TXT", "", record.value)

    with pytest.raises(Stale):
        edit = Edit(adds=(mine,))
        host.provider.write(ZONE, edit, stored=host.at(ZONE), tell=meanwhile(others))
    assert set(host.at(ZONE).at(ZONE, "TXT")) == {mine, theirs}


def test_a_record_answered_with_the_id_zero_is_taken_back(host: Host) -> None:
    host.plant()
    host.sandbox.post("ovh/quirks", {"zero_id": 1})
    tell = meanwhile(lambda: host.else_creates("TXT", "", "theirs"))
    with pytest.raises(Stale):
        edit = Edit(adds=(txt(ZONE, "mine"),))
        host.provider.write(ZONE, edit, stored=host.at(ZONE), tell=tell)
    assert host.at(ZONE).at(ZONE, "TXT") == (txt(ZONE, "theirs"),)


def test_what_others_write_over_ours_makes_it_stale_and_stays(host: Host) -> None:
    host.plant(("CNAME", "sip", "old."))
    (old,) = host.at(f"sip.{ZONE}").records
    path = f"/domain/zone/{ZONE}/record/{old.id}"
    left = [lambda: None, lambda: host.raw.call("PUT", path, {"target": "theirs."}, is_void=True)]
    with pytest.raises(Stale):
        host.provider.write(
            ZONE,
            Edit((old,), (cname(old.name, "new"),)),
            stored=host.at(old.name),
            tell=lambda _written: left.pop(0)() if left else None,
        )
    assert host.natives(old.name) == [("CNAME", "theirs.")]


def test_what_others_take_away_from_the_same_records_makes_it_stale(host: Host) -> None:
    host.plant(("TXT", "", "theirs"))
    stored = host.at(ZONE)
    (gone,) = stored.at(ZONE, "TXT")
    tell = meanwhile(lambda: host.else_deletes(gone))
    with pytest.raises(Stale, match="theirs was changed meanwhile"):
        host.provider.write(ZONE, Edit(adds=(txt(ZONE, "mine"),)), stored=stored, tell=tell)


def test_what_others_do_to_other_records_of_the_name_is_nothing_to_us(host: Host) -> None:
    host.plant(("CAA", "", '0 issue "ca.example"'))
    stored = host.at(ZONE)
    (gone,) = stored.at(ZONE, "CAA")
    tell = meanwhile(lambda: host.else_deletes(gone))
    edit = Edit(adds=(txt(ZONE, "mine"),))
    (told,) = host.provider.write(ZONE, edit, stored=stored, tell=tell)
    assert told.outcome is WRITTEN


@pytest.mark.parametrize("is_alias", [True, False])
def test_an_alias_and_data_that_met_meanwhile_are_stale(host: Host, is_alias: bool) -> None:
    host.plant()
    name = f"sip.{ZONE}"
    alias, data = cname(name, "sipdir.online.lync.com"), txt(name, "data")
    mine, other = (alias, data) if is_alias else (data, alias)
    tell = meanwhile(lambda: host.else_creates(other.type, "sip", other.target))
    with pytest.raises(Stale):
        host.provider.write(ZONE, Edit(adds=(mine,)), stored=host.at(name), tell=tell)
