"""A tenant, its account's zones at a host in memory, Graph, and an internet of four servers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django import Settings

from dnsconfig import services
from dnsconfig.models import DnsPlan, ZoneConnection
from dnsconfig.records import Record, of_text
from tenants.models import Gdap, GdapState, Tenant, TenantState
from tests.dnsconfig.dns_net import Net, answer, by_zone, fail, refer, serve
from tests.dnsconfig.graph import GraphDomains
from tests.dnsconfig.memory import Host
from tests.people import Reseller
from tests.sandbox_fixture import connections

ZONE = "acme.example"
GOOD = {"ns1_memory_example": "127.0.0.2", "ns2_memory_example": "127.0.0.3"}


def open_tenant(reseller: Reseller, name: str) -> Tenant:
    """Active at Microsoft, with the customer's rights granted."""
    tenant = Tenant.objects.create(
        account=reseller.account,
        partner_id=reseller.partner_id,
        service_name=f"{name}.onmicrosoft.com",
        display_name=name.title(),
        microsoft_id="22222222-0000-4000-8000-000000000002",
        state=TenantState.OK,
    )
    Gdap.objects.create(tenant=tenant, state=GdapState.READY)
    return tenant


@pytest.fixture
def tenant(northwind: Reseller) -> Tenant:
    return open_tenant(northwind, "acme")


@pytest.fixture
def graph(settings: Settings) -> GraphDomains:
    graph = GraphDomains()
    settings.PARTNER_CENTER = connections("http://graph.local", transport=graph)
    for entry in settings.PARTNER_CENTER.values():
        entry["OPTIONS"]["authority"] = "http://login.local"
    return graph


@pytest.fixture
def host(settings: Settings) -> Host:
    """Holds `acme.example` (clean) and `elsewhere.example`, which its parent delegates away."""
    host = Host()
    for zone in (ZONE, "elsewhere.example"):
        host.plant(zone, of_text(zone, "A", "192.0.2.1", origin=zone))
    settings.ZONE_PROVIDERS = {
        "ovh": {"BACKEND": "tests.dnsconfig.memory.MemoryZones", "OPTIONS": {"host": host}}
    }
    return host


@pytest.fixture
def net(host: Host, settings: Settings) -> Iterator[Net]:
    """The root delegates `acme.example` to the host's two servers."""
    root = by_zone(
        acme_example=refer(f"{ZONE}.", **GOOD),
        elsewhere_example=refer("elsewhere.example.", ns1_other_example="127.0.0.4"),
        example=fail("NXDOMAIN", is_authoritative=True),
        outlook_com=answer(
            'spf.protection.outlook.com. 60 IN TXT "v=spf1 ip4:192.0.2.0/24 -all"',
        ),
    )
    hosts = {"127.0.0.1": root, "127.0.0.2": host.answer, "127.0.0.3": host.answer}
    with serve(hosts) as net:
        settings.DNS_ROOTS, settings.DNS_PORT = ["127.0.0.1"], net.port
        yield net


@pytest.fixture
def zones(northwind: Reseller, host: Host, net: Net) -> ZoneConnection:
    """Northwind's keys, its zones listed."""
    connection = ZoneConnection.objects.create(
        account=northwind.account, provider="ovh", label="ours", keys={"password": "opensesame"}
    )
    connection.list_zones(sorted(host.zones))
    return connection


@dataclass
class Scene:
    """What a story plays with."""

    tenant: Tenant
    graph: GraphDomains
    host: Host
    net: Net
    run_journal: Callable[..., int]

    def plant(self, name: str, kind: str, value: str) -> Record:
        record = of_text(f"{name}{ZONE}", kind, value, origin=ZONE)
        self.host.plant(ZONE, *self.host.zones[ZONE], record)
        return record

    def prepare(self, *ticked: str, domain: str = ZONE, **more: Any) -> DnsPlan:
        run = services.prepare(
            tenant=self.tenant,
            domain_name=domain,
            services=ticked or ("Email", "OfficeCommunicationsOnline", "Intune"),
            by=self.by,
            **more,
        )
        return self.go_on(run)

    def decide(self, run: DnsPlan, decisions: dict[str, str]) -> DnsPlan:
        return self.go_on(services.decide(plan=run, decisions=decisions, by=self.by))

    def launch(self, run: DnsPlan) -> DnsPlan:
        return self.go_on(services.launch(plan=run, by=self.by))

    def go_on(self, run: DnsPlan) -> DnsPlan:
        self.run_journal(skip_pauses=True)
        run.refresh_from_db()
        return run

    @property
    def by(self):  # type: ignore[no-untyped-def]
        return self.tenant.account.members.get(email__startswith="operator").by


@pytest.fixture
def scene(
    tenant: Tenant,
    zones: ZoneConnection,
    graph: GraphDomains,
    host: Host,
    net: Net,
    run_journal: Callable[..., int],
) -> Scene:
    return Scene(tenant, graph, host, net, run_journal)
