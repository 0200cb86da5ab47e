"""Zone files (RFC 1035 §5): read with care, written through rdata objects. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import dns.exception
import dns.name
import dns.node
import dns.rdata
import dns.rdataclass
import dns.tokenizer
import dns.ttl
import dns.zone
from dns.name import Name
from dns.rdatatype import RdataType
from dns.zonefile import Reader, RRSetsReaderManager, RRsetsReaderTransaction

from dnsconfig.embedded.rules import SIGNING
from dnsconfig.records import TTL, Record, of_rdata

DIRECTIVES = ("$ORIGIN", "$TTL")
"""`$INCLUDE` would read our files, `$GENERATE` would never end."""


class BadZoneFile(ValueError):
    """Text that is no zone file; `line` counts from one, `reason` is the parser's own word."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Imported:
    """What a zone file holds for a zone."""

    records: tuple[Record, ...]
    """Each once, one TTL per RRset (the lowest); no SOA, no NS of the apex, no signatures."""
    soa: Any = None
    """The SOA's rdata, if there is one."""
    outside: int = 0
    """Records of names that are not in the zone."""
    signatures: int = 0


class _Lines(RRsetsReaderTransaction):
    """Every record as it stands: dnspython's sets would drop a second CNAME without a word."""

    def __init__(self) -> None:
        super().__init__(RRSetsReaderManager(), True, False)  # type: ignore[no-untyped-call]
        self.found: list[tuple[Name, int, dns.rdata.Rdata]] = []

    def add(self, *args: Any) -> None:
        name, ttl, rdata = args
        self.found.append((name, ttl, rdata))


def read(text: str, zone: str) -> Imported:
    """Parse; relative names are completed by the zone's. Raises BadZoneFile."""
    origin = dns.name.from_text(zone)
    lines = _Lines()
    tokens = dns.tokenizer.Tokenizer(text, "zone")
    reader = Reader(tokens, dns.rdataclass.IN, lines, allow_directives=DIRECTIVES, default_ttl=TTL)
    reader.current_origin = reader.last_name = origin
    try:
        reader.read()
    except (dns.exception.DNSException, ValueError) as error:
        reason = str(error).removeprefix(f"zone:{tokens.where()[1]}: ")
        raise BadZoneFile(tokens.where()[1], reason) from error
    return _sorted_out(lines.found, origin)


def _sorted_out(found: list[tuple[Name, int, dns.rdata.Rdata]], origin: Name) -> Imported:
    soa, outside, signatures = None, 0, 0
    kept: list[Record] = []
    for name, ttl, rdata in found:
        if not name.is_subdomain(origin):
            outside += 1
        elif rdata.rdtype.name in SIGNING:
            signatures += 1
        elif rdata.rdtype == RdataType.SOA and name == origin:
            soa = soa or rdata
        elif rdata.rdtype != RdataType.NS or name != origin:
            kept.append(of_rdata(name.to_text(), rdata, ttl))
    return Imported(_even(kept), soa, outside, signatures)


def _even(records: list[Record]) -> tuple[Record, ...]:
    """RFC 2181 §5.2: where the TTLs of a set differ the lowest is meant."""
    lowest: dict[tuple[str, str], int] = {}
    for record in records:
        key = (record.name, record.type)
        lowest[key] = min(record.ttl, lowest.get(key, record.ttl))
    even = (replace(record, ttl=lowest[record.name, record.type]) for record in records)
    return tuple(dict.fromkeys(even))


def written(zone: str, records: Iterable[Record]) -> str:
    """The zone file of records that may stand together; absolute names, sorted."""
    made = dns.zone.Zone(dns.name.from_text(zone), relativize=False)
    for record in records:
        rdata = record.rdata
        owner = dns.name.from_text(record.name)
        made.find_rdataset(owner, rdata.rdtype, rdata.covers(), create=True).add(rdata, record.ttl)
    return str(made.to_text(relativize=False, want_origin=True))
