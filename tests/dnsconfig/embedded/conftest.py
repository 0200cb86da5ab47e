"""Northwind's own zone, and the real server on a free port."""

from collections.abc import Callable, Iterator

import dns.message
import dns.query
import pytest
from dns.message import Message

from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.replies import Responder
from dnsconfig.embedded.server import NameServer
from dnsconfig.embedded.writing import add_records
from dnsconfig.providers import ZoneProvider, connect
from dnsconfig.records import Record, of_text
from tests.people import Reseller

ZONE = "acme.example"
SECRET = "c2VjcmV0IG9mIHRoZSBzZWNvbmRhcnk="


def record(name: str, kind: str, value: str, ttl: int = 3600) -> Record:
    """`name` is relative to the zone; empty: the apex."""
    full = f"{name}.{ZONE}" if name else ZONE
    return of_text(full, kind, value, origin=ZONE, ttl=ttl)


def open_zone(reseller: Reseller, *records: Record, **fields: object) -> OwnZone:
    """Rows only."""
    chosen = {"name_servers": ["ns1.host.example", "ns2.host.example"], "serial": 7, **fields}
    zone = OwnZone.objects.create(account=reseller.account, **{"name": ZONE, **chosen})
    add_records(zone, records)
    return zone


def keys_of(reseller: Reseller) -> dict[str, str]:
    return {"account": str(reseller.account.pk)}


def provider_of(reseller: Reseller) -> ZoneProvider:
    return connect("embedded", keys_of(reseller))


@pytest.fixture
def server(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[NameServer]:
    """Its threads have connections of their own, so what they see must be committed."""
    monkeypatch.setattr("dnsconfig.embedded.server.TICK", 0.05)
    server = NameServer(Responder().respond)
    yield server
    server.stop()


Ask = Callable[..., Message]


@pytest.fixture
def ask_within(db: None) -> Ask:
    """Ask without sockets, in this thread and its transaction."""
    responder = Responder()

    def asked(name: str, kind: str, *, is_tcp: bool = False, **options: object) -> Message:
        wire = dns.message.make_query(name, kind, **options).to_wire()  # type: ignore[arg-type]
        (reply,) = responder.respond(wire, "127.0.0.1", is_udp=not is_tcp)
        return dns.message.from_wire(reply)

    return asked


@pytest.fixture
def ask(server: NameServer) -> Ask:
    """Ask the running server over UDP, or TCP with `is_tcp`."""

    def asked(name: str, kind: str, *, is_tcp: bool = False, **options: object) -> Message:
        query = dns.message.make_query(name, kind, **options)  # type: ignore[arg-type]
        send = dns.query.tcp if is_tcp else dns.query.udp
        return send(query, "127.0.0.1", timeout=10, port=server.port)

    return asked
