"""What one zone says: the rules of RFC 1034 §4.3.2, RFC 2308 and RFC 4592, without sockets."""

import dns.name
import pytest
from dns.message import make_query
from dns.rcode import Rcode
from dns.rdatatype import RdataType

from sandbox.dns import reply, zone_text
from sandbox.dns.zone import Zone

TEXT = """
$TTL 300
@          IN SOA ns1 hostmaster 1 1800 900 604800 60
@          IN NS  ns1
ns1        IN A   192.0.2.1
www        IN CNAME web
web        IN A   192.0.2.2
out        IN CNAME elsewhere.example.
broken     IN CNAME nothing
a.b.deep   IN A   192.0.2.3
*.wild     IN TXT "any"
own.wild   IN A   192.0.2.4
team       IN NS  ns.team
ns.team    IN A   192.0.2.5
"""


@pytest.fixture(scope="module")
def zone() -> Zone:
    return zone_text.parse(TEXT, "shop.example.")


def _ask(zone: Zone, name: str, kind: str) -> tuple[list[str], Rcode, bool, list[str]]:
    """Answer, code, AA and the types in the authority section."""
    query = make_query(f"{name}.shop.example." if name else "shop.example.", kind)
    made = reply.answer(query, zone)
    answer = [str(rrset) for rrset in made.answer]
    authority = [RdataType.to_text(rrset.rdtype) for rrset in made.authority]
    return answer, made.rcode(), bool(made.flags & 0x0400), authority


def test_a_record(zone: Zone) -> None:
    answer = ["web.shop.example. 300 IN A 192.0.2.2"]
    assert _ask(zone, "web", "A") == (answer, Rcode.NOERROR, True, [])


def test_aliases_are_followed_inside_and_left_at_the_border(zone: Zone) -> None:
    answer, *_ = _ask(zone, "www", "A")
    assert [line.split()[3] for line in answer] == ["CNAME", "A"]
    assert _ask(zone, "out", "A")[1:] == (Rcode.NOERROR, True, [])


def test_an_alias_to_nothing_says_so(zone: Zone) -> None:
    answer, code, _, authority = _ask(zone, "broken", "A")
    assert (len(answer), code, authority) == (1, Rcode.NXDOMAIN, ["SOA"])


@pytest.mark.parametrize("name", ["web", "b.deep", "deep", "wild"])
def test_a_name_without_such_data_exists(zone: Zone, name: str) -> None:
    assert _ask(zone, name, "MX") == ([], Rcode.NOERROR, True, ["SOA"])


def test_an_unknown_name_does_not_exist_for_a_short_time(zone: Zone) -> None:
    assert _ask(zone, "none", "A") == ([], Rcode.NXDOMAIN, True, ["SOA"])
    assert zone.soa.ttl == 60


def test_a_wildcard_stands_for_names_that_are_not_there(zone: Zone) -> None:
    assert _ask(zone, "x.y.wild", "TXT")[0] == ['x.y.wild.shop.example. 300 IN TXT "any"']
    assert _ask(zone, "own.wild", "TXT")[0] == []
    assert _ask(zone, "below.own.wild", "TXT")[1] == Rcode.NXDOMAIN


def test_a_zone_below_is_referred_to_with_glue(zone: Zone) -> None:
    query = make_query("www.team.shop.example.", "A")
    made = reply.answer(query, zone)
    assert not made.flags & 0x0400
    assert [rrset.name.to_text() for rrset in made.authority] == ["team.shop.example."]
    assert [str(rrset) for rrset in made.additional] == ["ns.team.shop.example. 300 IN A 192.0.2.5"]


def test_a_delegation_signer_is_the_parents_to_answer(zone: Zone) -> None:
    assert _ask(zone, "team", "DS") == ([], Rcode.NOERROR, True, ["SOA"])


def test_everything_at_once(zone: Zone) -> None:
    assert len(_ask(zone, "", "ANY")[0]) == 2


def test_upper_case_asks_for_the_same(zone: Zone) -> None:
    assert zone.ask(dns.name.from_text("WEB.Shop.Example."), RdataType.A).answer
