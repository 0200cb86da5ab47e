"""OVH's zones as wholes: refresh, lag, text, tasks, history, and zones that a test plants."""

from typing import Any

import dns.zone
import pytest
from dns.rdatatype import RdataType

from sandbox.dns import lookup
from sandbox.dns.authority import OVH_PRIMARY, OVH_SECONDARY, Authority
from sandbox.ovh import published
from sandbox.world import World
from tests.sandbox.ovh_caller import ZONE, OvhCaller

NAME = "northwind-customer.example"


@pytest.fixture
def northwind_ovh(world: World) -> OvhCaller:
    return OvhCaller(world)


def addresses(world: World, name: str) -> list[str]:
    return [str(rdata) for rrset in lookup.ask(world, name, RdataType.A) for rdata in rrset]


def test_lists_with_and_without_a_final_slash(northwind_ovh: OvhCaller) -> None:
    names = northwind_ovh.call("GET", "/domain/zone")
    assert NAME in names
    assert northwind_ovh.call("GET", "/domain/zone/") == names
    zone = northwind_ovh.call("GET", ZONE)
    assert zone["nameServers"] == ["ns1.ovh-sandbox.example", "ns2.ovh-sandbox.example"]
    servers = f"/domain/{NAME}/nameServer"
    assert northwind_ovh.refused("GET", servers) == (404, "This service does not exist")
    assert "X-Ovh-QueryID" not in northwind_ovh.send("GET", servers).headers
    assert "X-Ovh-QueryID" in northwind_ovh.send("GET", ZONE).headers


def test_one_refresh_at_a_time(northwind_ovh: OvhCaller, world: World) -> None:
    world.set_delays({"zone_refresh": 60})
    northwind_ovh.add("A", "new", "192.0.2.7")
    assert northwind_ovh.send("POST", f"{ZONE}/refresh").get_data() == b"null"
    assert northwind_ovh.refused("POST", f"{ZONE}/refresh")[0] == 409
    assert northwind_ovh.call("GET", f"{ZONE}/status")["isDeployed"] is False
    assert addresses(world, f"new.{NAME}") == []


def test_the_second_server_is_a_little_late(northwind_ovh: OvhCaller, world: World) -> None:
    world.set_delays({"dns_lag": 60})
    world.table("ovh_published").committed[NAME]["snapshots"][0]["at"] = "2026-01-01T00:00:00+00:00"
    for number in (1, 2):
        northwind_ovh.add("A", f"new{number}", "192.0.2.7")
        northwind_ovh.call("POST", f"{ZONE}/refresh")
    early, late = published.served(world, NAME), published.served(world, NAME, is_late=True)
    assert early is not None
    assert late is not None
    assert early["serial"] == late["serial"] + 2
    query = dns.message.make_query(f"new2.{NAME}.", "A")
    authority = Authority(world)
    assert authority.respond(OVH_PRIMARY, query).answer
    assert not authority.respond(OVH_SECONDARY, query).answer


def test_the_export_is_a_zone_file_of_what_is_stored(northwind_ovh: OvhCaller) -> None:
    northwind_ovh.add("TXT", "", "v=spf1 -all", ttl=600)
    northwind_ovh.add("DKIM", "s1._domainkey", f"v=DKIM1; p={'A' * 392}")
    text = northwind_ovh.call("GET", f"{ZONE}/export")
    zone = dns.zone.from_text(text, NAME)
    assert str(zone.get_rdataset("@", "TXT")) == '600 IN TXT "v=spf1 -all"'
    assert len(zone.get_rdataset("s1._domainkey", "TXT")[0].strings) == 2  # type: ignore[index]
    assert zone.get_rdataset("www", "A").ttl == 3600  # type: ignore[union-attr]


def test_an_import_replaces_everything_under_new_ids(
    northwind_ovh: OvhCaller, world: World
) -> None:
    northwind_ovh.add("MX", "", "10 mx.elsewhere.example.")
    text = northwind_ovh.call("GET", f"{ZONE}/export").replace("192.0.2.80", "192.0.2.99")
    before = set(northwind_ovh.call("GET", f"{ZONE}/record"))
    task = northwind_ovh.call("POST", f"{ZONE}/import", zoneFile=text)
    assert (task["function"], task["status"]) == ("ZoneImport", "done")
    assert northwind_ovh.call("GET", f"{ZONE}/task?status=done") == [task["id"]]
    assert northwind_ovh.call("GET", f"{ZONE}/task/{task['id']}") == task
    after = set(northwind_ovh.call("GET", f"{ZONE}/record"))
    assert len(after) == len(before)
    assert not after & before
    assert addresses(world, f"www.{NAME}") == ["192.0.2.99"]
    for bad in ("$INCLUDE /etc/passwd", "www IN A nonsense", ""):
        refused = northwind_ovh.send("POST", f"{ZONE}/import", f'{{"zoneFile": "{bad}"}}'.encode())
        assert refused.status_code == 400
    assert set(northwind_ovh.call("GET", f"{ZONE}/record")) == after


def test_an_earlier_state_comes_back(northwind_ovh: OvhCaller, world: World) -> None:
    northwind_ovh.call("POST", f"{ZONE}/refresh")
    (date,) = northwind_ovh.call("GET", f"{ZONE}/history")
    (old,) = northwind_ovh.call("GET", f"{ZONE}/record?subDomain=www")
    northwind_ovh.call("DELETE", f"{ZONE}/record/{old}")
    northwind_ovh.call("POST", f"{ZONE}/refresh")
    assert addresses(world, f"www.{NAME}") == []
    task = northwind_ovh.call("POST", f"{ZONE}/history/{date}/restore")
    assert task["function"] == "ZoneRestore"
    assert addresses(world, f"www.{NAME}") == ["192.0.2.80"]


def test_a_reset_and_the_soa(northwind_ovh: OvhCaller, world: World) -> None:
    northwind_ovh.add("TXT", "", "old")
    given: Any = [{"fieldType": "A", "target": "192.0.2.5"}]
    northwind_ovh.call("POST", f"{ZONE}/reset", minimized=True, DnsRecords=given)
    assert addresses(world, NAME) == ["192.0.2.5"]
    assert len(northwind_ovh.call("GET", f"{ZONE}/record")) == 3
    northwind_ovh.call("PUT", f"{ZONE}/soa", ttl=7200)
    assert northwind_ovh.call("GET", f"{ZONE}/soa")["ttl"] == 7200
    assert northwind_ovh.refused("PUT", f"{ZONE}/soa", ttl=1)[0] == 400


def test_signing_is_played(northwind_ovh: OvhCaller) -> None:
    assert northwind_ovh.call("GET", f"{ZONE}/dnssec") == {"status": "disabled"}
    northwind_ovh.call("POST", f"{ZONE}/dnssec")
    assert northwind_ovh.call("GET", f"{ZONE}/dnssec") == {"status": "enabled"}
    assert northwind_ovh.refused("POST", f"{ZONE}/dnssec")[0] == 409
    northwind_ovh.call("DELETE", f"{ZONE}/dnssec")
    assert northwind_ovh.call("GET", f"{ZONE}/dnssec") == {"status": "disabled"}


def test_a_test_plants_a_zone_of_its_own(northwind_ovh: OvhCaller, world: World) -> None:
    mail = {"fieldType": "MX", "subDomain": "", "target": "10 mx.elsewhere.example."}
    body = {"name": "Acme.fr", "owner": "nw12345-ovh", "records": [mail]}
    assert northwind_ovh.http.post("/_sandbox/zones", json=body).status_code == 201
    assert "acme.fr" in northwind_ovh.call("GET", "/domain/zone")
    assert lookup.mx(world, "acme.fr") == [(10, "mx.elsewhere.example")]
    state = northwind_ovh.http.get("/_sandbox/state").json["zones"]["acme.fr"]
    assert {"name": "acme.fr", "type": "A", "ttl": 3600, "value": "192.0.2.80"} in state
    wrong = {"name": "b.fr", "records": [{"fieldType": "A", "target": "x"}]}
    assert northwind_ovh.http.post("/_sandbox/zones", json=wrong).status_code == 400
    assert "b.fr" not in northwind_ovh.call("GET", "/domain/zone")


def test_a_zone_that_the_parent_gives_to_others(northwind_ovh: OvhCaller, world: World) -> None:
    name = "not-delegated.example"
    northwind_ovh.call("POST", f"/domain/zone/{name}/refresh")
    assert addresses(world, name) == ["192.0.2.40"]


def test_zones_survive_a_restart(tmp_path: Any) -> None:
    world = World(tmp_path / "sandbox.sqlite3")
    made = OvhCaller(world).add("A", "kept", "192.0.2.7")
    OvhCaller(world).call("POST", f"{ZONE}/refresh")
    again = World(tmp_path / "sandbox.sqlite3")
    assert OvhCaller(again).call("GET", f"{ZONE}/record/{made['id']}") == made
    assert addresses(again, f"kept.{NAME}") == ["192.0.2.7"]
