"""The DNS is asked itself, and believed only where it is authoritative."""

import time

import pytest

from dnsconfig.delegation import problem
from dnsconfig.records import txt
from dnsconfig.resolver import Resolver, Server, Unanswered
from tests.dnsconfig import dns_net
from tests.dnsconfig.dns_net import Net, answer, by_zone, fail, refer, serve, silent

ROOT, HOST, SECOND, OTHER = "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"

ZONE = answer(
    "good.example. 60 IN NS ns1.host.example.",
    "good.example. 60 IN MX 10 mx.good.example.",
    "good.example. 60 IN TXT " + " ".join(f'"{n:0250d}"' for n in range(8)),
    "www.good.example. 60 IN CNAME good.example.",
    "null.good.example. 60 IN MX 0 .",
    "bare.good.example. 60 IN A 192.0.2.1",
)


def resolver(net: Net, *, lifetime: float = 30.0) -> Resolver:
    return Resolver([ROOT], port=net.port, timeout=min(2.0, lifetime), lifetime=lifetime)


def internet(**more: dns_net.Reply) -> dict[str, dns_net.Reply]:
    root = by_zone(
        good_example=refer("good.example.", ns1_host_example=HOST, ns2_host_example=SECOND),
        bare_example=refer("bare.example.", ns1_host_example=""),
        host_example=answer("ns1.host.example. 60 IN A 127.0.0.2"),
        dead_example=refer("dead.example.", ns_dead_example=OTHER),
        loop_example=refer("loop.example.", ns_loop_example=""),
        example=fail("NXDOMAIN", is_authoritative=True),
    )
    return {ROOT: root, HOST: ZONE, SECOND: ZONE, OTHER: silent, **more}


def test_the_parent_names_the_servers() -> None:
    with serve(internet()) as net:
        found = resolver(net).delegation("good.example")
    assert found is not None
    assert found.zone == "good.example"
    assert found.servers == (
        Server("ns1.host.example", (HOST,)),
        Server("ns2.host.example", (SECOND,)),
    )


def test_servers_without_glue_are_looked_up() -> None:
    with serve(internet()) as net:
        found = resolver(net).delegation("bare.example")
    assert found is not None
    assert found.servers == (Server("ns1.host.example", (HOST,)),)


@pytest.mark.full
def test_dead_servers_are_named_all_the_same() -> None:
    with serve(internet()) as net:
        found = resolver(net).delegation("dead.example")
    assert found is not None
    assert [server.name for server in found.servers] == ["ns.dead.example"]


def test_a_name_that_nobody_delegates() -> None:
    with serve(internet()) as net:
        assert resolver(net).delegation("nowhere.example") is None


def test_silent_roots_mean_cannot_tell() -> None:
    with serve({ROOT: silent}) as net:
        begun = time.monotonic()
        with pytest.raises(Unanswered):
            resolver(net, lifetime=0.5).delegation("good.example")
        assert resolver(net, lifetime=0.5).accepts_mail("good.example") is None
        assert time.monotonic() - begun < 30


def test_a_lost_packet_is_asked_for_again() -> None:
    asked: list[str] = []

    def losing_the_first(query: dns_net.dns.message.Message) -> dns_net.dns.message.Message | None:
        asked.append(query.question[0].name.to_text())
        return None if len(asked) == 1 else ZONE(query)

    with serve({ROOT: losing_the_first}) as net:
        assert resolver(net).accepts_mail("good.example") is True
    assert len(asked) == 2


def test_a_long_text_comes_over_tcp() -> None:
    with serve(internet()) as net:
        (record,) = resolver(net).lookup("good.example", "TXT").records
    assert len(record.value) == 2000
    assert net.asked.count((HOST, "good.example", "TXT")) == 2


def test_aliases_are_followed_and_lame_servers_passed_over() -> None:
    alias = answer("www.good.example. 60 IN CNAME good.example.")

    def chasing(query: dns_net.dns.message.Message) -> dns_net.dns.message.Message | None:
        made = ZONE(query)
        if query.question[0].name.to_text() == "www.good.example.":
            made.answer += alias(_as_cname(query)).answer
        return made

    with serve(internet(**{HOST: fail("NOERROR"), SECOND: chasing})) as net:
        found = resolver(net).lookup("www.good.example", "MX")
    assert [str(one) for one in found.of("MX")] == ["good.example MX 10 mx.good.example."]


def _as_cname(query: dns_net.dns.message.Message) -> dns_net.dns.message.Message:
    return dns_net.dns.message.make_query(query.question[0].name, "CNAME")


@pytest.mark.parametrize(
    ("domain", "verdict"),
    [
        ("good.example", True),
        ("bare.good.example", True),
        ("null.good.example", False),
        ("empty.good.example", False),
        ("nowhere.example", False),
        pytest.param("dead.example", None, marks=pytest.mark.full),
        ("loop.example", None),
    ],
)
def test_who_accepts_mail(domain: str, verdict: bool | None) -> None:
    with serve(internet()) as net:
        assert resolver(net).accepts_mail(domain) is verdict


def test_each_server_is_asked_and_told_apart() -> None:
    wanted = txt("good.example", "hello")
    fresh = answer('good.example. 60 IN TXT "hel" "lo"')
    servers = [
        Server("ns1", (HOST,)),
        Server("ns2", (SECOND,)),
        Server("ns3", (OTHER,)),
        Server("ns4", (ROOT,)),
        Server("ns5"),
    ]
    hosts = {ROOT: fail("NOERROR"), HOST: fresh, SECOND: fail("REFUSED"), OTHER: silent}
    with serve(hosts) as net:
        told = resolver(net).ask_all(servers, "good.example", "TXT")
    assert [(one.server.name, one.error, wanted in one.records) for one in told] == [
        ("ns1", "", True),
        ("ns2", "REFUSED", False),
        ("ns3", "no answer", False),
        ("ns4", "not authoritative", False),
        ("ns5", "no address", False),
    ]


def test_04_of_two_zones_the_one_that_is_served_is_named() -> None:
    """The account holds `sub.good.example` too, and nobody delegates it."""
    zone, held = "sub.good.example", ["good.example", "sub.good.example"]
    with serve(internet()) as net:
        delegation = resolver(net).delegation(zone)
        found = problem(zone=zone, found=delegation, servers=["ns1.host.example"], held=held)
    assert found is not None
    assert (found["code"], found["served"]) == ("inside", "good.example")


@pytest.mark.parametrize(
    ("zone", "servers", "code"),
    [
        ("good.example", ["ns1.host.example", "ns2.host.example"], None),
        ("good.example", ["ns1.ovh.example"], "elsewhere"),
        ("good.example", ["ns1.host.example"], "split"),
        ("nowhere.example", ["ns1.host.example"], "undelegated"),
        ("sub.good.example", ["ns1.host.example"], "undelegated"),
    ],
)
def test_a_zone_is_seen_only_at_the_servers_its_parent_names(
    zone: str, servers: list[str], code: str | None
) -> None:
    with serve(internet()) as net:
        found = problem(zone=zone, found=resolver(net).delegation(zone), servers=servers)
    assert (found or {}).get("code") == code
    if found:
        assert found["set"] == servers
