"""What may stand in an own zone, and beside what; how serials grow. Pure."""

from collections import Counter
from collections.abc import Iterable

import dns.exception
import dns.name
import dns.rdatatype

from dnsconfig.names import LONGEST, is_within
from dnsconfig.records import Record, of_rdata

LONGEST_TTL = 2**31 - 1
"""Seconds (RFC 2181 §8)."""
LONGEST_VALUE = 60_000
"""Characters: a record must fit into one message of a transfer."""
ALONE = ("CNAME", "DNAME")
"""One record of these at a name (RFC 1034 §3.6.2, RFC 6672 §2.4)."""
SIGNING = frozenset(
    ("RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "DNSKEY", "CDS", "CDNSKEY", "SIG", "NXT", "KEY")
)
"""Signatures of another signer: they would be wrong here after the first write."""


class Clash(ValueError):
    """A record, or a zone, that may not be; `code` says why: see `dnsconfig.embedded.words`."""

    def __init__(self, code: str, name: str, kind: str = "") -> None:
        super().__init__(f"{name} {kind}: {code}")
        self.code = code
        self.name = name
        self.kind = kind


def next_serial(serial: int) -> int:
    """RFC 1982: modulo 2**32; nought is left out, as other servers do."""
    return (serial + 1) % 2**32 or 1


def check_record(record: Record, zone: str) -> None:
    """Whether it may stand in the zone at all. Raises Clash."""
    if not is_within(record.name, zone):
        raise Clash("outside", record.name, record.type)
    if record.name == zone and record.type in ("SOA", "NS"):
        raise Clash("apex", record.name, record.type)
    if record.type == "SOA" or record.type in SIGNING or _is_meta(record.type):
        raise Clash("type", record.name, record.type)
    if len(record.name) > LONGEST or len(record.value) > LONGEST_VALUE:
        raise Clash("long", record.name[:60], record.type)
    if not 0 <= record.ttl <= LONGEST_TTL:
        raise Clash("ttl", record.name, record.type)


def check_value(record: Record) -> None:
    """Whether name and value are what dnspython would have made of them. Raises Clash."""
    try:
        owner = dns.name.from_text(record.name).to_text()
        plain = of_rdata(owner, record.rdata)
    except (dns.exception.DNSException, ValueError) as error:
        raise Clash("value", record.name, record.type) from error
    if plain != record:  # e.g. a value with a second line
        raise Clash("value", record.name, record.type)


def check_together(records: Iterable[Record], zone: str) -> None:
    """Whether all records of some names may stand side by side. Raises Clash.

    An alias is alone at its name and never at the apex, and an RRset has one TTL.
    """
    kinds: dict[str, Counter[str]] = {}
    lives: dict[tuple[str, str], int] = {}
    for record in records:
        kinds.setdefault(record.name, Counter())[record.type] += 1
        if lives.setdefault((record.name, record.type), record.ttl) != record.ttl:
            raise Clash("ttls", record.name, record.type)
    for name, found in kinds.items():
        if found["CNAME"] and name == zone:
            raise Clash("apex_alias", name, "CNAME")
        if found["CNAME"] and len(found) > 1:
            raise Clash("alias", name, "CNAME")
        twice = [kind for kind in ALONE if found[kind] > 1]
        if twice:
            raise Clash("twice", name, twice[0])


def _is_meta(kind: str) -> bool:
    try:
        return dns.rdatatype.is_metatype(dns.rdatatype.from_text(kind))
    except (dns.exception.DNSException, ValueError):
        return True
