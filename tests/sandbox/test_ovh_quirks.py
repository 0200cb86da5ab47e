"""Oddities that OVH was seen with: its own types, ids, writes without effect."""

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


def order(caller: OvhCaller, **quirks: int) -> None:
    assert caller.http.post("/_sandbox/ovh/quirks", json=quirks).status_code == 201


def ids(caller: OvhCaller, sub_domain: str) -> Any:
    return caller.call("GET", f"{ZONE}/record?subDomain={sub_domain}")


@pytest.mark.parametrize("sub_domain", ["_dmarc", "_dmarc.sub"])
def test_dmarc_is_a_type_of_its_own_and_txt_in_the_dns(
    northwind_ovh: OvhCaller, world: World, sub_domain: str
) -> None:
    made = northwind_ovh.add("DMARC", sub_domain, "v=DMARC1; p=none")
    assert made["target"] == "v=DMARC1; p=none"
    northwind_ovh.call("POST", f"{ZONE}/refresh")
    (rrset,) = lookup.ask(world, f"{sub_domain}.{NAME}", RdataType.TXT)
    assert [str(rdata) for rdata in rrset] == ['"v=DMARC1; p=none"']
    quoted = {"fieldType": "DMARC", "subDomain": sub_domain, "target": '"v=DMARC1; p=none"'}
    status, message = northwind_ovh.refused("POST", f"{ZONE}/record", **quoted)
    assert (status, message) == (400, 'Invalid subfield found in DMARC : "v=DMARC1; p=none"')


@pytest.mark.parametrize("kind", ["TXT", "DKIM", "DMARC"])
def test_the_type_of_an_spf_cannot_be_changed(northwind_ovh: OvhCaller, kind: str) -> None:
    made = northwind_ovh.add("SPF", "", "v=spf1 -all")
    one = f"{ZONE}/record/{made['id']}"
    told = (400, "Try to alter read-only properties: fieldType")
    assert northwind_ovh.refused("PUT", one, fieldType=kind) == told
    assert northwind_ovh.call("PUT", one, target="v=spf1 ~all") is None
    assert northwind_ovh.call("GET", one) == {**made, "target": "v=spf1 ~all"}


@pytest.mark.parametrize("apex", [{}, {"subDomain": None}, {"subDomain": ""}])
def test_the_apex_is_answered_as_nothing(northwind_ovh: OvhCaller, apex: dict[str, Any]) -> None:
    body = {"fieldType": "TXT", "target": "apex", **apex}
    made = northwind_ovh.call("POST", f"{ZONE}/record", **body)
    assert made["subDomain"] == ""
    assert northwind_ovh.call("GET", f"{ZONE}/record/{made['id']}")["subDomain"] == ""


def test_a_new_record_answered_with_no_id(northwind_ovh: OvhCaller) -> None:
    order(northwind_ovh, zero_id=1)
    assert northwind_ovh.add("A", "zero", "192.0.2.1")["id"] == 0
    (number,) = ids(northwind_ovh, "zero")
    assert northwind_ovh.call("GET", f"{ZONE}/record/{number}")["target"] == "192.0.2.1"
    assert northwind_ovh.add("A", "one", "192.0.2.1")["id"] != 0


def test_a_write_that_is_forgotten(northwind_ovh: OvhCaller) -> None:
    kept = northwind_ovh.add("A", "kept", "192.0.2.1")
    one = f"{ZONE}/record/{kept['id']}"
    order(northwind_ovh, forgotten=3)
    assert northwind_ovh.add("A", "gone", "192.0.2.1")["id"]
    assert northwind_ovh.call("PUT", one, target="192.0.2.2") is None
    assert northwind_ovh.call("DELETE", one) is None
    assert ids(northwind_ovh, "gone") == []
    assert northwind_ovh.call("GET", one) == kept


def test_a_text_that_is_cut(northwind_ovh: OvhCaller) -> None:
    order(northwind_ovh, cut=1)
    sent = f'"{"a" * 255}" "{"b" * 45}"'
    assert northwind_ovh.add("TXT", "long", sent)["target"] == f'"{"a" * 255}"'
    assert northwind_ovh.add("TXT", "long", sent)["target"] == sent


def test_an_unknown_oddity_is_not_ordered(northwind_ovh: OvhCaller) -> None:
    assert northwind_ovh.http.post("/_sandbox/ovh/quirks", json={"late": 1}).status_code == 400
