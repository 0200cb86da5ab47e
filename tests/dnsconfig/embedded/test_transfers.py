"""Transfers: whole zones to those who may have them, nothing to others."""

import socket

import dns.message
import dns.name
import dns.query
import dns.rcode
import dns.tsig
import dns.tsigkeyring
import dns.xfr
import dns.zone
import pytest
from dns.rcode import Rcode

from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.peers import BadPeer, may_transfer, split
from dnsconfig.embedded.server import NameServer
from dnsconfig.embedded.writing import snapshot
from dnsconfig.embedded.zonefile import written
from dnsconfig.records import txt
from tests.dnsconfig.embedded.conftest import SECRET, ZONE, Ask, open_zone, record
from tests.people import Reseller

KEY = dns.tsigkeyring.from_text({"portal-key.": SECRET})
LARGE = [txt(f"t{n}.{ZONE}", f"number {n} " + "x" * 200) for n in range(600)]


def transferred(server: NameServer, **options: object) -> dns.zone.Zone:
    zone = dns.zone.Zone(ZONE, relativize=False)
    query, _serial = dns.xfr.make_query(zone, **options)  # type: ignore[arg-type]
    dns.query.inbound_xfr("127.0.0.1", zone, query, port=server.port, timeout=20)
    return zone


def as_stored(zone: OwnZone) -> dns.zone.Zone:
    text = written(ZONE, snapshot(zone).records)
    return dns.zone.from_text(text, origin=ZONE, relativize=False)


def test_a_secondary_gets_the_whole_zone_in_several_messages(
    server: NameServer, northwind: Reseller
) -> None:
    alike = [record("many", "TXT", f'"{n}"') for n in range(300)]
    zone = open_zone(northwind, *LARGE, *alike, secondaries=["127.0.0.1:5353"])
    assert transferred(server) == as_stored(zone)


def test_with_a_key_the_signature_decides(server: NameServer, northwind: Reseller) -> None:
    fields = {"tsig_name": "portal-key", "tsig_secret": SECRET, "secondaries": ["127.0.0.1"]}
    zone = open_zone(northwind, *LARGE, **fields)
    signed = {"keyring": KEY, "keyname": "portal-key.", "keyalgorithm": dns.tsig.HMAC_SHA256}
    assert transferred(server, **signed) == as_stored(zone)
    with pytest.raises(dns.xfr.TransferError):
        transferred(server)


@pytest.mark.parametrize(
    ("name", "secret"), [("portal-key.", "b3RoZXIgc2VjcmV0IGFsdG9nZXRoZXI="), ("other.", SECRET)]
)
def test_a_wrong_key_is_refused(
    ask: Ask, northwind: Reseller, name: str, secret: str, server: NameServer
) -> None:
    open_zone(northwind, tsig_name="portal-key", tsig_secret=SECRET, secondaries=["127.0.0.1"])
    query = dns.message.make_query(ZONE, "AXFR")
    query.use_tsig(dns.tsigkeyring.from_text({name: secret}), name)
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as stream:
        dns.query.send_tcp(stream, query)
        reply, _received_at = dns.query.receive_tcp(stream)
    assert (reply.rcode(), reply.answer) == (Rcode.NOTAUTH, [])


def test_strangers_get_nothing(server: NameServer, ask: Ask, northwind: Reseller) -> None:
    open_zone(northwind, *LARGE, secondaries=["192.0.2.53"])
    for kind in ("AXFR", "IXFR"):
        assert ask(ZONE, kind, is_tcp=True).rcode() == Rcode.REFUSED
    assert ask("unknown.example", "AXFR", is_tcp=True).rcode() == Rcode.REFUSED
    with pytest.raises(dns.xfr.TransferError):
        transferred(server)


def test_a_name_inside_is_no_zone(ask: Ask, northwind: Reseller) -> None:
    open_zone(northwind, secondaries=["127.0.0.1"])
    assert ask(f"www.{ZONE}", "AXFR", is_tcp=True).rcode() == Rcode.NOTAUTH


def test_incremental_transfers_fall_back(server: NameServer, ask: Ask, northwind: Reseller) -> None:
    """RFC 1995: over UDP the SOA alone; over TCP all, or the SOA alone for who is up to date."""
    row = open_zone(northwind, *LARGE, secondaries=["127.0.0.1"], serial=2**32 - 1)
    zone = as_stored(row)
    assert [r.rdtype.name for r in ask(ZONE, "IXFR").answer] == ["SOA"]
    query, serial = dns.xfr.make_query(zone)
    up_to_date = dns.query.tcp(query, "127.0.0.1", timeout=10, port=server.port)
    assert [r.rdtype.name for r in up_to_date.answer] == ["SOA"]
    # One behind: the whole zone comes.
    row.serial = 1
    row.save()
    outdated = dns.zone.from_text(
        f"@ 3600 SOA a. b. {2**32 - 1} 1 1 1 1\n@ NS a.", origin=ZONE, relativize=False
    )
    query, serial = dns.xfr.make_query(outdated)
    assert serial == 2**32 - 1
    dns.query.inbound_xfr("127.0.0.1", outdated, query, port=server.port, timeout=20)
    assert outdated == as_stored(row)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("192.0.2.1:5353", ("192.0.2.1", 5353)),
        ("2001:DB8::1", ("2001:db8::1", 53)),
        ("[2001:db8::1]:5353", ("2001:db8::1", 5353)),
    ],
)
def test_addresses_of_secondaries(text: str, expected: tuple[str, int]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize("text", ["", "ns1.example", "192.0.2.1:0", "192.0.2.1:99999", "1.2.3"])
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(BadPeer):
        split(text)


def test_an_address_is_the_same_however_it_is_spelt() -> None:
    zone = OwnZone(name=ZONE, secondaries=["192.0.2.1:5353", "2001:db8::1"])
    assert may_transfer(zone, "::ffff:192.0.2.1", is_signed=False)
    assert may_transfer(zone, "2001:0db8::1", is_signed=False)
    assert not may_transfer(zone, "192.0.2.2", is_signed=True)
