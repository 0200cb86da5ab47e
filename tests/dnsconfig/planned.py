"""A zone, what Microsoft wants in it, and the plan."""

from collections.abc import Mapping

from dnsconfig import clouds, plan
from dnsconfig.desired import SERVICES, service_records
from dnsconfig.plan import Change, Plan, Wanted, Way
from dnsconfig.records import Record, Snapshot, of_text
from tests.dnsconfig.told import all_services

ZONE = "example.com"
OUR_MX = "0 contoso-com.o-v1.mx.microsoft."
OUR_SPF = "v=spf1 include:spf.protection.outlook.com -all"
WISHES = service_records(all_services(ZONE), domain=ZONE, services=SERVICES)
WANTED = tuple(wish.record for wish in WISHES)


def rr(name: str, kind: str, value: str, ttl: int = 3600) -> Record:
    full = f"{name}.{ZONE}" if name else ZONE
    text = f'"{value}"' if kind == "TXT" else value
    return of_text(full, kind, text, origin=ZONE, ttl=ttl)


def zone(*records: Record) -> Snapshot:
    apex = [
        rr("", "SOA", "ns1 admin 1 2 3 4 5"),
        rr("", "NS", "ns1.host."),
        rr("", "A", "192.0.2.1"),
    ]
    return Snapshot.of(ZONE, [*apex, *records])


def plan_for(
    *records: Record,
    wanted: tuple[Wanted, ...] = WISHES,
    decisions: Mapping[str, Way] | None = None,
) -> Plan:
    return plan.make(
        wanted=wanted,
        existing=zone(*records),
        unwanted=clouds.unwanted(domain=ZONE, cloud=clouds.WORLDWIDE),
        decisions=decisions,
    )


def change_at(made: Plan, name: str, kind: str) -> Change:
    """The change of a wanted record; SPF counts as TXT."""
    full = f"{name}.{ZONE}" if name else ZONE
    (change,) = [
        c for c in made.changes if c.wanted and (c.wanted.name, c.wanted.type) == (full, kind)
    ]
    return change


def ways(change: Change) -> set[str]:
    return {option.way.value for option in change.options}


def decided(made: Plan, name: str, kind: str, way: Way) -> Plan:
    return made.decide({change_at(made, name, kind).key: way})
