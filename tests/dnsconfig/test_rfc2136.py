"""Update messages as they are built, and the addresses people type. No server is asked."""

import dns.message
import dns.rrset
import pytest

from common.errors import Misconfigured, Refused
from dnsconfig.edits import Edit
from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.providers.rfc2136 import _address
from dnsconfig.providers.rfc2136_server import _count_soas, _is_public
from dnsconfig.providers.rfc2136_update import BIGGEST, check, found, joined, messages, results
from dnsconfig.providers.typed_zones import typed_zones
from dnsconfig.records import Record, Snapshot, cname, mx, of_text, txt

ZONE = "acme.example"
ALIAS = cname(f"sip.{ZONE}", "sipdir.online.lync.com")
KEYS = {
    "server": "ns.acme.example",
    "zones": ZONE,
    "key_name": "portal",
    "algorithm": "hmac-sha256",
    "secret": "c2VjcmV0",
}


def record(name: str, kind: str, value: str, ttl: int = 3600) -> Record:
    return of_text(name, kind, value, origin=ZONE, ttl=ttl)


def required(edit: Edit, *stored: Record) -> list[str]:
    """The prerequisites of the one message, in presentation format."""
    (message,) = messages(edit, Snapshot.of(ZONE, stored))
    return sorted(rrset.to_text() for rrset in message.prerequisite)


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("ns1.acme.example", "ns1.acme.example", 53),
        (" ns1.acme.example:5353 ", "ns1.acme.example", 5353),
        ("192.0.2.1", "192.0.2.1", 53),
        ("192.0.2.1:5301", "192.0.2.1", 5301),
        ("2001:db8::1", "2001:db8::1", 53),
        ("[2001:db8::1]", "2001:db8::1", 53),
        ("[2001:DB8::1]:5301", "2001:DB8::1", 5301),
    ],
)
def test_the_server_as_people_write_it(text: str, host: str, port: int) -> None:
    assert _address(text) == (host, port)


@pytest.mark.parametrize(
    "text", ["", "ns1 acme", "ns1:", "ns1:0", "ns1:65536", "ns1:dns", "http://ns1/", "[ns1]:53"]
)
def test_what_is_no_server(text: str) -> None:
    with pytest.raises(Refused):
        _address(text)


def test_zones_as_people_write_them() -> None:
    assert typed_zones("acme.example, Other.Example.\nbücher.example") == [
        "acme.example",
        "other.example",
        "xn--bcher-kva.example",
    ]
    for text in ("", " , ", "a..example", "-.example"):
        with pytest.raises(Refused):
            typed_zones(text)


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("9.9.9.9", True),
        ("2620:fe::fe", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("::ffff:127.0.0.1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
    ],
)
def test_networks_that_are_not_the_internet(address: str, is_public: bool) -> None:
    assert _is_public(address) is is_public


@pytest.mark.parametrize("wrong", [{"secret": "no base64!"}, {"algorithm": "hmac-rot13"}])
def test_a_key_that_is_none_is_refused_before_anything_is_asked(wrong: dict[str, str]) -> None:
    provider: ZoneProvider = connect("rfc2136", {**KEYS, **wrong})
    with pytest.raises(Misconfigured) as refused:
        provider.zones()
    assert refused.value.code == "tsig"


def test_a_server_whose_name_cannot_be_looked_up() -> None:
    provider = connect("rfc2136", {**KEYS, "server": "a" * 64 + ".example"})
    with pytest.raises(Refused) as refused:
        provider.zones()
    assert refused.value.field == "server"


def test_a_free_name_for_an_alias_must_stay_free() -> None:
    assert required(Edit(adds=(ALIAS,))) == ["sip.acme.example. NONE ANY"]


def test_data_comes_only_where_no_alias_has_come() -> None:
    assert required(Edit(adds=(mx(ZONE, 0, "mx.example"),))) == [
        "acme.example. NONE CNAME",
        "acme.example. NONE MX",
    ]


def test_a_stored_rrset_is_required_whole_with_the_strings_that_it_has() -> None:
    stored = found(
        ZONE,
        [
            dns.rrset.from_text(f"{ZONE}.", 300, "IN", "TXT", '"v=spf1 " "-all"'),
            dns.rrset.from_text(f"{ZONE}.", 300, "IN", "TXT", '"other"'),
        ],
        names=None,
    )
    spf = stored.records[0]
    assert spf == txt(ZONE, "v=spf1 -all")
    (message,) = messages(Edit((spf,), (txt(ZONE, "new", 300),)), stored)
    assert [s.to_text() for s in message.prerequisite] == [
        "acme.example. NONE CNAME",
        'acme.example. 0 IN TXT "v=spf1 " "-all"',
        'acme.example. 0 IN TXT "other"',
    ]
    assert [s.to_text() for s in message.update] == [
        'acme.example. 0 NONE TXT "v=spf1 " "-all"',
        'acme.example. 300 IN TXT "new"',
    ]


def test_two_texts_that_differ_only_in_their_strings_are_one_record() -> None:
    """Both are named, or the prerequisite would never hold."""
    ways = [dns.rrset.from_text(f"{ZONE}.", 300, "IN", "TXT", way) for way in ('"ab"', '"a" "b"')]
    stored = found(ZONE, ways, names=None)
    (message,) = messages(Edit(stored.records), stored)
    assert len(message.prerequisite) == 3
    assert len(message.update) == 2


def test_an_alias_in_the_place_of_data_requires_that_nothing_else_came() -> None:
    here = record(ALIAS.name, "A", "192.0.2.1")
    told = required(Edit((here,), (ALIAS,)), here)
    assert "sip.acme.example. 0 IN A 192.0.2.1" in told
    assert {"sip.acme.example. NONE MX", "sip.acme.example. NONE CNAME"} <= set(told)


def test_what_the_server_makes_itself_and_what_is_outside_is_not_seen() -> None:
    rrsets = [
        dns.rrset.from_text(f"{ZONE}.", 300, "IN", "A", "192.0.2.1"),
        dns.rrset.from_text(f"{ZONE}.", 300, "IN", "DNSKEY", "257 3 13 aGVsbG8="),
        dns.rrset.from_text(f"{ZONE}.", 0, "IN", "TYPE65534", "\\# 5 0d00000001"),
        dns.rrset.from_text("other.example.", 300, "IN", "A", "192.0.2.1"),
    ]
    assert [r.type for r in found(ZONE, rrsets, names=None).records] == ["A"]
    assert not found(ZONE, rrsets, names=frozenset({f"www.{ZONE}"})).records


def test_an_rrset_has_one_ttl() -> None:
    old, kept = mx(ZONE, 10, "old.example", 300), mx(ZONE, 20, "kept.example", 300)
    new = mx(ZONE, 0, "new.example", 3600)
    stored = Snapshot.of(ZONE, [old, kept])
    assert joined(Edit((old,), (new,)), stored).adds[0].ttl == 300
    assert joined(Edit((old, kept), (new,)), stored).adds[0].ttl == 3600
    changed = mx(ZONE, 10, "old.example", 60)
    assert [r.ttl for r in joined(Edit((old,), (changed, new)), stored).adds] == [60, 60]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Edit(adds=(record(ZONE, "NS", "ns.thief.example."),)), "apex"),
        (Edit((record(ZONE, "SOA", "a. b. 1 2 3 4 5"),)), "apex"),
        (Edit(adds=(txt("other.example", "text"),)), "outside"),
        (Edit(adds=(txt(f"not{ZONE}", "text"),)), "outside"),
        (Edit((record(ZONE, "DNSKEY", "257 3 13 aGVsbG8="),)), "type"),
        (Edit(adds=(cname(f"www.{ZONE}", "elsewhere.example"),)), "alias"),
        (Edit(adds=(ALIAS, cname(ALIAS.name, "second.example"))), "alias"),
    ],
)
def test_what_is_never_sent(wish: Edit, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check(wish, Snapshot.of(ZONE, [record(f"www.{ZONE}", "A", "192.0.2.1")]))
    assert refused.value.code == code


def test_a_delegation_below_the_apex_may_be_written() -> None:
    check(Edit(adds=(record(f"sub.{ZONE}", "NS", "ns.example."),)), Snapshot.of(ZONE, []))


def test_an_edit_is_split_only_when_it_must_be_and_never_within_a_name() -> None:
    many = tuple(txt(f"n{n}.{ZONE}", f"{half}{'x' * 250}") for n in range(200) for half in "ab")
    parts = list(messages(Edit(adds=many), Snapshot.of(ZONE, [])))
    assert 1 < len(parts) < 5
    assert all(len(part.to_wire()) <= BIGGEST for part in parts)
    names = [{rrset.name for rrset in part.update} for part in parts]
    assert sum(map(len, names)) == 200
    assert len(list(messages(Edit(adds=many[:20]), Snapshot.of(ZONE, [])))) == 1


def test_one_name_that_is_too_much_is_refused() -> None:
    many = tuple(txt(ZONE, f"{n}" * 80) for n in range(999))
    with pytest.raises(Refused):
        list(messages(Edit(adds=many), Snapshot.of(ZONE, [])))


def test_what_the_server_does_not_show_was_not_taken() -> None:
    """Of what was sent; the rest was there, or gone, before."""
    gone, stays, come = (txt(ZONE, text) for text in ("gone", "stays", "come"))
    edit = Edit((gone, stays), (come, ALIAS))
    told = results(edit, edit, Snapshot.of(ZONE, [stays, come]))
    assert [one.outcome.value for one in told] == ["written", "not_taken", "written", "not_taken"]
    assert [one.is_removal for one in told] == [True, True, False, False]
    assert {one.outcome.value for one in results(edit, Edit(), Snapshot.of(ZONE, []))} == {
        "already"
    }


def test_the_end_of_a_transfer_is_found_without_reading_it_all() -> None:
    message = dns.message.make_response(dns.message.make_query(f"{ZONE}.", "AXFR"))
    for kind, text in (
        ("A", "192.0.2.1"),
        ("SOA", "a. b. 1 2 3 4 5"),
        ("MX", "1 mx.acme.example."),
    ):
        message.answer.append(dns.rrset.from_text(f"{ZONE}.", 300, "IN", kind, text))
    wire = message.to_wire()
    assert _count_soas(wire) == 1
    for length in range(12, len(wire) - 20, 7):
        with pytest.raises(ValueError, match="no DNS message"):
            _count_soas(wire[:length])
