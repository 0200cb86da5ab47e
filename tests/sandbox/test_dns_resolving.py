"""The portal's own resolver finds its way through the sandbox's internet."""

from collections.abc import Iterator

import pytest

from dnsconfig.resolver import Resolver, Server
from sandbox.dns import lookup, server
from sandbox.ovh import seeds, zones
from sandbox.world import World

ZONE = "northwind-customer.example"


@pytest.fixture
def internet(world: World) -> Iterator[World]:
    """A planted world whose name servers run."""
    with world.change():
        seeds.plant(world)
    running = server.start(world, 0)
    world.dns_port = running.port
    yield world
    running.stop()


@pytest.fixture
def resolver(internet: World) -> Resolver:
    return Resolver(["127.0.0.1"], port=internet.dns_port, timeout=2, lifetime=30)


@pytest.mark.parametrize(
    ("domain", "verdict"),
    [
        ("northwind.example", True),
        ("fabrikam.example", True),
        ("portal.example", True),
        ("contoso-bakery.example", True),
        ("gmail.com", True),
        ("outlook.com", True),
        ("example.com", True),
        ("bakery.onmicrosoft.com", True),
        ("nomail.example", False),
        ("nullmx.example", False),
        ("nowhere-at-all.example", False),
        ("nothing.invalid", False),
    ],
)
def test_who_accepts_mail(resolver: Resolver, domain: str, verdict: bool) -> None:
    assert resolver.accepts_mail(domain) is verdict


def test_a_zone_at_ovh_is_delegated_to_two_servers_that_agree(resolver: Resolver) -> None:
    found = resolver.delegation(ZONE)
    assert found is not None
    assert (found.zone, found.servers) == (
        ZONE,
        (
            Server("ns1.ovh-sandbox.example", ("127.0.0.2",)),
            Server("ns2.ovh-sandbox.example", ("127.0.0.3",)),
        ),
    )
    first, second = resolver.ask_all(found.servers, ZONE, "SOA")
    assert first.is_answered
    assert first.records == second.records != ()


def test_a_zone_that_the_parent_gives_to_another_host(resolver: Resolver) -> None:
    found = resolver.delegation("not-delegated.example")
    assert found is not None
    assert {address for each in found.servers for address in each.addresses} == {"127.0.0.4"}
    told = resolver.ask_all(found.servers, "not-delegated.example", "A")
    assert [bool(one.records) for one in told] == [True] * len(told)


def test_nobody_answers_for_what_is_not_theirs(resolver: Resolver) -> None:
    for address in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
        (told,) = resolver.ask_all([Server("some", (address,))], "gmail.com", "MX")
        assert told.error == "REFUSED"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("autodiscover.outlook.com", "A"),
        ("sipdir.online.lync.com", "A"),
        ("webdir.online.lync.com", "A"),
        ("sipfed.online.lync.com", "A"),
        ("enterpriseregistration.windows.net", "A"),
        ("enterpriseenrollment-s.manage.microsoft.com", "A"),
        ("northwind-customer0a.o-v1.mx.microsoft", "A"),
        ("contoso.mail.protection.outlook.com", "A"),
        ("spf.protection.outlook.com", "TXT"),
        ("mx1.mail.ovh.net", "A"),
        ("mx.ovh.com", "TXT"),
    ],
)
def test_what_records_point_to_is_there(resolver: Resolver, name: str, kind: str) -> None:
    assert resolver.lookup(name, kind).of(kind)


def test_microsofts_records_lead_out_of_the_zone_and_on(
    internet: World, resolver: Resolver
) -> None:
    alias = {"fieldType": "CNAME", "subDomain": "sip", "target": "sipdir.online.lync.com."}
    with internet.change():
        zones.plant(internet, "led-out.example", owner="nw12345-ovh", records=[alias])
    found = resolver.lookup("sip.led-out.example", "A")
    assert [record.type for record in found.records] == ["CNAME", "A"]


def test_the_second_server_lags_and_the_first_does_not(internet: World, resolver: Resolver) -> None:
    internet.set_delays({"dns_lag": 30})
    text = {"fieldType": "TXT", "subDomain": "late", "target": '"here"'}
    with internet.change():
        zones.plant(internet, "lagging.example", owner="nw12345-ovh", records=[text])
    found = resolver.delegation("lagging.example")
    assert found is not None
    first, second = resolver.ask_all(found.servers, "late.lagging.example", "TXT")
    assert (len(first.records), second.records) == (1, ())
    internet.set_delays({"dns_lag": 0})
    _, second = resolver.ask_all(found.servers, "late.lagging.example", "TXT")
    assert len(second.records) == 1


def test_one_silent_server_and_one_that_fails(internet: World, resolver: Resolver) -> None:
    found = resolver.delegation(ZONE)
    assert found is not None
    internet.faults.add({"service": "dns", "kind": "drop_before", "path": "@127.0.0.2$"})
    internet.faults.add({"service": "dns", "kind": "status", "path": "@127.0.0.3$"})
    told = resolver.ask_all(found.servers, ZONE, "NS")
    assert [one.error for one in told] == ["no answer", "SERVFAIL"]
    silent, failing = internet.calls()[-2:]
    assert (silent["status"], silent["rcode"]) == (0, "")
    assert (failing["service"], failing["method"], failing["path"]) == ("dns", "NS", ZONE)
    assert failing["rcode"] == "SERVFAIL"


def test_a_mail_provider_sees_the_same_with_and_without_sockets(internet: World) -> None:
    port, internet.dns_port = internet.dns_port, 0
    direct = lookup.mx(internet, ZONE), lookup.txt(internet, "spf.protection.outlook.com")
    internet.dns_port = port
    assert direct == (
        lookup.mx(internet, ZONE),
        lookup.txt(internet, "spf.protection.outlook.com"),
    )
    assert direct[1][0].startswith("v=spf1 ")
    assert lookup.txt(internet, "nowhere-at-all.example") == []
