"""What an update does to a zone, and what it leaves."""

from dataclasses import replace

import dns.rdatatype
import dns.update
import pytest

from common.errors import Misconfigured, Refused, Stale
from dnsconfig import plan
from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome, Written, ZoneProvider
from dnsconfig.records import Record, cname, mx, of_text, srv, txt
from tests.dnsservers.servers import DnsServer, content


@pytest.fixture
def zone(server: DnsServer) -> str:
    return server.take()


@pytest.fixture
def provider(server: DnsServer, zone: str) -> ZoneProvider:
    return server.open(zone)


def write(provider: ZoneProvider, zone: str, edit: Edit) -> tuple[Written, ...]:
    return provider.write(zone, edit, stored=provider.read(zone, names=edit.names))


def microsoft(zone: str) -> tuple[Record, ...]:
    return (
        mx(zone, 0, "contoso.o-v1.mx.microsoft"),
        txt(zone, "v=spf1 include:spf.protection.outlook.com -all"),
        cname(f"autodiscover.{zone}", "autodiscover.outlook.com"),
        srv(f"_sipfederationtls._tcp.{zone}", 100, 1, 5061, "sipfed.online.lync.com"),
        cname(f"selector1._domainkey.{zone}", "selector1-contoso.c-v1.dkim.mail.microsoft"),
    )


def test_written_then_nothing_then_undone(
    server: DnsServer, zone: str, provider: ZoneProvider
) -> None:
    """Replaces the MX of another provider, joins other TXT, makes new names; and all of it back."""
    before = provider.read(zone)
    edit = Edit((*before.at(zone, "MX"), txt(zone, "v=spf1 -all")), microsoft(zone))
    assert {one.outcome for one in write(provider, zone, edit)} == {Outcome.WRITTEN}
    assert plan.make(wanted=edit.adds, existing=provider.read(zone)).is_empty

    serial = soa(provider, zone)
    again = write(provider, zone, edit)
    assert {one.outcome for one in again} == {Outcome.ALREADY}
    if server.kind != "signed_bind":  # there the serial also moves by itself
        assert soa(provider, zone) == serial

    write(provider, zone, edit.inverse)
    assert content(provider.read(zone)) == content(before)


def soa(provider: ZoneProvider, zone: str) -> str:
    (found,) = provider.read(zone, names=[zone]).at(zone, "SOA")
    return found.value


def test_an_alias_beside_data_is_refused_before_it_is_sent(
    zone: str, provider: ZoneProvider
) -> None:
    before = content(provider.read(zone))
    beside = (
        cname(f"ns1.{zone}", "elsewhere.example"),
        cname(zone, "elsewhere.example"),
        txt(f"www.{zone}", "beside an alias"),
        cname(f"www.{zone}", "a.second.alias.example"),
    )
    for record in beside:
        with pytest.raises(Refused) as refused:
            write(provider, zone, Edit(adds=(txt(f"new.{zone}", "beside it"), record)))
        assert refused.value.code == "alias"
    assert content(provider.read(zone)) == before


def test_55_what_a_server_leaves_out_without_a_word_is_noticed(
    server: DnsServer, zone: str, provider: ZoneProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if another server took data for what we take for an alias's free place."""
    monkeypatch.setattr("dnsconfig.providers.rfc2136_update.check", lambda *_: None)
    monkeypatch.setattr("dnsconfig.providers.rfc2136_update._require", lambda *_: None)
    alias, text = cname(f"ns1.{zone}", "elsewhere.example"), txt(f"new.{zone}", "text")
    edit = Edit(adds=(alias, text))
    if server.kind == "powerdns":
        with pytest.raises(Misconfigured):
            write(provider, zone, edit)
        return
    told = {one.record: one.outcome for one in write(provider, zone, edit)}
    assert told == {alias: Outcome.NOT_TAKEN, text: Outcome.WRITTEN}


def test_35_the_apex_is_never_touched(zone: str, provider: ZoneProvider) -> None:
    before = provider.read(zone)
    ns = before.at(zone, "NS")[0]
    wishes = (
        Edit((ns,)),
        Edit(adds=(of_text(zone, "NS", "ns.thief.example.", origin=zone),)),
        Edit(before.at(zone, "SOA")),
        Edit(adds=(txt("neighbour.test", "outside"),)),
        Edit(adds=(txt(f"not{zone}", "outside"),)),
    )
    for edit in wishes:
        with pytest.raises(Refused):
            provider.write(zone, edit, stored=before)
    assert content(provider.read(zone)) == content(before)


def test_a_new_record_joins_its_rrset_with_its_ttl(zone: str, provider: ZoneProvider) -> None:
    """An RRset has one TTL: 300 here. Undone, the former one is as it was."""
    before = provider.read(zone)
    edit = Edit(adds=(of_text(zone, "A", "192.0.2.77", origin=zone),))
    write(provider, zone, edit)
    assert {r.ttl for r in provider.read(zone).at(zone, "A")} == {300}
    assert not edit.left_to_do(provider.read(zone))
    assert [one.outcome for one in write(provider, zone, edit)] == [Outcome.ALREADY]
    write(provider, zone, edit.inverse)
    assert content(provider.read(zone)) == content(before)


def test_an_edit_of_one_ttl_changes_its_rrset(zone: str, provider: ZoneProvider) -> None:
    old = next(r for r in provider.read(zone).at(zone, "TXT") if "spf1" in r.value)
    write(provider, zone, Edit((old,), (replace(old, ttl=60),)))
    found = provider.read(zone).at(zone, "TXT")
    assert len(found) == 2
    assert {r.ttl for r in found} == {60}


def test_records_in_unusual_form_are_found_and_removed(zone: str, provider: ZoneProvider) -> None:
    """A TXT in several strings, capitals in a target."""
    found = provider.read(zone)
    split = next(r for r in found.at(zone, "TXT") if r.value == "two strings")
    (mixed,) = found.at(zone, "MX")
    told = write(provider, zone, Edit((split, mixed)))
    assert {one.outcome for one in told} == {Outcome.WRITTEN}
    assert not {split, mixed} & set(provider.read(zone).records)


def test_37_a_type_that_nobody_knows_is_kept_as_it_is(
    server: DnsServer, zone: str, provider: ZoneProvider
) -> None:
    """PowerDNS 4.7 does not understand an update that names one, and says so."""
    before = content(provider.read(zone))
    (odd,) = provider.read(zone).at(f"odd.{zone}")
    assert (odd.type, odd.value) == ("TYPE65280", "\\# 4 0a0b0c0d")
    if server.kind == "powerdns":
        with pytest.raises(Refused, match="does not take"):
            write(provider, zone, Edit((odd,)))
    else:
        write(provider, zone, Edit((odd,)))
        assert not provider.read(zone).at(odd.name)
        write(provider, zone, Edit(adds=(odd,)))
    assert content(provider.read(zone)) == before


def test_somebody_else_may_write_elsewhere_meanwhile(zone: str, provider: ZoneProvider) -> None:
    """Only the touched RRsets must be as they were."""
    edit = Edit(adds=microsoft(zone))
    stored = provider.read(zone, names=edit.names)
    write(provider, zone, Edit(adds=(txt(f"other.{zone}", "other"),)))
    told = provider.write(zone, edit, stored=stored)
    assert {one.outcome for one in told} == {Outcome.WRITTEN}


@pytest.mark.parametrize("at", range(5))
def test_each_touched_rrset_is_guarded(zone: str, provider: ZoneProvider, at: int) -> None:
    """Changed by somebody else, whichever it is: nothing at all is written."""
    edit = Edit(adds=microsoft(zone))
    stored = provider.read(zone, names=edit.names)
    changed = edit.adds[at]
    theirs = {
        "MX": mx(changed.name, 5, "mail.elsewhere.example"),
        "CNAME": txt(changed.name, "data where the alias goes"),
        "SRV": cname(changed.name, "an-alias.elsewhere.example"),
    }
    write(provider, zone, Edit(adds=(theirs.get(changed.type, txt(zone, "theirs")),)))
    before = content(provider.read(zone))
    with pytest.raises(Stale):
        provider.write(zone, edit, stored=stored)
    assert content(provider.read(zone)) == before


def test_data_that_comes_beside_what_an_alias_replaces(zone: str, provider: ZoneProvider) -> None:
    """The A goes and the alias comes, unless an MX came meanwhile: then the A stays, too."""
    name = f"ns1.{zone}"
    edit = Edit(provider.read(zone).at(name), (cname(name, "elsewhere.example"),))
    stored = provider.read(zone, names=[name])
    write(provider, zone, Edit(adds=(mx(name, 5, "mail.elsewhere.example"),)))
    with pytest.raises(Stale):
        provider.write(zone, edit, stored=stored)
    assert {r.type for r in provider.read(zone).at(name)} == {"A", "MX"}


def test_an_alias_at_a_name_that_only_has_names_below(zone: str, provider: ZoneProvider) -> None:
    """An empty non-terminal is a free name."""
    write(provider, zone, Edit(adds=(txt(f"below.empty.{zone}", "below"),)))
    (told,) = write(provider, zone, Edit(adds=(cname(f"empty.{zone}", "elsewhere.example"),)))
    assert told.outcome is Outcome.WRITTEN


def test_a_wildcard_is_a_name_like_others(zone: str, provider: ZoneProvider) -> None:
    """Names that it covers are free; it is itself read, replaced and put back."""
    wildcard = f"*.wild.{zone}"
    before = provider.read(zone)
    edit = Edit(
        before.at(wildcard),
        (cname(f"autodiscover.wild.{zone}", "autodiscover.outlook.com"), txt(wildcard, "now text")),
    )
    write(provider, zone, edit)
    assert not provider.read(zone).at(wildcard, "A")
    write(provider, zone, edit.inverse)
    assert content(provider.read(zone)) == content(before)


def test_an_edit_beyond_one_message(zone: str, provider: ZoneProvider) -> None:
    """Several updates, each with whole names."""
    many = tuple(txt(f"n{number}.{zone}", "x" * 600) for number in range(200))
    told = write(provider, zone, Edit(adds=many))
    assert {one.outcome for one in told} == {Outcome.WRITTEN}
    assert set(many) <= set(provider.read(zone).records)
    write(provider, zone, Edit(many))
    assert not set(many) & set(provider.read(zone).records)


def test_41_signatures_are_no_part_of_a_zone(server: DnsServer, zone: str) -> None:
    """They are there when the server signs, and new records are signed at once."""
    provider = server.open(zone)
    write(provider, zone, Edit(adds=microsoft(zone)))
    kinds = {record.type for record in provider.read(zone).records}
    assert kinds == {"SOA", "NS", "A", "MX", "TXT", "CAA", "CNAME", "SRV", "TYPE65280"}
    signed = any(s.rdtype == dns.rdatatype.RRSIG for s in server.ask_signed(zone, "MX").answer)
    assert signed == (server.kind == "signed_bind")
