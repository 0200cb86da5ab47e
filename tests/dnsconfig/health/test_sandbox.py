"""A domain in the sandbox's OVH zone, looked at through the sandbox's internet."""

import pytest

from dnsconfig.edits import Edit
from dnsconfig.health import checks
from dnsconfig.models import Domain, ZoneConnection
from dnsconfig.providers import connect
from dnsconfig.records import cname, mx, txt
from dnsconfig.remote.health import facts_of
from tests.dnsconfig.conftest import open_tenant
from tests.dnsconfig.test_ovh_zones import KEYS
from tests.people import Reseller
from tests.sandbox_fixture import LiveSandbox

ZONE = "northwind-customer.example"


@pytest.fixture
def domain(live_sandbox: LiveSandbox, northwind: Reseller) -> Domain:
    """Its records for Exchange are written; those of Intune are not."""
    provider = connect("ovh", KEYS)
    stored = provider.read(ZONE)
    wanted = (
        mx(ZONE, 0, "northwind-customer0a.o-v1.mx.microsoft"),
        txt(ZONE, "v=spf1 include:spf.protection.outlook.com -all"),
        cname(f"autodiscover.{ZONE}", "autodiscover.outlook.com"),
    )
    inferior = [r for r in stored.at(ZONE, "MX", "TXT") if r.type == "MX" or "spf1" in r.value]
    provider.write(ZONE, Edit(removes=tuple(inferior), adds=wanted), stored=stored)
    provider.refresh(ZONE)
    connection = ZoneConnection.objects.create(
        account=northwind.account, provider="ovh", label="OVH", keys=KEYS, zones=[ZONE]
    )
    return Domain.objects.create(
        tenant=open_tenant(northwind, "acme"),
        connection=connection,
        name=ZONE,
        zone=ZONE,
        services=["Email", "Intune"],
    )


def told(domain: Domain) -> dict[str, tuple[str, str]]:
    return {one.check: (one.health.value, one.code) for one in checks.run(facts_of(domain))}


def test_what_is_written_is_good_and_what_is_not_is_named(domain: Domain) -> None:
    assert told(domain) == {
        "delegation": ("ok", "good"),
        "servers": ("ok", "good"),
        "dnssec": ("ok", "unsigned"),
        "mx": ("ok", "good"),
        "spf": ("ok", "good"),
        "dkim": ("warning", "absent"),
        "dmarc": ("warning", "absent"),
        "autodiscover": ("ok", "good"),
        "registration": ("failed", "absent"),
        "enrollment": ("failed", "absent"),
        "msoid": ("ok", "absent"),
    }


def test_40_one_of_its_two_servers_is_silent(domain: Domain, live_sandbox: LiveSandbox) -> None:
    live_sandbox.post("faults", {"service": "dns", "kind": "status", "path": "@127.0.0.3$"})
    found = told(domain)
    assert found["servers"] == ("warning", "away")
    assert found["mx"] == ("ok", "good")
