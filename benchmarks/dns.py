"""Zones at the sandbox's OVH: planning over a big one; one change by us and by two peers.

The change is what a mail move writes: MX, SPF and autodiscover replaced, an SRV and two CNAMEs
of Intune new. Every call takes 50 ms longer, and the zone has 300 records: octodns asks for each
of them, so 10,000 would take minutes. octodns and lexicon are development dependencies.
"""

import time
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple

from benchmarks.stand import Portal
from tests.dnsconfig.ovh_keys import KEYS
from tests.sandbox_fixture import LiveSandbox

BIG, SMALL = 10_000, 300
ZONE = "bench-bakery.example"
MX = "0 bench-bakery-example.o-v1.mx.microsoft."
SPF = "v=spf1 mx include:spf.protection.outlook.com -all"
ALIASES = {
    "autodiscover": "autodiscover.outlook.com.",
    "enterpriseenrollment": "enterpriseenrollment-s.manage.microsoft.com.",
    "enterpriseregistration": "enterpriseregistration.windows.net.",
}
SRV = ("_sipfederationtls._tcp", "100 1 5061 sipfed.online.lync.com.")
WAIT = 0.05
"""Seconds that every call takes longer."""
ROUNDS = 5


class Took(NamedTuple):
    seconds: float
    calls: int


def plan_big(portal: Portal) -> tuple[Took, Took]:
    """The best of some rounds: name servers, the whole zone, the plan; the bare export."""
    _plant(portal.sandbox, BIG)
    plans = [_count(portal.sandbox, _plan) for _round in range(ROUNDS)]
    exports = [_count(portal.sandbox, _bare_export(portal.sandbox)) for _round in range(ROUNDS)]
    return min(plans), min(exports)


def change_small(portal: Portal) -> dict[str, Took]:
    """By tool: the same change, each on a fresh zone."""
    tools: dict[str, Callable[[str], Callable[[], None]]] = {
        "ours": _ours,
        "octodns": _octodns,
        "lexicon": _lexicon,
    }
    found = {}
    for name, prepare in tools.items():
        _plant(portal.sandbox, SMALL)
        change = prepare(f"{portal.sandbox.url}/1.0")
        portal.sandbox.post(
            "faults", {"service": "ovh", "kind": "slow", "seconds": WAIT, "times": -1}
        )
        try:
            found[name] = _count(portal.sandbox, change)
        finally:
            portal.sandbox.control.delete("/_sandbox/faults").raise_for_status()
        _check(portal.sandbox, name)
    return found


def _plant(sandbox: LiveSandbox, size: int) -> None:
    """A zone with a web site, mail elsewhere, and hosts."""
    records = [
        {"fieldType": "MX", "target": "10 mx.elsewhere.example."},
        {"fieldType": "TXT", "target": "v=spf1 mx -all"},
        {"fieldType": "CNAME", "subDomain": "autodiscover", "target": "mail.elsewhere.example."},
    ]
    for number in range(size - len(records) - 4):
        host = {"fieldType": "A", "subDomain": f"host{number}", "target": "192.0.2.7"}
        records.append(host)
    sandbox.post("zones", {"name": ZONE, "records": records})


def _count(sandbox: LiveSandbox, do: Callable[[], object]) -> Took:
    since = max((call["n"] for call in sandbox.get("calls")), default=0)
    began = time.perf_counter()
    do()
    seconds = time.perf_counter() - began
    calls = [call for call in sandbox.get("calls", since=since) if call["service"] == "ovh"]
    return Took(seconds, len(calls))


def _check(sandbox: LiveSandbox, tool: str) -> None:
    """Who changes less would be quicker."""
    served = sandbox.get("state")["zones"][ZONE]
    shown = {(r["name"].removesuffix(ZONE).rstrip("."), r["value"].strip('"')) for r in served}
    missing = {("", MX), ("", SPF), SRV, *ALIASES.items()} - shown
    assert not missing, (tool, missing)
    assert len(served) == SMALL + 3, (tool, len(served))


def _wanted() -> tuple[Any, ...]:
    from dnsconfig.records import cname, mx, srv, txt

    preference, exchange = MX.split()
    name, (priority, weight, port, target) = SRV[0], SRV[1].split()
    return (
        mx(ZONE, int(preference), exchange),
        txt(ZONE, SPF),
        *(cname(f"{sub}.{ZONE}", alias) for sub, alias in ALIASES.items()),
        srv(f"{name}.{ZONE}", int(priority), int(weight), int(port), target),
    )


def _plan() -> None:
    from dnsconfig import plan
    from dnsconfig.providers import connect

    provider = connect("ovh", KEYS)
    assert provider.name_servers(ZONE)
    existing = provider.read(ZONE)
    assert len(existing.records) == BIG + 1  # and the SOA
    assert plan.make(wanted=_wanted(), existing=existing).changes


def _bare_export(sandbox: LiveSandbox) -> Callable[[], None]:
    import ovh.client

    ovh.client.ENDPOINTS["bench"] = f"{sandbox.url}/1.0"

    def export() -> None:
        assert ovh.Client(endpoint="bench", **KEYS).get(f"/domain/zone/{ZONE}/export")

    return export


def _ours(_endpoint: str) -> Callable[[], None]:
    """As the journal does it: plan, read the names again, write, read back, refresh."""
    from dnsconfig.edits import Edit
    from dnsconfig.providers import Outcome, connect

    def change() -> None:
        provider = connect("ovh", KEYS)
        provider.name_servers(ZONE)
        found = provider.read(ZONE)
        texts = [r for r in found.at(ZONE, "TXT") if r.value.startswith("v=spf1")]
        old = (*found.at(ZONE, "MX"), *texts, *found.at(f"autodiscover.{ZONE}"))
        edit = Edit(old, _wanted())
        stored = provider.read(ZONE, names=edit.names)
        told = provider.write(ZONE, edit, stored=stored)
        assert {one.outcome for one in told} == {Outcome.WRITTEN}
        provider.refresh(ZONE)

    return change


def _octodns(endpoint: str) -> Callable[[], None]:
    """`octodns-sync` once its source is read, which costs nothing here."""
    import ovh.client
    from octodns.record import Record
    from octodns.zone import Zone
    from octodns_ovh import OvhProvider

    ovh.client.ENDPOINTS["bench"] = endpoint
    provider = OvhProvider("bench", "bench", *KEYS.values())
    wanted = Zone(f"{ZONE}.", [])
    provider.populate(wanted)
    preference, exchange = MX.split()
    priority, weight, port, target = SRV[1].split()
    mail = {"preference": int(preference), "exchange": exchange}
    call = {"priority": int(priority), "weight": int(weight), "port": int(port), "target": target}
    data: list[tuple[str, dict[str, Any]]] = [
        ("", {"type": "MX", "value": mail}),
        ("", {"type": "TXT", "value": SPF}),
        (SRV[0], {"type": "SRV", "value": call}),
        *((sub, {"type": "CNAME", "value": alias}) for sub, alias in ALIASES.items()),
    ]
    for sub, value in data:
        wanted.add_record(Record.new(wanted, sub, {"ttl": 3600, **value}), replace=True)

    def change() -> None:
        provider.apply(provider.plan(wanted))

    return change


def _lexicon(endpoint: str) -> Callable[[], None]:
    """Record by record, as its commands do it, but signed in only once."""
    from lexicon._private.providers import ovh
    from lexicon.config import ConfigResolver

    ovh.ENDPOINTS["bench"] = endpoint
    options = {f"auth_{name}": value for name, value in KEYS.items()}
    config = ConfigResolver().with_dict(
        {
            "provider_name": "ovh",
            "action": "list",
            "type": "TXT",
            "domain": ZONE,
            "ovh": {"auth_entrypoint": "bench", **options},
        }
    )

    def change() -> None:
        provider = ovh.Provider(config)
        provider.authenticate()
        with closing(provider.session):
            provider.update_record("", "MX", ZONE, MX)
            provider.update_record("", "TXT", ZONE, SPF)
            provider.create_record("SRV", f"{SRV[0]}.{ZONE}", SRV[1])
            for sub, alias in ALIASES.items():
                if sub == "autodiscover":
                    provider.update_record("", "CNAME", f"{sub}.{ZONE}", alias)
                else:
                    provider.create_record("CNAME", f"{sub}.{ZONE}", alias)

    return change
