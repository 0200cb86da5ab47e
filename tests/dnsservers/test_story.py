"""A domain in a zone at a reseller's own server, from the keys to the records at every server."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import dns.message
import dns.query
import pytest
from django.db.models import Model
from pytest_django import Settings

from dnsconfig import services
from dnsconfig.edits import Edit
from dnsconfig.models import DnsPlan, PlanState, ZoneConnection
from dnsconfig.records import Record, Snapshot, txt
from journal.models import Operation, State
from tenants.models import Tenant
from tests.dnsconfig.conftest import open_tenant
from tests.dnsconfig.dns_net import refer, serve
from tests.dnsconfig.graph import GraphDomains
from tests.dnsservers.configs import OTHER_SECRET
from tests.dnsservers.servers import DnsServer
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
    """Mail is at another provider. The parent delegates to two servers, both the one written to."""
    zone = server.take()
    provider = server.open(zone)
    policy = Edit((txt(zone, "v=spf1 -all"),), (txt(zone, "v=spf1 ip4:192.0.2.7 ~all"),))
    provider.write(zone, policy, stored=provider.read(zone))

    def real(query: dns.message.Message) -> dns.message.Message:
        return dns.query.tcp(query, "127.0.0.1", timeout=5, port=server.port)

    servers = {f"ns1_{zone.replace('.', '_')}": "127.0.0.2", "ns2_elsewhere_example": "127.0.0.3"}
    root = refer(f"{zone}.", **servers)
    with serve({"127.0.0.1": root, "127.0.0.2": real, "127.0.0.3": real}) as net:
        settings.DNS_ROOTS, settings.DNS_PORT = ["127.0.0.1"], net.port
        yield zone


T = TypeVar("T", bound=Model)


class Owner:
    """Enters keys and launches runs; the journal does its work."""

    def __init__(
        self, tenant: Tenant, server: DnsServer, zone: str, run_journal: Callable[..., int]
    ) -> None:
        self.tenant, self.server, self.zone = tenant, server, zone
        self._run_journal = run_journal
        self.by = tenant.account.members.get(email__startswith="owner").by

    def connect(self, **other: str) -> ZoneConnection:
        connection = services.add_connection(
            account=self.tenant.account,
            provider="rfc2136",
            label="our own server",
            keys=self.server.keys(self.zone, **other),
            by=self.by,
        )
        return self._after(connection)

    def prepare(self) -> DnsPlan:
        wish = {"tenant": self.tenant, "domain_name": self.zone, "services": SERVICES}
        return self._after(services.prepare(**wish, by=self.by))

    def decide(self, run: DnsPlan, **decisions: str) -> DnsPlan:
        keys = {f"{kind} {self.zone}": way for kind, way in decisions.items()}
        return self._after(services.decide(plan=run, decisions=keys, by=self.by))

    def launch(self, run: DnsPlan) -> DnsPlan:
        assert run.state == PlanState.READY
        return self._after(services.launch(plan=run, by=self.by))

    def undo(self, run: DnsPlan) -> DnsPlan:
        return self.launch(self._after(services.undo(plan=run, by=self.by)))

    def _after(self, row: T) -> T:
        self._run_journal(skip_pauses=True)
        row.refresh_from_db()
        return row


@pytest.fixture
def owner(tenant: Tenant, server: DnsServer, zone: str, run_journal: Callable[..., int]) -> Owner:
    return Owner(tenant, server, zone, run_journal)


def test_applied_verified_then_nothing_to_do_then_undone(
    server: DnsServer, zone: str, owner: Owner
) -> None:
    """The MX of the other provider goes, Microsoft joins the SPF record; and all of it back."""
    assert owner.connect().zones == [zone]
    provider = server.open(zone)
    before = rows(provider.read(zone))

    run = owner.prepare()
    assert run.state == PlanState.CONFLICT
    run = owner.launch(owner.decide(run, MX="replace"))
    assert run.state == PlanState.DONE
    assert run.plan is not None
    assert [(one["server"], one["missing"]) for one in run.published] == [
        (f"ns1.{zone}", []),
        ("ns2.elsewhere.example", []),
    ]
    written = provider.read(zone)
    edit = run.plan.edit
    assert rows(written) == before - keys(edit.removes) | keys(edit.adds) | keys([proof(zone)])
    assert [r.value for r in written.at(zone, "MX")] == ["0 contoso-com.o-v1.mx.microsoft."]
    policies = [r.value for r in written.at(zone, "TXT") if "spf1" in r.value]
    assert policies == ["v=spf1 ip4:192.0.2.7 include:spf.protection.outlook.com ~all"]

    again = owner.launch(owner.prepare())
    assert again.state == PlanState.DONE
    assert again.plan is not None
    assert again.plan.is_empty
    if server.kind != "signed_bind":
        assert provider.read(zone).at(zone, "SOA") == written.at(zone, "SOA")

    assert owner.undo(run).state == PlanState.DONE
    assert rows(provider.read(zone)) == before | keys([proof(zone)])


def test_keys_that_the_server_refuses_are_said_to_be_wrong(owner: Owner) -> None:
    assert owner.connect(secret=OTHER_SECRET).zones == []
    listing = Operation.objects.get(kind="dns.list_zones")
    assert (listing.state, listing.error_code) == (State.ERROR, "tsig")
    assert OTHER_SECRET not in f"{listing.error_text} {listing.result}"


def proof(zone: str) -> Record:
    return txt(zone, "MS=ms12345678")


def keys(records: Iterable[Record]) -> set[tuple[str, str, str, int]]:
    return {(r.name, r.type, r.value, r.ttl) for r in records}


def rows(snapshot: Snapshot) -> set[tuple[str, str, str, int]]:
    """Record by record; the serial moves."""
    return keys(record for record in snapshot.records if record.type != "SOA")
