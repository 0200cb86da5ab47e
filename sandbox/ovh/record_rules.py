"""What OVH takes as a record, and what the DNS makes of it. Pure.

Observed rules that bite: a TTL below 60 becomes 60, the target of a TXT comes back in quotes, a
target without a final dot is below the zone, DKIM and DMARC are types whose target has no quotes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import dns.exception
import dns.name
import dns.rdata

from sandbox.ovh.refusal import bad_request

if TYPE_CHECKING:
    from sandbox.table import Item

TYPES = (
    *("A", "AAAA", "CAA", "CNAME", "DKIM", "DMARC", "DNAME", "HTTPS", "LOC", "MX", "NAPTR", "NS"),
    *("PTR", "RP", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"),
)
INVENTED = ("SPF", "DKIM", "DMARC")
TEXTS = ("TXT", *INVENTED)
HOSTS = ("A", "AAAA", "MX", "NS")
SHORTEST_TTL, LONGEST_TTL = 60, 2**31 - 1
LABEL = re.compile(r"\*|[a-z0-9_]([a-z0-9_/-]{0,61}[a-z0-9_])?")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"(?:\s+"(?:[^"\\]|\\.)*")*')
BARE = re.compile(r'(?:[^"\\]|\\.)*')


def checked(zone: str, kind: Any, sub_domain: Any, target: Any, ttl: Any) -> Item:
    """The members of a record as OVH keeps them.

    Raises:
        Refusal: 400 with OVH's words.
    """
    if kind not in TYPES:
        raise bad_request(
            f"[fieldType] Given data ({kind}) does not belong to the RecordTypeEnum enumeration"
        )
    if not isinstance(target, str) or not target.strip():
        raise bad_request("Missing parameter(s): target")
    name = _sub_domain(zone, kind, sub_domain)
    record = {
        "fieldType": kind,
        "subDomain": name,
        "target": _target(kind, name, target.strip()),
        "ttl": _ttl(ttl),
    }
    if kind == "TXT" and _is_dkim(name, record["target"]):
        record |= {"fieldType": "DKIM", "target": _unquoted(record["target"])}
    to_dns(zone, record, default_ttl=SHORTEST_TTL)
    return record


def to_dns(zone: str, record: Item, *, default_ttl: int) -> Item:
    """The record as name servers serve it: `{name, type, ttl, value}`, everything absolute.

    Raises:
        Refusal: 400 when the target is not of its type.
    """
    kind, target = record["fieldType"], record["target"]
    text = _strings(target) if kind in TEXTS and not target.startswith('"') else target
    real = "TXT" if kind in TEXTS else kind
    try:
        origin = dns.name.from_text(zone)
        rdata = dns.rdata.from_text("IN", real, text, origin=origin, relativize=False)
    except (dns.exception.DNSException, ValueError) as error:
        raise bad_request(f"Invalid subfield found in {kind} : {target} ({error})") from error
    return {
        "name": f"{record['subDomain']}.{zone}".lstrip("."),
        "type": real,
        "ttl": record["ttl"] or default_ttl,
        "value": rdata.to_text(),
    }


def _sub_domain(zone: str, kind: str, given: Any) -> str:
    name = str(given or "").strip().lower().rstrip(".")
    labels = name.split(".") if name else []
    if not all(LABEL.fullmatch(label) for label in labels) or len(f"{name}.{zone}") > 253:
        raise bad_request("Invalid domain name")
    if kind in HOSTS and "_" in name:
        raise bad_request("Invalid domain name, underscore not allowed")
    if kind == "DMARC" and not name.startswith("_dmarc"):
        raise bad_request("Invalid subdomain for DMARC : it must start with _dmarc")
    return name


def _ttl(given: Any) -> int:
    if given is None:
        return 0
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= LONGEST_TTL:
        raise bad_request(f"[ttl] Given data ({given}) is not valid for type long")
    return max(given, SHORTEST_TTL) if given else 0


def _target(kind: str, name: str, target: str) -> str:
    if kind in ("DKIM", "DMARC") and target.startswith('"'):
        raise bad_request(f"Invalid subfield found in {kind} : {target}")
    if kind == "SPF" and not target.strip('"').lower().startswith("v=spf1"):
        raise bad_request(f"Invalid subfield found in SPF : {target}")
    if kind == "TXT":
        if not QUOTED.fullmatch(target) and not BARE.fullmatch(target):
            raise bad_request(f"Invalid subfield found in TXT : {target}")
        return target if target.startswith('"') else f'"{target}"'
    return target


def cut(target: str) -> str:
    """What an older API kept of a TXT: 255 characters."""
    return f'"{_unquoted(target)[:255]}"'


def _is_dkim(name: str, target: str) -> bool:
    return "_domainkey" in name.split(".") and _unquoted(target).startswith("v=DKIM1")


def _unquoted(target: str) -> str:
    return re.sub(r'"\s+"', "", target).strip('"').replace('\\"', '"').replace("\\;", ";")


def _strings(text: str) -> str:
    """Bare text in quoted strings of at most 255 bytes."""
    escaped = text.encode()
    parts = [escaped[at : at + 255] for at in range(0, len(escaped), 255)]
    return " ".join(f'"{_escaped(part)}"' for part in parts)


def _escaped(part: bytes) -> str:
    return "".join(
        f"\\{chr(byte)}" if byte in b'"\\' else chr(byte) if 32 <= byte < 127 else f"\\{byte:03d}"
        for byte in part
    )
