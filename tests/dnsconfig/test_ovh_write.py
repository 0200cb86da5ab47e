"""An edit at OVH: in place where it can be, with OVH's own types and TTLs."""

from dataclasses import replace

import pytest

from common.errors import Refused
from dnsconfig.edits import Edit
from dnsconfig.records import Record, cname, mx, of_text, txt
from tests.dnsconfig.ovh_host import ALREADY, WRITTEN, ZONE, Host, outcomes
from tests.sandbox_fixture import LiveSandbox


@pytest.fixture
def host(live_sandbox: LiveSandbox) -> Host:
    return Host(live_sandbox)


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
