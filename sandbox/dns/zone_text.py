"""Zones from text: files that come with the sandbox, and what OVH's API holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import dns.name
import dns.rrset
import dns.zone

from sandbox.dns.zone import Zone

if TYPE_CHECKING:
    from sandbox.table import Item

DATA = Path(__file__).parent / "data"


def parse(text: str, origin: str) -> Zone:
    """A zone from a zone file's text.

    Raises:
        dns.exception.DNSException: it is none.
    """
    read = dns.zone.from_text(text, origin, relativize=False)
    rrsets = [
        dns.rrset.from_rdata_list(name, rdataset.ttl, list(rdataset))
        for name, rdataset in read.iterate_rdatasets()
    ]
    return Zone(dns.name.from_text(origin), rrsets)


def from_records(origin: str, records: Iterable[Item]) -> Zone:
    """A zone from records `{name, type, ttl, value}`; names and values are absolute."""
    grouped: dict[tuple[str, str], list[Item]] = {}
    for record in records:
        grouped.setdefault((record["name"], record["type"]), []).append(record)
    rrsets = [
        dns.rrset.from_text_list(
            f"{name}.", min(r["ttl"] for r in each), "IN", kind, [r["value"] for r in each]
        )
        for (name, kind), each in grouped.items()
    ]
    return Zone(dns.name.from_text(origin), rrsets)


@cache
def internet() -> tuple[Zone, ...]:
    """The root, the top level domains and what is below them, deepest first."""
    files = {path.stem: path.read_text() for path in sorted(DATA.glob("*.zone"))}
    zones = [parse(text, "." if name == "root" else f"{name}.") for name, text in files.items()]
    return tuple(sorted(zones, key=lambda zone: -len(zone.origin)))
