"""OVH's records: what is taken, how it comes back, and what name servers make of it."""

from typing import Any

import pytest
from dns.rdatatype import RdataType

from sandbox.dns import lookup
from sandbox.world import World
from tests.sandbox.ovh_caller import ZONE, OvhCaller

NAME = "northwind-customer.example"


@pytest.fixture
def northwind_ovh(world: World) -> OvhCaller:
    return OvhCaller(world)


def served(caller: OvhCaller, sub_domain: str, kind: RdataType) -> list[str]:
    """What the name servers say after a refresh."""
    caller.call("POST", f"{ZONE}/refresh")
    name = f"{sub_domain}.{NAME}".lstrip(".")
    return [str(rdata) for rrset in lookup.ask(caller.world, name, kind) for rdata in rrset]


def test_a_record_is_invisible_until_the_refresh(northwind_ovh: OvhCaller, world: World) -> None:
    made = northwind_ovh.add("CNAME", "autodiscover", "autodiscover.outlook.com.", ttl=3600)
    assert made["id"] > 2**32
    assert made == {
        "id": made["id"],
        "zone": NAME,
        "fieldType": "CNAME",
        "subDomain": "autodiscover",
        "target": "autodiscover.outlook.com.",
        "ttl": 3600,
    }
    assert not lookup.ask(world, f"autodiscover.{NAME}", RdataType.CNAME)
    shown = served(northwind_ovh, "autodiscover", RdataType.CNAME)
    assert shown == ["autodiscover.outlook.com."]
    northwind_ovh.call("DELETE", f"{ZONE}/record/{made['id']}")
    assert lookup.ask(world, f"autodiscover.{NAME}", RdataType.CNAME)
    assert served(northwind_ovh, "autodiscover", RdataType.CNAME) == []


@pytest.mark.parametrize(
    ("kind", "target", "comes_back", "is_served"),
    [
        ("TXT", "plain; text", '"plain; text"', '"plain; text"'),
        ("TXT", '"quoted"', '"quoted"', '"quoted"'),
        ("TXT", '"two" "strings"', '"two" "strings"', '"two" "strings"'),
        ("SPF", "v=spf1 -all", "v=spf1 -all", '"v=spf1 -all"'),
        ("MX", "10 mail", "10 mail", f"10 mail.{NAME}."),
        ("MX", "0 host.example.", "0 host.example.", "0 host.example."),
        ("CNAME", "example.com", "example.com", f"example.com.{NAME}."),
        ("SRV", "100 1 443 sip.example.", "100 1 443 sip.example.", "100 1 443 sip.example."),
        ("CAA", '0 issue "ca.example"', '0 issue "ca.example"', '0 issue "ca.example"'),
    ],
)
def test_targets(
    northwind_ovh: OvhCaller, kind: str, target: str, comes_back: str, is_served: str
) -> None:
    assert northwind_ovh.add(kind, "here", target)["target"] == comes_back
    real = RdataType.TXT if kind == "SPF" else RdataType.from_text(kind)
    assert served(northwind_ovh, "here", real) == [is_served]


def test_long_keys_are_dkim_whatever_they_were_sent_as(northwind_ovh: OvhCaller) -> None:
    long = f"v=DKIM1; k=rsa; p={'A' * 392}"
    assert northwind_ovh.add("DKIM", "s1._domainkey", long)["target"] == long
    (shown,) = served(northwind_ovh, "s1._domainkey", RdataType.TXT)
    assert shown.replace('" "', "").strip('"') == long
    short = northwind_ovh.add("TXT", "s2._domainkey", "v=DKIM1; p=AAAA")
    assert (short["fieldType"], short["target"]) == ("DKIM", "v=DKIM1; p=AAAA")


@pytest.mark.parametrize(
    ("sent", "kept"), [(None, 0), (0, 0), (5, 60), (60, 60), (2**31 - 1, 2**31 - 1)]
)
def test_ttls_below_a_minute_are_raised(
    northwind_ovh: OvhCaller, sent: int | None, kept: int
) -> None:
    assert northwind_ovh.add("A", "short", "192.0.2.1", ttl=sent)["ttl"] == kept


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"fieldType": "A"}, "target"),
        ({"target": "192.0.2.1"}, "fieldType"),
        ({"fieldType": "WKS", "target": "x"}, "RecordTypeEnum"),
        ({"fieldType": "A", "target": "not an address"}, "Invalid subfield found in A"),
        ({"fieldType": "MX", "target": "mail.example."}, "Invalid subfield found in MX"),
        ({"fieldType": "DKIM", "target": '"v=DKIM1"'}, "Invalid subfield found in DKIM"),
        ({"fieldType": "SPF", "target": "hello"}, "Invalid subfield found in SPF"),
        ({"fieldType": "TXT", "target": "x" * 256}, "Invalid subfield found in TXT"),
        ({"fieldType": "TXT", "target": 'a "b'}, "Invalid subfield found in TXT"),
        ({"fieldType": "DMARC", "target": "v=DMARC1", "subDomain": "mail"}, "_dmarc"),
        ({"fieldType": "A", "target": "192.0.2.1", "subDomain": "a_b"}, "underscore not allowed"),
        ({"fieldType": "A", "target": "192.0.2.1", "subDomain": "@"}, "Invalid domain name"),
        ({"fieldType": "A", "target": "192.0.2.1", "subDomain": "a..b"}, "Invalid domain name"),
        ({"fieldType": "A", "target": "192.0.2.1", "ttl": 2**31}, "ttl"),
        ({"fieldType": "A", "target": "192.0.2.1", "ttl": "60"}, "ttl"),
    ],
)
def test_what_is_not_taken(northwind_ovh: OvhCaller, body: dict[str, Any], says: str) -> None:
    before = northwind_ovh.call("GET", f"{ZONE}/record")
    status, message = northwind_ovh.refused("POST", f"{ZONE}/record", **body)
    assert status == 400
    assert says in message
    assert northwind_ovh.call("GET", f"{ZONE}/record") == before


def test_filters(northwind_ovh: OvhCaller) -> None:
    def ids(query: str) -> Any:
        return northwind_ovh.call("GET", f"{ZONE}/record?{query}")

    txt = northwind_ovh.add("TXT", "", "apex")["id"]
    srv = northwind_ovh.add("SRV", "_sip._tls", "100 1 443 sip.example.")["id"]
    assert len(ids("")) == 6
    assert len(ids("subDomain=")) == 4
    assert ids("subDomain=&fieldType=TXT") == [txt]
    assert ids("subDomain=_SIP._tls") == [srv]
    assert ids("subDomain=_sip%25") == [srv]
    assert ids("fieldType=AAAA") == []


def test_the_same_record_twice_is_two_records_served_once(northwind_ovh: OvhCaller) -> None:
    first = northwind_ovh.add("A", "twice", "192.0.2.9")["id"]
    assert northwind_ovh.add("A", "twice", "192.0.2.9")["id"] != first
    assert served(northwind_ovh, "twice", RdataType.A) == ["192.0.2.9"]


def test_a_change_may_carry_what_cannot_change(northwind_ovh: OvhCaller) -> None:
    made = northwind_ovh.add("A", "box", "192.0.2.1")
    one = f"{ZONE}/record/{made['id']}"
    assert northwind_ovh.call("PUT", one, **{**made, "target": "192.0.2.2"}) is None
    assert northwind_ovh.call("GET", one) == {**made, "target": "192.0.2.2"}
    refused = northwind_ovh.refused("PUT", one, fieldType="AAAA", target="2001:db8::1")
    assert refused == (400, "Try to alter read-only properties: fieldType")
    assert northwind_ovh.refused("PUT", one, target="nonsense")[0] == 400
    assert northwind_ovh.refused("GET", f"{ZONE}/record/1")[0] == 404


def test_a_cname_beside_others_is_stored_and_keeps_the_zone_as_it_was(
    northwind_ovh: OvhCaller,
) -> None:
    northwind_ovh.add("CNAME", "www", "elsewhere.example.")
    northwind_ovh.add("A", "new", "192.0.2.7")
    assert served(northwind_ovh, "www", RdataType.A) == ["192.0.2.80"]
    assert served(northwind_ovh, "new", RdataType.A) == []
    status = northwind_ovh.call("GET", f"{ZONE}/status")
    assert status["isDeployed"] is False
    assert status["errors"] == [f"www.{NAME}: CNAME and other data"]
    (old,) = northwind_ovh.call("GET", f"{ZONE}/record?subDomain=www&fieldType=A")
    northwind_ovh.call("DELETE", f"{ZONE}/record/{old}")
    assert served(northwind_ovh, "new", RdataType.A) == ["192.0.2.7"]
    assert northwind_ovh.call("GET", f"{ZONE}/status")["isDeployed"] is True
