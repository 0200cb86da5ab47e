"""An edit at OVH: in place where it can be, with OVH's own types, read back afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from common.errors import Busy, OutcomeUnknown, Refused, Stale
from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome, Written, ZoneProvider, connect
from dnsconfig.providers.ovh_calls import OvhCalls
from dnsconfig.records import Record, Snapshot, cname, mx, of_text, txt
from tests.dnsconfig.ovh_keys import KEYS
from tests.sandbox_fixture import LiveSandbox

ZONE = "acme.example"
ALREADY, WRITTEN, NOT_TAKEN = Outcome.ALREADY, Outcome.WRITTEN, Outcome.NOT_TAKEN
Calls = list[str]


class Host:
    """A zone at OVH with these records besides its name servers."""

    def __init__(self, sandbox: LiveSandbox) -> None:
        self.sandbox = sandbox
        self.provider: ZoneProvider = connect("ovh", KEYS)
        self.raw = OvhCalls(
            keys=KEYS, endpoint=f"{sandbox.url}/1.0", timeout=(5, 30), calls_per_minute=0
        )
        self.told: list[Written] = []

    def plant(self, *records: tuple[Any, ...]) -> None:
        members = ("fieldType", "subDomain", "target", "ttl")
        bodies = [dict(zip(members, each, strict=False)) for each in records]
        self.sandbox.post("zones", {"name": ZONE, "records": bodies})

    def at(self, *names: str) -> Snapshot:
        return self.provider.read(ZONE, names=names)

    def else_creates(self, kind: str, sub_domain: str, target: str) -> None:
        body = {"fieldType": kind, "subDomain": sub_domain, "target": target}
        self.raw.call("POST", f"/domain/zone/{ZONE}/record", body)

    def else_deletes(self, record: Record) -> None:
        self.raw.call("DELETE", f"/domain/zone/{ZONE}/record/{record.id}")

    def write(self, edit: Edit, stored: Snapshot | None = None) -> tuple[Written, ...]:
        read = stored or self.at(*edit.names)
        self.begun = self.sandbox.get("calls")[-1]["n"]
        return self.provider.write(ZONE, edit, stored=read, tell=self.told.append)

    def writes(self) -> Calls:
        """Methods and paths that changed something since the last write began."""
        calls = self.sandbox.get("calls", since=self.begun)
        return [
            f"{call['method']} {call['path'].removeprefix(f'/1.0/domain/zone/{ZONE}')}"
            for call in calls
            if call["service"] == "ovh" and call["method"] != "GET"
        ]

    def natives(self, name: str) -> list[tuple[str, str]]:
        return [(record.native_type, record.value) for record in self.at(name).records]


@pytest.fixture
def host(live_sandbox: LiveSandbox) -> Host:
    return Host(live_sandbox)


def outcomes(told: tuple[Written, ...]) -> dict[tuple[str, bool], Outcome]:
    return {(one.record.value, one.is_removal): one.outcome for one in told}


def meanwhile(act: Callable[[], object]) -> Callable[[Written], None]:
    """Somebody else acts once, when the first record is written."""
    left = [act]

    def tell(_written: Written) -> None:
        if left:
            left.pop()()

    return tell


def test_one_record_takes_the_place_of_another_in_one_call(host: Host) -> None:
    host.plant(("CNAME", "autodiscover", "mail.old.example."), ("A", "other", "192.0.2.9"))
    name = f"autodiscover.{ZONE}"
    (old,) = host.at(name).records
    new = cname(name, "autodiscover.outlook.com")
    told = host.write(Edit((old,), (new,)))
    assert outcomes(told) == {(old.value, True): WRITTEN, (new.value, False): WRITTEN}
    assert host.told == list(told)
    assert host.writes() == [f"PUT /record/{old.id}"]
    assert [r.id for r in host.at(name).records] == [old.id]


def test_mail_is_never_without_a_host(host: Host) -> None:
    host.plant(("MX", "", "10 one.example."), ("MX", "", "20 two.example."))
    old = host.at(ZONE).at(ZONE, "MX")
    new = mx(ZONE, 0, "acme-example.o-v1.mx.microsoft")
    host.write(Edit(old, (new,)))
    assert host.writes() == [f"PUT /record/{old[0].id}", f"DELETE /record/{old[1].id}"]
    assert host.at(ZONE).at(ZONE, "MX") == (new,)


def test_a_merged_spf_stays_what_ovh_calls_spf(host: Host) -> None:
    """Item 28: its type cannot change on an update."""
    host.plant(("SPF", "", "v=spf1 mx -all"))
    (old,) = host.at(ZONE).at(ZONE, "TXT")
    new = txt(ZONE, "v=spf1 mx include:spf.protection.outlook.com -all")
    host.write(Edit((old,), (new,)))
    assert host.writes() == [f"PUT /record/{old.id}"]
    assert ("SPF", new.value) in host.natives(ZONE)


def test_two_spf_become_one(host: Host) -> None:
    host.plant(("SPF", "", "v=spf1 mx -all"), ("TXT", "", "v=spf1 a -all"))
    old = host.at(ZONE).at(ZONE, "TXT")
    new = txt(ZONE, "v=spf1 a mx -all")
    host.write(Edit(old, (new,)))
    assert host.at(ZONE).at(ZONE, "TXT") == (new,)


KEY = "v=DKIM1; k=rsa; p=" + "A" * 392


@pytest.mark.parametrize(
    ("kind", "sub", "text"),
    [
        ("SPF", "", "v=spf1 mx -all"),
        ("DMARC", "_dmarc", "v=DMARC1; p=none"),
        ("DKIM", "s1._domainkey", KEY),
    ],
)
def test_undoing_brings_back_ovhs_own_types(host: Host, kind: str, sub: str, text: str) -> None:
    host.plant((kind, sub, text, 600))
    name = f"{sub}.{ZONE}".lstrip(".")
    (old,) = host.at(name).at(name, "TXT")
    edit = Edit((old,), (txt(name, "something else"),))
    kept = Edit.from_json(edit.to_json())
    host.write(edit)
    assert (kind, text) not in host.natives(name)
    host.write(kept.inverse)
    (again,) = host.at(name).at(name, "TXT")
    assert (again, again.native_type, again.ttl) == (old, kind, 600)


@pytest.mark.parametrize(
    ("sub", "text", "native"),
    [
        ("", "x" * 300, "TXT"),
        ("", "v=spf1 " + "ip4:192.0.2.1 " * 20 + "-all", "SPF"),
        ("s1._domainkey", KEY, "DKIM"),
    ],
)
def test_texts_over_255_characters(host: Host, sub: str, text: str, native: str) -> None:
    """Item 29: keys in OVH's own types, others in strings of at most 255."""
    host.plant()
    name = f"{sub}.{ZONE}".lstrip(".")
    told = host.write(Edit(adds=(txt(name, text),)))
    assert [one.outcome for one in told] == [WRITTEN]
    assert (native, text) in host.natives(name)


def test_a_text_that_ovh_cuts_is_taken_away_and_not_called_written(host: Host) -> None:
    host.plant(("TXT", "", "kept"))
    host.sandbox.post("ovh/quirks", {"cut": 1})
    long, short = txt(ZONE, "x" * 300), txt(ZONE, "MS=ms1")
    told = host.write(Edit(adds=(long, short)))
    assert outcomes(told) == {(long.value, False): NOT_TAKEN, (short.value, False): WRITTEN}
    assert host.told[-1] == Written(long, NOT_TAKEN)
    assert {r.value for r in host.at(ZONE).at(ZONE, "TXT")} == {"kept", "MS=ms1"}


def test_a_text_cut_to_one_that_was_there_leaves_that_one(host: Host) -> None:
    host.plant(("TXT", "", "x" * 255))
    (old,) = host.at(ZONE).at(ZONE, "TXT")
    host.sandbox.post("ovh/quirks", {"cut": 1})
    (told,) = host.write(Edit(adds=(txt(ZONE, "x" * 300),)))
    assert told.outcome is NOT_TAKEN
    assert [r.id for r in host.at(ZONE).at(ZONE, "TXT")] == [old.id]
    assert len(host.raw.get(f"/domain/zone/{ZONE}/record?fieldType=TXT")) == 1


def test_writes_without_effect_are_noticed(host: Host) -> None:
    """Item 55: a new record, one changed in place, and one that was to go."""
    host.plant(("CNAME", "sip", "old."), ("A", "gone", "192.0.2.1"))
    (alias,), (address,) = (host.at(f"{sub}.{ZONE}").records for sub in ("sip", "gone"))
    new, text = cname(alias.name, "sipdir.online.lync.com"), txt(f"new.{ZONE}", "new")
    host.sandbox.post("ovh/quirks", {"forgotten": 3})
    told = host.write(Edit((alias, address), (new, text)))
    assert outcomes(told) == {
        (alias.value, True): NOT_TAKEN,
        (address.value, True): NOT_TAKEN,
        (new.value, False): NOT_TAKEN,
        (text.value, False): NOT_TAKEN,
    }
    again = host.write(Edit((alias, address), (new, text)))
    assert set(outcomes(again).values()) == {WRITTEN}
    done = host.write(Edit((alias, address), (new, text)))
    assert set(outcomes(done).values()) == {ALREADY}
    assert host.writes() == []


def test_a_record_answered_with_the_id_zero(host: Host) -> None:
    host.plant()
    host.sandbox.post("ovh/quirks", {"zero_id": 2})
    one, two = txt(f"one.{ZONE}", "1"), txt(f"two.{ZONE}", "2")
    assert set(outcomes(host.write(Edit(adds=(one, two)))).values()) == {WRITTEN}
    host.write(Edit(removes=(one, two)))
    assert host.at(one.name, two.name).records == ()


def test_a_record_held_twice_goes_twice(host: Host) -> None:
    twice = ("A", "old", "192.0.2.1")
    host.plant(twice, twice, twice)
    (old,) = host.at(f"old.{ZONE}").records
    told = host.write(Edit(removes=(old,)))
    assert outcomes(told) == {(old.value, True): WRITTEN}
    assert host.at(old.name).records == ()


def test_one_that_is_held_twice_is_replaced_once(host: Host) -> None:
    twice = ("CNAME", "sip", "old.")
    host.plant(twice, twice)
    (old,) = host.at(f"sip.{ZONE}").records
    new = cname(old.name, "new")
    host.write(Edit((old,), (new,)))
    assert host.natives(old.name) == [("CNAME", new.value)]
    assert len(host.raw.get(f"/domain/zone/{ZONE}/record?subDomain=sip")) == 1


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("AAAA", "2001:db8::1"),
        ("CAA", '0 issue "ca.example"'),
        ("DNAME", "other.example."),
        ("HTTPS", '1 . alpn="h2"'),
        ("LOC", "48 51 30.000 N 2 17 40.000 E 35.00m 1.00m 10000.00m 10.00m"),
        ("NAPTR", '100 10 "u" "E2U+sip" "!^.*$!sip:a@b.example!" .'),
        ("NS", "ns1.elsewhere.example."),
        ("PTR", "host.example."),
        ("RP", "a.example. b.example."),
        ("SRV", "100 1 443 sip.example."),
        ("SSHFP", "1 1 " + "ab" * 20),
        ("SVCB", '1 svc.example. port="8443"'),
        ("TLSA", "3 1 1 " + "ab" * 32),
        ("TXT", '"a \\"b\\"; c" "d"'),
    ],
)
def test_what_an_alias_took_the_place_of_comes_back(host: Host, kind: str, target: str) -> None:
    host.plant((kind, "autodiscover", target, 600))
    name = f"autodiscover.{ZONE}"
    before = host.at(name)
    edit = Edit(before.records, (cname(name, "autodiscover.outlook.com"),))
    host.write(edit)
    assert host.at(name).records == edit.adds
    host.write(Edit.from_json(edit.to_json()).inverse)
    assert [(r, r.ttl) for r in host.at(name).records] == [(r, 600) for r in before.records]


@pytest.mark.parametrize(("wished", "kept"), [(600, 600), (30, 60), (0, 60)])
def test_short_ttls_are_raised_and_that_is_no_difference(
    host: Host, wished: int, kept: int
) -> None:
    host.plant(("CNAME", "sip", "a.", 3600))
    old = cname(f"sip.{ZONE}", "a")
    edit = Edit((old,), (replace(old, ttl=wished),))
    host.write(edit)
    (found,) = host.at(old.name).records
    assert found.ttl == kept
    assert {one.outcome for one in host.write(edit)} == {ALREADY}


def test_ttls_of_zero_are_the_zones_own_by_name_and_in_the_export(host: Host) -> None:
    host.plant(("A", "here", "192.0.2.1", 0))
    host.raw.call("PUT", f"/domain/zone/{ZONE}/soa", {"ttl": 7200})
    name = f"here.{ZONE}"
    assert [r.ttl for r in host.at(name).records] == [7200]
    assert [r.ttl for r in host.provider.read(ZONE).at(name)] == [7200]


def test_an_edit_of_the_whole_zones_snapshot_finds_its_ids(host: Host) -> None:
    """The export has none."""
    host.plant(("CNAME", "sip", "old."))
    stored = host.provider.read(ZONE)
    (old,) = stored.at(f"sip.{ZONE}")
    new = cname(old.name, "new")
    assert set(outcomes(host.write(Edit((old,), (new,)), stored)).values()) == {WRITTEN}
    assert host.at(old.name).records == (new,)


@pytest.mark.parametrize(
    "record",
    [
        of_text(ZONE, "NS", "ns1.elsewhere.example.", origin=ZONE),
        of_text(ZONE, "SOA", "a. b. 1 2 3 4 5", origin=ZONE),
        of_text(f"x.{ZONE}", "HINFO", "a b", origin=ZONE),
    ],
)
def test_what_is_not_ours_to_write_is_refused_before_the_first_call(
    host: Host, record: Record
) -> None:
    """Item 35."""
    host.plant()
    with pytest.raises(Refused):
        host.write(Edit(adds=(txt(ZONE, "first"), record)))
    assert host.writes() == []


def test_a_refused_record_leaves_those_before_it_and_says_which(host: Host) -> None:
    """Item 47."""
    host.plant()
    good, bad = txt(ZONE, "good"), of_text(f"a_b.{ZONE}", "A", "192.0.2.1", origin=ZONE)
    with pytest.raises(Refused, match="underscore"):
        host.write(Edit(adds=(good, bad)))
    assert host.told == [Written(good, WRITTEN)]
    assert host.at(ZONE).at(ZONE, "TXT") == (good,)


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "html"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_lost_answer_is_read_back_and_nothing_is_done_twice(
    host: Host, kind: str, method: str
) -> None:
    """Item 46."""
    host.plant(("CNAME", "sip", "old."), ("A", "gone", "192.0.2.1"))
    (alias,), (address,) = (host.at(f"{sub}.{ZONE}").records for sub in ("sip", "gone"))
    edit = Edit((alias, address), (cname(alias.name, "new"), txt(f"t.{ZONE}", "text")))
    fault = {"service": "ovh", "method": method, "path": "record", "kind": kind}
    host.sandbox.post("faults", fault)
    with pytest.raises(OutcomeUnknown):
        host.write(edit)
    host.write(edit)
    assert host.at(*edit.names).records == edit.adds
    ids = host.raw.get(f"/domain/zone/{ZONE}/record?subDomain=t")
    assert len(ids) == 1


def test_a_record_that_has_another_id_by_now_is_read_again(host: Host) -> None:
    """An edit in text form renumbers all."""
    host.plant(("CNAME", "sip", "old."), ("A", "gone", "192.0.2.1"))
    (alias,), (address,) = (host.at(f"{sub}.{ZONE}").records for sub in ("sip", "gone"))
    for gone in (alias, address):
        moved = replace(gone, id="1")
        with pytest.raises(Busy):
            host.write(Edit(removes=(gone,)), Snapshot.of(ZONE, [moved]))
        host.write(Edit(removes=(gone,)))
        assert host.at(gone.name).records == ()


def test_what_others_add_to_the_same_records_meanwhile_makes_it_stale(host: Host) -> None:
    """Item 45: two plans for one SPF. Nothing is served yet, and the other record stays."""
    host.plant()
    mine, theirs = txt(ZONE, "v=spf1 a -all"), txt(ZONE, "v=spf1 mx -all")
    tell = meanwhile(lambda: host.else_creates("SPF", "", theirs.value))
    with pytest.raises(Stale, match="mx -all was changed meanwhile"):
        host.provider.write(ZONE, Edit(adds=(mine,)), stored=host.at(ZONE), tell=tell)
    assert host.at(ZONE).at(ZONE, "TXT") == (theirs,)


def test_of_four_writers_at_once_one_wins_at_most(host: Host) -> None:
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
