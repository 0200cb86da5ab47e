"""OVH's way of writing records, both ways. Pure."""

import re
from typing import Any

import dns.exception
import dns.name
import dns.rdatatype
import dns.zone
from dns.rdtypes.ANY.TXT import TXT

from dnsconfig.records import IN, TTL, BadValue, Record, of_rdata, of_text, plain_name

INVENTED = ("SPF", "DKIM", "DMARC")
"""OVH's own types: TXT in the DNS."""

_INVENTED_LINE = re.compile(
    rf"^(?P<before>\S*(?:\s+\d+)?(?:\s+IN)?(?:\s+\d+)?\s+)(?:{'|'.join(INVENTED)})\s+(?P<text>.+?)\s*$",
    re.M | re.I,
)


def sub_domain(name: str, zone: str) -> str:
    """OVH's relative name: empty at the apex."""
    return "" if name == zone else name.removesuffix("." + zone)


def full_name(sub: str | None, zone: str) -> str:
    return plain_name(f"{sub}.{zone}" if sub else zone)


def to_body(record: Record, zone: str) -> dict[str, Any]:
    """The body that creates a record; targets are absolute, because OVH completes relative ones."""
    return {
        "fieldType": record.type,
        "subDomain": sub_domain(record.name, zone),
        "target": record.target,
        "ttl": record.ttl,
    }


def of_answer(answer: dict[str, Any], zone: str) -> Record:
    """One record as OVH tells it; what cannot be parsed keeps OVH's own text as its value."""
    native = answer["fieldType"]
    name = full_name(answer.get("subDomain"), zone)
    ttl, target, record_id = answer.get("ttl") or TTL, answer["target"], str(answer["id"])
    try:
        if native == "TXT" or native in INVENTED:
            record = _text_record(name, target, zone)
        else:
            record = of_text(name, native, target, origin=zone)
    except BadValue:
        record = Record(name, native, target)
    return Record(name, record.type, record.value, ttl, record_id, native)


def _text_record(name: str, target: str, zone: str) -> Record:
    """Quoted or not, as the API happens to give it."""
    if target.startswith('"') and target.endswith('"') and len(target) > 1:
        return of_text(name, "TXT", target, origin=zone)
    raw = target.encode()
    strings = [raw[at : at + 255] for at in range(0, len(raw), 255)] or [b""]
    return of_rdata(name, TXT(IN, dns.rdatatype.TXT, strings))


def of_export(text: str, zone: str) -> tuple[Record, ...]:
    """All records of an exported zone. Raises BadValue for what is no zone file."""
    try:
        read = dns.zone.from_text(
            _INVENTED_LINE.sub(_as_txt, text),
            origin=dns.name.from_text(zone),
            relativize=False,
            check_origin=False,
            allow_directives=("$TTL", "$ORIGIN"),
        )
    except (dns.exception.DNSException, KeyError, ValueError) as error:
        raise BadValue(str(error)) from error
    return tuple(of_rdata(str(name), rdata, ttl) for name, ttl, rdata in read.iterate_rdatas())


def _as_txt(match: re.Match[str]) -> str:
    text = match["text"]
    quoted = text if text.startswith('"') else '"' + text.replace('"', r"\"") + '"'
    return f"{match['before']}TXT {quoted}"
