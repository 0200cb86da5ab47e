"""A domain in a zone at a reseller's own server, from the keys to the records at every server."""

from collections.abc import Callable, Iterator

import dns.message
import dns.query
import pytest
from pytest_django import Settings

from dnsconfig import services
from dnsconfig.edits import Edit
from dnsconfig.models import DnsPlan, PlanState, ZoneConnection
from dnsconfig.records import Record
from journal.models import Operation, State
from tenants.models import Tenant
from tests.dnsconfig.conftest import open_tenant
from tests.dnsconfig.dns_net import refer, serve
from tests.dnsconfig.graph import GraphDomains
from tests.dnsservers.configs import OTHER_SECRET
from tests.dnsservers.servers import DnsServer, content
from tests.people import Reseller
from tests.sandbox_fixture import connections

SERVICES = ("Email", "OfficeCommunicationsOnline", "Intune")


@pytest.fixture
def tenant(northwind: Reseller, settings: Settings) -> Tenant:
    settings.PARTNER_CENTER = connections("http://graph.local", transport=GraphDomains())
    for entry in settings.PARTNER_CENTER.values():
        entry["OPTIONS"]["authority"] = "http://login.local"
    return open_tenant(northwind, "acme")


@pytest.fixture
def zone(server: DnsServer, settings: Settings) -> Iterator[str]:
    """Without mail yet. Its parent delegates it to two servers, both the one that is written to."""
    zone = server.take()
    provider = server.open(zone)
    stored = provider.read(zone)
    provider.write(zone, Edit(stored.at(zone, "MX", "TXT")), stored=stored)

    def real(query: dns.message.Message) -> dns.message.Message:
        return dns.query.tcp(query, "127.0.0.1", timeout=5, port=server.port)

    servers = {f"ns1_{zone.replace('.', '_')}": "127.0.0.2", "ns2_elsewhere_example": "127.0.0.3"}
    root = refer(f"{zone}.", **servers)
    with serve({"127.0.0.1": root, "127.0.0.2": real, "127.0.0.3": real}) as net:
        settings.DNS_ROOTS, settings.DNS_PORT = ["127.0.0.1"], net.port
        yield zone


@pytest.fixture
def by(tenant: Tenant):  # type: ignore[no-untyped-def]
    return tenant.account.members.get(email__startswith="owner").by


@pytest.fixture
def connect(  # type: ignore[no-untyped-def]
    tenant: Tenant, server: DnsServer, zone: str, by, run_journal: Callable[..., int]
) -> Callable[..., ZoneConnection]:
    def enter(**other: str) -> ZoneConnection:
        connection = services.add_connection(
            account=tenant.account,
            provider="rfc2136",
            label="our own server",
            keys=server.keys(zone, **other),
            by=by,
        )
        run_journal()
        connection.refresh_from_db()
        return connection

    return enter


@pytest.fixture
def configure(tenant: Tenant, zone: str, by, run_journal: Callable[..., int]):  # type: ignore[no-untyped-def]
    def run() -> DnsPlan:
        plan = services.prepare(tenant=tenant, domain_name=zone, services=SERVICES, by=by)
        run_journal(skip_pauses=True)
        plan.refresh_from_db()
        assert plan.state == PlanState.READY, plan.problem
        services.launch(plan=plan, by=by)
        run_journal(skip_pauses=True)
        plan.refresh_from_db()
        return plan

    return run


def test_applied_verified_and_the_second_time_nothing_to_do(
    server: DnsServer,
    zone: str,
    connect: Callable[..., ZoneConnection],
    configure: Callable[[], DnsPlan],
) -> None:
    assert connect().zones == [zone]
    provider = server.open(zone)
    before = content(provider.read(zone))

    run = configure()
    assert run.state == PlanState.DONE
    assert run.plan is not None
    assert [(one["server"], one["missing"]) for one in run.published] == [
        (f"ns1.{zone}", []),
        ("ns2.elsewhere.example", []),
    ]
    written = provider.read(zone)
    assert set(run.plan.expected) <= set(written.records)
    assert {row[:3] for row in content(written)} - {row[:3] for row in before} == {
        *(_key(record) for record in run.plan.edit.adds),
        (zone, "TXT", "MS=ms12345678"),
    }
    assert before <= content(written)

    again = configure()
    assert again.state == PlanState.DONE
    assert again.plan is not None
    assert again.plan.is_empty
    if server.kind != "signed_bind":
        assert provider.read(zone).at(zone, "SOA") == written.at(zone, "SOA")


def test_keys_that_the_server_refuses_are_said_to_be_wrong(
    connect: Callable[..., ZoneConnection],
) -> None:
    connection = connect(secret=OTHER_SECRET)
    assert connection.zones == []
    listing = Operation.objects.get(kind="dns.list_zones")
    assert (listing.state, listing.error_code) == (State.ERROR, "tsig")
    assert OTHER_SECRET not in f"{listing.error_text} {listing.result}"


def _key(record: Record) -> tuple[str, ...]:
    return record.name, record.type, record.value
