"""A zone as text: OVH's export, and what its import takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.exception
import dns.zone

from sandbox.ovh.refusal import bad_request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.table import Item

AS_TXT = ("DKIM", "DMARC")
"""Invented types that a text shows as TXT; SPF keeps its name."""


def export(item: Item, records: Iterable[Item]) -> str:
    """What is stored, as BIND would read it (but for the type SPF)."""
    soa = item["soa"]
    numbers = f"{soa['serial']} {soa['refresh']} 3600 {soa['expire']} {soa['nxDomainTtl']}"
    head = [f"$TTL {soa['ttl']}", f"@\tIN SOA {soa['server']} {soa['email']} ({numbers})"]
    return "\n".join([*head, *(_line(record) for record in records), ""])


def _line(record: Item) -> str:
    kind, target = record["fieldType"], record["target"]
    if kind in (*AS_TXT, "SPF") and not target.startswith('"'):
        strings = [target[at : at + 255] for at in range(0, len(target), 255)]
        target = " ".join(f'"{each}"' for each in strings)
        target = f"( {target} )" if len(strings) > 1 else target
    kind = "TXT" if kind in AS_TXT else kind
    ttl = str(record["ttl"] or "")
    return f"{record['subDomain'] or '@':<26} {ttl:<6} IN {kind:<6} {target}"


def read(text: str, zone: str) -> list[Item]:
    """The records of a zone file, as bodies of new records; its SOA is left out.

    Raises:
        Refusal: 400 for a text that is no zone file of this zone.
    """
    try:
        found = dns.zone.from_text(
            text, f"{zone}.", relativize=True, check_origin=False, allow_include=False
        )
    except (dns.exception.DNSException, ValueError) as error:
        raise bad_request(f"Invalid zone file: {error}") from error
    records = [
        {
            "fieldType": rdata.rdtype.name,
            "subDomain": "" if name.to_text() == "@" else name.to_text(),
            "target": rdata.to_text(origin=found.origin, relativize=False),
            "ttl": rdataset.ttl,
        }
        for name, rdataset in found.iterate_rdatasets()
        for rdata in rdataset
        if rdata.rdtype.name != "SOA"
    ]
    if not records:
        raise bad_request("Invalid zone file: no records")
    return records
