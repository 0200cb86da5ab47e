"""Published or not, server by server; named by the numbers of the known ways to fail."""

from datetime import UTC, datetime, timedelta

import pytest

from dnsconfig.delegation import problem
from dnsconfig.looking import look
from dnsconfig.records import Record, mx, of_text, txt
from dnsconfig.resolver import Problem, Resolver, Unanswered
from dnsconfig.seen import Standing, ZoneSeen, caches_until
from dnsconfig.signatures import Broken, Chain
from tests.dnsconfig import dns_net
from tests.dnsconfig.dns_net import answer, by_zone, delegate, fail, serve, silent
from tests.dnsconfig.signed import DAY, Key, serve_zone, signed

ROOT, ONE, TWO = "127.0.0.1", "127.0.0.2", "127.0.0.3"
ZONE = "acme.example"
NAMES = {"ns1_host_example": ONE, "ns2_host_example": TWO}
MAIL = mx(ZONE, 0, "acme-example.o-v1.mx.microsoft")
PROOF = txt(ZONE, "MS=ms12345678")


def lines(*records: Record, serial: int = 7, servers: str = "ns1 ns2") -> list[str]:
    start = f"{ZONE}. 3600 IN SOA ns1.host.example. me.host.example. {serial} 60 60 600 300"
    named = [f"{ZONE}. 3600 IN NS {server}.host.example." for server in servers.split()]
    return [start, *named, *(f"{r.name}. {r.ttl} IN {r.type} {r.target}" for r in records)]


FULL = answer(*lines(MAIL, PROOF))


def see(
    one: dns_net.Reply, two: dns_net.Reply, *, ds: str = "", absent: tuple[Record, ...] = ()
) -> ZoneSeen:
    root = by_zone(
        **{ZONE.replace(".", "_"): delegate(f"{ZONE}.", ds, **NAMES)},
        ns3_host_example=answer(f"ns3.host.example. 60 IN A {TWO}"),
        example=fail("NXDOMAIN", is_authoritative=True),
    )
    with serve({ROOT: root, ONE: one, TWO: two}) as net:
        resolver = Resolver([ROOT], port=net.port, timeout=0.5, lifetime=30)
        return look(ZONE, [MAIL, PROOF], resolver=resolver, absent=absent)


def test_every_server_answers_with_every_record() -> None:
    seen = see(FULL, FULL)
    assert seen.is_published
    assert seen.published_on == (2, 2)
    assert (seen.dnssec, seen.is_split, seen.lagging) == (Chain.UNSIGNED, False, ())
    assert [one.serial for one in seen.servers] == [7, 7]
    assert seen.servers[0].to_json() == {
        "server": "ns1.host.example",
        "addresses": [ONE],
        "expected": 2,
        "missing": [],
        "still_there": [],
        "errors": [],
        "problem": "",
        "serial": 7,
        "broken": "",
        "is_delegated": True,
    }


@pytest.mark.parametrize(
    ("servers", "code"),
    [(["ns1.ovh.example"], "elsewhere"), (["ns1.host.example"], "split")],
)
def test_38_a_zone_whose_parent_names_others_is_not_called_done(
    servers: list[str], code: str
) -> None:
    found = see(FULL, FULL).delegation
    refusal = problem(zone=ZONE, found=found, servers=servers)
    assert refusal is not None
    assert (refusal["code"], refusal["set"]) == (code, servers)


def test_38_a_zone_that_no_parent_leads_to() -> None:
    with serve({ROOT: fail("NXDOMAIN", is_authoritative=True)}) as net:
        seen = look(ZONE, [MAIL], resolver=Resolver([ROOT], port=net.port))
    assert seen.delegation is None
    assert not seen.is_published


def test_38_silent_parents_tell_nothing() -> None:
    with serve({ROOT: silent}) as net:
        resolver = Resolver([ROOT], port=net.port, timeout=0.2, lifetime=0.5)
        with pytest.raises(Unanswered):
            look(ZONE, [MAIL], resolver=resolver)


def test_39_the_zone_names_other_servers_than_its_parent() -> None:
    seen = see(answer(*lines(MAIL, PROOF, servers="ns1 ns3")), answer(*lines(MAIL, PROOF)))
    assert seen.is_split
    assert seen.parent_servers == ("ns1.host.example", "ns2.host.example")
    assert seen.own_servers == ("ns1.host.example", "ns2.host.example", "ns3.host.example")
    stranger = seen.servers[2]
    assert (stranger.server, stranger.is_delegated) == ("ns3.host.example", False)
    assert stranger.is_published, "each is asked on its own"
    assert seen.published_on == (2, 2), "the parent's decide"


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        (silent, Problem.SILENT),
        (fail("REFUSED"), Problem.REFUSED),
        (fail("NOERROR"), Problem.LAME),
        (fail("SERVFAIL"), Problem.FAILING),
    ],
)
def test_40_a_server_that_does_not_answer_is_told_apart(
    reply: dns_net.Reply, found: Problem
) -> None:
    seen = see(FULL, reply)
    good, bad = seen.servers
    assert (good.problem, bad.problem) == (Problem.NONE, found)
    assert bad.standing(Standing.UNTOLD) == (MAIL, PROOF)
    assert bad.to_json()["missing"] == [str(MAIL), str(PROOF)]
    assert seen.published_on == (1, 2)
    assert not seen.is_published


def test_40_a_lagging_server_is_named() -> None:
    seen = see(FULL, answer(*lines(PROOF, serial=6)))
    assert seen.lagging == ("ns2.host.example",)
    assert seen.servers[1].standing(Standing.MISSING) == (MAIL,)
    assert seen.published_on == (1, 2)


def test_40_serials_run_in_a_circle() -> None:
    seen = see(answer(*lines(MAIL, PROOF, serial=3)), answer(*lines(MAIL, serial=2**32 - 2)))
    assert seen.lagging == ("ns2.host.example",)


def test_40_what_was_to_go_is_not_published_while_it_is_there() -> None:
    old = mx(ZONE, 10, "mx.old.example")
    seen = see(FULL, answer(*lines(MAIL, PROOF, old)), absent=(old,))
    assert seen.servers[1].standing(Standing.STILL_THERE) == (old,)
    assert seen.published_on == (1, 2)


def test_40_ipv6_addresses_are_asked_where_the_machine_can() -> None:
    root = by_zone(
        acme_example=delegate(f"{ZONE}.", "", ns1_host_example=ONE, ns2_host_example="::1"),
        example=fail("NXDOMAIN", is_authoritative=True),
    )
    with serve({ROOT: root, ONE: FULL, "::1": answer(*lines(PROOF))}) as net:
        resolver = Resolver([ROOT], port=net.port, ipv6=True)
        seen = look(ZONE, [MAIL, PROOF], resolver=resolver)
    assert [(one.addresses, one.is_published) for one in seen.servers] == [
        ((ONE,), True),
        (("::1",), False),
    ]


def test_40_an_ipv6_address_out_of_reach_does_not_stop_what_ipv4_shows() -> None:
    root = by_zone(
        acme_example=delegate(f"{ZONE}.", "", ns1_host_example=ONE),
        ns1_host_example=answer("ns1.host.example. 60 IN AAAA ::1"),
        ns2_host_example=answer(),
        example=fail("NXDOMAIN", is_authoritative=True),
    )
    with serve({ROOT: root, ONE: FULL}) as net:  # nobody listens at ::1
        resolver = Resolver([ROOT], port=net.port, timeout=0.5, ipv6=True)
        seen = look(ZONE, [MAIL, PROOF], resolver=resolver)
    assert seen.servers[0].addresses == (ONE, "::1")
    assert seen.servers[0].errors
    assert seen.is_published


KEY = Key()
GOOD = serve_zone(signed(ZONE, *lines(MAIL, PROOF), key=KEY))


def test_41_a_signed_zone_validates() -> None:
    seen = see(GOOD, GOOD, ds=KEY.ds(ZONE))
    assert (seen.dnssec, seen.broken) == (Chain.SIGNED, None)
    assert seen.is_published


def test_41_a_signed_zone_without_ds_is_unsigned_for_everybody() -> None:
    seen = see(GOOD, GOOD)
    assert seen.dnssec is Chain.UNSIGNED
    assert seen.is_published


def test_41_a_ds_of_an_unknown_algorithm_is_no_ds() -> None:
    seen = see(GOOD, GOOD, ds="12345 253 2 " + "00" * 32)
    assert seen.dnssec is Chain.UNSIGNED


@pytest.mark.parametrize(
    ("begins", "ends", "broken"),
    [(-2 * DAY, -DAY, Broken.EXPIRED), (DAY, 2 * DAY, Broken.NOT_YET)],
)
def test_41_signatures_out_of_their_time(begins: int, ends: int, broken: Broken) -> None:
    late = serve_zone(signed(ZONE, *lines(MAIL, PROOF), key=KEY, begins=begins, ends=ends))
    seen = see(late, late, ds=KEY.ds(ZONE))
    assert (seen.dnssec, seen.broken) == (Chain.BOGUS, broken)
    assert seen.published_on == (2, 2), "the servers look right"
    assert not seen.is_published


def test_41_one_forged_record_is_enough() -> None:
    forged = signed(ZONE, *lines(MAIL, PROOF), key=KEY)
    with forged.writer() as change:
        change.replace(f"{ZONE}.", 3600, mx(ZONE, 0, "evil.example").rdata)
    seen = see(GOOD, serve_zone(forged), ds=KEY.ds(ZONE))
    assert (seen.dnssec, seen.broken) == (Chain.BOGUS, Broken.BAD_SIGNATURE)
    assert [one.broken for one in seen.servers] == [None, Broken.BAD_SIGNATURE]


def test_41_a_record_that_was_never_signed() -> None:
    bare = signed(ZONE, *lines(MAIL), key=KEY)
    with bare.writer() as change:
        change.add(f"{ZONE}.", 3600, PROOF.rdata)
    seen = see(GOOD, serve_zone(bare), ds=KEY.ds(ZONE))
    assert (seen.dnssec, seen.broken) == (Chain.BOGUS, Broken.NO_SIGNATURE)


@pytest.mark.parametrize("served", [GOOD, FULL])
def test_42_a_ds_at_the_parent_that_fits_no_key_of_the_zone(served: dns_net.Reply) -> None:
    seen = see(served, served, ds=Key().ds(ZONE))
    assert (seen.dnssec, seen.broken) == (Chain.BOGUS, Broken.NO_KEY)
    assert seen.published_on == (2, 2)
    assert not seen.is_published


@pytest.mark.full
def test_42_silent_servers_are_not_called_bogus() -> None:
    seen = see(silent, silent, ds=KEY.ds(ZONE))
    assert (seen.dnssec, seen.broken) == (Chain.UNKNOWN, None)


def test_43_only_public_servers_are_asked_and_each_is_named() -> None:
    private = "127.0.0.4"
    root = by_zone(
        acme_example=delegate(f"{ZONE}.", "", **NAMES),
        example=fail("NXDOMAIN", is_authoritative=True),
    )
    with serve({ROOT: root, ONE: FULL, TWO: FULL, private: FULL}) as net:
        seen = look(ZONE, [MAIL], resolver=Resolver([ROOT], port=net.port))
        assert private not in {address for address, _name, _kind in net.asked}
    assert [(one.server, one.addresses) for one in seen.servers] == [
        ("ns1.host.example", (ONE,)),
        ("ns2.host.example", (TWO,)),
    ]


AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ttls", "negative", "waits"),
    [((), 0, None), ((300, 86400), 0, 86400), ((300,), 600, 600), ((), 300, 300), ((0,), 0, None)],
)
def test_58_the_former_ttl_is_the_waiting_time(
    ttls: tuple[int, ...], negative: int, waits: int | None
) -> None:
    removed = [of_text(ZONE, "A", f"192.0.2.{n}", origin=ZONE, ttl=t) for n, t in enumerate(ttls)]
    until = caches_until(removed, AT, negative_ttl=negative)
    assert until == (None if waits is None else AT + timedelta(seconds=waits))


def test_58_a_name_that_was_not_there_is_remembered_for_the_soa_minimum() -> None:
    assert see(FULL, FULL).negative_ttl == 300


def test_a_server_without_address() -> None:
    root = by_zone(
        acme_example=delegate(f"{ZONE}.", "", ns1_host_example=ONE, ns9_host_example=""),
        example=fail("NXDOMAIN", is_authoritative=True),
    )
    with serve({ROOT: root, ONE: FULL}) as net:
        seen = look(ZONE, [MAIL], resolver=Resolver([ROOT], port=net.port, lifetime=5))
    bad = seen.servers[1]
    assert (bad.problem, bad.errors) == (Problem.NO_ADDRESS, ("no address",))
    assert seen.published_on == (1, 2)
