"""The servers as `dig` and dnspython see them."""

import shutil
import socket
import subprocess
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.opcode
import dns.query
import pytest
from dns.rcode import Rcode

from sandbox.dns import server
from sandbox.ovh import seeds, zones
from sandbox.world import World

OVH = "127.0.0.2"
ZONE = "wire.example"
RECORDS = [
    {"fieldType": "A", "subDomain": "www2", "target": "192.0.2.2"},
    *(
        {"fieldType": "TXT", "subDomain": "long", "target": f'"{number:03d}{"x" * 200}"'}
        for number in range(12)
    ),
]


@pytest.fixture
def port(world: World) -> Iterator[int]:
    with world.change():
        seeds.plant(world)
        zones.plant(world, ZONE, owner="nw12345-ovh", records=RECORDS)
    running = server.start(world, 0)
    yield running.port
    running.stop()


def _udp(port: int, query: dns.message.Message, at: str = OVH) -> dns.message.Message:
    return dns.query.udp(query, at, timeout=20, port=port)


def test_what_does_not_fit_is_cut_and_comes_whole_over_tcp(port: int) -> None:
    query = dns.message.make_query(f"long.{ZONE}", "TXT", use_edns=0, payload=1232)
    cut = _udp(port, query)
    assert cut.flags & dns.flags.TC
    assert len(cut.to_wire()) <= 1232
    whole, used_tcp = dns.query.udp_with_fallback(query, OVH, timeout=20, port=port)
    assert used_tcp
    assert len(whole.answer[0]) == 12


def test_without_edns_512_bytes_are_the_most(port: int) -> None:
    cut = _udp(port, dns.message.make_query(f"long.{ZONE}", "TXT"))
    assert cut.flags & dns.flags.TC
    assert cut.edns == -1
    assert len(cut.to_wire()) <= 512


def test_an_unknown_version_of_edns(port: int) -> None:
    query = dns.message.make_query(ZONE, "A")
    query.use_edns(edns=1)
    assert _udp(port, query).rcode() == Rcode.BADVERS


def test_letters_come_back_as_they_were_asked(port: int) -> None:
    name = "wWw2.WiRe.ExAmPlE."
    made = _udp(port, dns.message.make_query(name, "A"))
    assert made.question[0].name.to_text() == name
    assert made.answer[0].name.to_text() == name


def test_transfers_updates_and_strange_names_are_refused(port: int) -> None:
    for query in (
        dns.message.make_query(ZONE, "AXFR"),
        dns.message.make_query("gmail.com", "A"),
        dns.message.make_query("version.bind", "TXT", "CH"),
    ):
        assert dns.query.tcp(query, OVH, timeout=20, port=port).rcode() == Rcode.REFUSED
    query = dns.message.make_query(ZONE, "SOA")
    query.set_opcode(dns.opcode.NOTIFY)
    assert _udp(port, query).rcode() == Rcode.NOTIMP


def test_noise_is_survived(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noisy:
        noisy.sendto(b"\x00" * 5, (OVH, port))
        noisy.sendto(b"\xff" * 40, (OVH, port))
    with socket.create_connection((OVH, port), timeout=20) as broken:
        broken.sendall(b"\x00\x40half a question")
    assert _udp(port, dns.message.make_query(ZONE, "SOA")).answer


def test_two_questions_over_one_connection(port: int) -> None:
    with socket.create_connection((OVH, port), timeout=20) as connection:
        for name in (ZONE, f"www2.{ZONE}"):
            query = dns.message.make_query(name, "A")
            dns.query.send_tcp(connection, query)
            answered, _ = dns.query.receive_tcp(connection)
            assert query.is_response(answered)


def test_four_addresses_share_the_port_and_free_it(world: World) -> None:
    running = server.start(world, 0)
    with pytest.raises(OSError, match="in use"):
        server.start(world, running.port)
    running.stop()
    server.start(world, running.port).stop()


@pytest.mark.skipif(not shutil.which("dig"), reason="dig is not installed")
def test_dig(port: int) -> None:
    command = ["dig", "-p", str(port), f"@{OVH}", "+short", f"www2.{ZONE}", "A"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert told.stdout.strip() == "192.0.2.2"
