"""What is answered: as by any authoritative server."""

import dns.flags
import dns.message
import dns.opcode
import dns.query
import dns.rcode
import pytest
from dns.rcode import Rcode
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dnsconfig.edits import Edit
from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.replies import Responder
from dnsconfig.embedded.writing import add_records, write
from dnsconfig.records import txt
from tests.dnsconfig.embedded.conftest import ZONE, Ask, open_zone, record
from tests.people import Reseller


@pytest.fixture(autouse=True)
def _zone(northwind: Reseller) -> None:
    open_zone(
        northwind,
        record("", "MX", "10 mail.acme.example."),
        record("", "TXT", '"long ' + 3 * ("x" * 250 + '" "') + '"'),
        record("mail", "A", "192.0.2.1"),
        record("www", "CNAME", "mail.acme.example."),
        record("out", "CNAME", "elsewhere.example."),
        record("lost", "CNAME", "nothing.acme.example."),
        record("loop", "CNAME", "pool.acme.example."),
        record("pool", "CNAME", "loop.acme.example."),
        record("*.wild", "A", "192.0.2.9"),
        record("host.wild", "TXT", '"here"'),
        record("deep.empty", "A", "192.0.2.3"),
        record("sub", "NS", "ns.sub.acme.example."),
        record("sub", "DS", "1 8 2 " + "ab" * 32),
        record("ns.sub", "A", "192.0.2.53"),
        record("old", "DNAME", "wild.acme.example."),
        record("odd", "TYPE65280", "\\# 2 abcd"),
    )


def values(answer: dns.message.Message) -> list[str]:
    return [f"{r.name} {rdata.to_text()}"[:60] for r in answer.answer for rdata in r]


@pytest.mark.parametrize(
    ("name", "kind", "rcode", "expected"),
    [
        (ZONE, "MX", Rcode.NOERROR, ["acme.example. 10 mail.acme.example."]),
        ("ACME.example", "NS", Rcode.NOERROR, None),
        (
            "www.acme.example",
            "A",
            Rcode.NOERROR,
            ["www.acme.example. mail.acme.example.", "mail.acme.example. 192.0.2.1"],
        ),
        ("out.acme.example", "A", Rcode.NOERROR, ["out.acme.example. elsewhere.example."]),
        ("lost.acme.example", "A", Rcode.NXDOMAIN, ["lost.acme.example. nothing.acme.example."]),
        ("www.acme.example", "CNAME", Rcode.NOERROR, ["www.acme.example. mail.acme.example."]),
        ("mail.acme.example", "AAAA", Rcode.NOERROR, []),
        ("nothing.acme.example", "A", Rcode.NXDOMAIN, []),
        ("empty.acme.example", "A", Rcode.NOERROR, []),
        ("any.wild.acme.example", "A", Rcode.NOERROR, ["any.wild.acme.example. 192.0.2.9"]),
        ("host.wild.acme.example", "A", Rcode.NOERROR, []),
        ("odd.acme.example", "TYPE65280", Rcode.NOERROR, ["odd.acme.example. \\# 2 abcd"]),
        (
            "x.old.acme.example",
            "A",
            Rcode.NOERROR,
            [
                "old.acme.example. wild.acme.example.",
                "x.old.acme.example. x.wild.acme.example.",
                "x.wild.acme.example. 192.0.2.9",
            ],
        ),
        ("elsewhere.example", "A", Rcode.REFUSED, []),
    ],
)
def test_a_question_gets_its_answer(
    ask_within: Ask, name: str, kind: str, rcode: Rcode, expected: list[str] | None
) -> None:
    answer = ask_within(name, kind)
    assert answer.rcode() == rcode
    if expected is not None:
        assert values(answer) == expected
    assert bool(answer.flags & dns.flags.AA) == (rcode != Rcode.REFUSED)
    has_soa = any(rrset.rdtype.name == "SOA" for rrset in answer.authority)
    is_negative = rcode == Rcode.NXDOMAIN or (rcode == Rcode.NOERROR and expected == [])
    assert has_soa == is_negative


def test_aliases_in_a_circle_end(ask_within: Ask) -> None:
    assert len(values(ask_within("loop.acme.example", "A"))) == 2


def test_what_is_delegated_is_referred_with_its_address(ask_within: Ask) -> None:
    referral = ask_within("www.sub.acme.example", "A")
    assert not referral.flags & dns.flags.AA
    assert [r.name.to_text() for r in referral.authority] == ["sub.acme.example."]
    assert "192.0.2.53" in referral.additional[0].to_text()
    at_the_cut = ask_within("sub.acme.example", "DS")
    assert at_the_cut.flags & dns.flags.AA
    assert at_the_cut.answer


def test_what_does_not_fit_comes_by_tcp(ask_within: Ask) -> None:
    cut = ask_within(ZONE, "TXT", use_edns=False)
    assert cut.flags & dns.flags.TC
    assert values(ask_within(ZONE, "TXT", is_tcp=True))
    assert values(ask_within(ZONE, "TXT", use_edns=0, payload=1232))


def test_what_fits_into_no_message_is_cut(ask_within: Ask, northwind: Reseller) -> None:
    zone = OwnZone.objects.get()
    add_records(zone, [txt(f"huge.{ZONE}", f"{n} " + "x" * 2000) for n in range(40)])
    assert ask_within(f"huge.{ZONE}", "TXT", is_tcp=True).flags & dns.flags.TC


@given(tail=st.binary(max_size=60), flags=st.sampled_from([b"\x01\x00", b"\x28\x00", b"\x30\x00"]))
@example(tail=b"\x00\x01\x00\x00\x00\x00\x00\x00\xc0\x0c\x00\x01\x00\x01", flags=b"\x01\x00")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_come_one_reply_goes(db: None, tail: bytes, flags: bytes) -> None:
    wire = b"\x12\x34" + flags + tail
    for is_udp in (True, False):
        replies = list(Responder().respond(wire, "127.0.0.1", is_udp=is_udp))
        assert len(replies) == (len(wire) >= 12)
        assert all(reply[:2] == b"\x12\x34" for reply in replies)


def test_each_write_is_served_at_once_with_a_new_serial(
    ask_within: Ask, northwind: Reseller
) -> None:
    before = ask_within(ZONE, "SOA").answer[0][0].serial
    edit = Edit(adds=(txt(f"new.{ZONE}", "now"),))
    write(account_id=northwind.account.pk, name=ZONE, edit=edit)
    assert ask_within(ZONE, "SOA").answer[0][0].serial == before + 1
    assert values(ask_within(f"new.{ZONE}", "TXT")) == [f'new.{ZONE}. "now"']
