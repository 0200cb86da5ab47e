"""From any zone to any other and back: each server holds what the edit says, and nothing else."""

from collections.abc import Iterable

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from dnsconfig.edits import Edit
from dnsconfig.providers import Outcome, ZoneProvider
from dnsconfig.records import Record, Snapshot, of_text
from tests.dnsservers.servers import DnsServer

SERVICE = "_sip._tls"
"""No host's name: BIND takes no address and no MX there (`check-names`)."""
NAMES = ("one", "two", "below.two", "*.three", SERVICE)
ALIASES = ("elsewhere.example.", "another.example.")
DATA = {
    "A": ("192.0.2.1", "192.0.2.2", "192.0.2.3"),
    "MX": ("0 mx.example.", "10 mx.example.", "10 other.example."),
    "SRV": ("100 1 443 sip.example.", "100 1 5061 sip.example."),
    "TXT": ('"v=spf1 -all"', '"quotes \\" and \\\\ and \\195\\188"', f'"{"x" * 255}" "longer"'),
}
TTLS = st.sampled_from([60, 300, 3600])

Row = tuple[str, str, str, int]
"""Name relative to the zone, type, value, TTL."""


@st.composite
def node(draw: st.DrawFn, name: str) -> list[Row]:
    """Nothing, an alias, or data; one TTL for each type."""
    if draw(st.booleans()):
        alias = draw(st.sampled_from(["", *ALIASES]))
        return [(name, "CNAME", alias, draw(TTLS))] if alias else []
    rows: list[Row] = []
    for kind, values in DATA.items():
        if name == SERVICE and kind in ("A", "MX"):
            continue
        ttl = draw(TTLS)
        rows += [(name, kind, value, ttl) for value in values if draw(st.booleans())]
    return rows


def zones() -> st.SearchStrategy[list[Row]]:
    return st.tuples(*map(node, NAMES)).map(lambda nodes: [row for rows in nodes for row in rows])


@pytest.fixture
def zone(server: DnsServer) -> str:
    """The same for all examples: each puts it back."""
    return server.take()


@pytest.mark.full
@given(wanted=st.lists(zones(), min_size=2, max_size=3))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_zone_becomes_any_other_and_back(
    server: DnsServer, zone: str, wanted: list[list[Row]]
) -> None:
    provider = server.open(zone)
    before = rows(provider.read(zone).records)
    edits = []
    for rows_wanted in wanted:
        target = [
            of_text(f"{name}.{zone}", kind, value, origin=zone, ttl=ttl)
            for name, kind, value, ttl in rows_wanted
        ]
        edits.append(carry_out(provider, zone, target))
    for edit in reversed(edits):
        told = provider.write(zone, edit.inverse, stored=provider.read(zone, names=edit.names))
        assert {one.outcome for one in told} <= {Outcome.WRITTEN}
    assert rows(provider.read(zone).records) == before


def carry_out(provider: ZoneProvider, zone: str, target: list[Record]) -> Edit:
    stored = provider.read(zone)
    ours = [record for record in stored.records if is_ours(record, zone)]
    goes = rows(ours) - rows(target)
    comes = rows(target) - rows(ours)
    edit = Edit(
        tuple(record for record in ours if row(record) in goes),
        tuple(record for record in target if row(record) in comes),
    )
    told = provider.write(zone, edit, stored=Snapshot.of(zone, stored.records))
    assert {one.outcome for one in told} <= {Outcome.WRITTEN}
    after = provider.read(zone).records
    assert rows(r for r in after if is_ours(r, zone)) == rows(target)
    others = [record for record in stored.records if not is_ours(record, zone)]
    assert rows(r for r in after if not is_ours(r, zone)) == rows(others)
    return edit


def is_ours(record: Record, zone: str) -> bool:
    return record.name in {f"{name}.{zone}" for name in NAMES}


def rows(records: Iterable[Record]) -> set[tuple[str, str, str, int]]:
    return {row(record) for record in records if record.type != "SOA"}


def row(record: Record) -> tuple[str, str, str, int]:
    return record.name, record.type, record.value, record.ttl
