"""The running server: sockets, threads, nonsense, and the loss of its database."""

import socket
import threading

import dns.message
import dns.opcode
import dns.query
import pytest
from django.db import OperationalError
from dns.rcode import Rcode

from dnsconfig.embedded import shelf
from dnsconfig.embedded.server import NameServer
from tests.dnsconfig.embedded.conftest import ZONE, Ask, open_zone, record
from tests.people import Reseller


@pytest.fixture(autouse=True)
def _zone(server: NameServer, northwind: Reseller) -> None:
    open_zone(
        northwind,
        record("", "MX", "10 mail.acme.example."),
        record("mail", "A", "192.0.2.1"),
        record("www", "CNAME", "mail.acme.example."),
    )


def test_two_questions_on_one_connection(server: NameServer) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as stream:
        for name in ("mail", "www"):
            query = dns.message.make_query(f"{name}.{ZONE}", "A")
            dns.query.send_tcp(stream, query)
            reply, _received_at = dns.query.receive_tcp(stream)
            assert reply.answer


@pytest.mark.parametrize(
    ("wire", "rcode"),
    [
        (b"\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\xff", Rcode.FORMERR),
        (b"\x12\x34\x29\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x01", Rcode.REFUSED),
        (b"\x12\x34\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00", Rcode.FORMERR),
    ],
    ids=["cut off", "update", "no question"],
)
def test_nonsense_is_refused(server: NameServer, wire: bytes, rcode: Rcode) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(10)
        client.sendto(wire, ("127.0.0.1", server.port))
        reply = dns.message.from_wire(client.recv(512))
    assert (reply.id, reply.rcode()) == (0x1234, rcode)


def test_replies_and_notices_are_not_answered(server: NameServer, ask: Ask) -> None:
    reply = dns.message.make_response(dns.message.make_query(ZONE, "A"))
    notice = dns.message.make_query(ZONE, "SOA")
    notice.set_opcode(dns.opcode.NOTIFY)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(0.3)
        for message in (reply, notice):
            client.sendto(message.to_wire(), ("127.0.0.1", server.port))
            with pytest.raises(TimeoutError):
                client.recv(512)
    assert ask(ZONE, "MX").answer


def test_without_the_database_it_says_so_and_recovers(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_args: object, **_options: object) -> None:
        raise OperationalError("the connection is closed")

    with monkeypatch.context() as broken:
        broken.setattr(shelf.Shelf, "row", lost)
        assert ask(ZONE, "MX").rcode() == Rcode.SERVFAIL
    assert ask(ZONE, "MX").answer


def test_more_idle_clients_than_threads_do_not_stop_it(server: NameServer, ask: Ask) -> None:
    """UDP has threads of its own, and silent connections end by themselves."""
    idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    try:
        assert ask(ZONE, "MX").answer
        answers: list[bool] = []
        asking = threading.Thread(
            target=lambda: answers.append(bool(ask(ZONE, "MX", is_tcp=True).answer))
        )
        asking.start()
        for each in idle:
            each.close()
        asking.join(timeout=60)
        assert answers == [True]
    finally:
        for each in idle:
            each.close()
