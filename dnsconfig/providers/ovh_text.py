"""OVH's way of writing records, both ways. Pure."""

import re
from collections.abc import Iterable
from typing import Any

import dns.rdatatype
from dns.rdtypes.ANY.TXT import TXT

from dnsconfig import spf
from dnsconfig.records import IN, TTL, BadValue, Record, of_rdata, of_text, plain_name

INVENTED = ("SPF", "DKIM", "DMARC")
"""OVH's own types: TXT in the DNS, and their targets have no quotes."""
LONGEST_TEXT = 255
"""Characters that OVH takes as a plain TXT; longer keys need its own types."""

_QUOTED = re.compile(r'\s*(?:"(?:[^"\\]|\\.)*"\s*)+')
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(rb"\\(\d{3}|.)", re.S)


def sub_domain(name: str, zone: str) -> str:
    """OVH's relative name: empty at the apex."""
    return "" if name == zone else name.removesuffix("." + zone)


def full_name(sub: str | None, zone: str) -> str:
    return plain_name(f"{sub}.{zone}" if sub else zone)


def new_body(record: Record, zone: str) -> dict[str, Any]:
    """The body that creates a record."""
    native = native_type(record)
    return {"fieldType": native, **changed_body(record, zone, native)}


def changed_body(record: Record, zone: str, native: str) -> dict[str, Any]:
    """The body that puts a record in the place of one of this native type, which cannot change.

    Targets are absolute, because OVH completes relative ones.
    """
    return {
        "subDomain": sub_domain(record.name, zone),
        "target": record.value if native in INVENTED else record.target,
        "ttl": record.ttl,
    }


def native_type(record: Record) -> str:
    """The type that OVH calls it: the one it had, or for a long text the one it fits."""
    if record.type != "TXT":
        return record.type
    if record.native_type in INVENTED and _fits(record.native_type, record):
        return record.native_type
    is_short = len(record.value) <= LONGEST_TEXT
    return "TXT" if is_short else next((k for k in INVENTED if _fits(k, record)), "TXT")


def may_replace(new: Record, old: Record) -> bool:
    """Whether `new` can take the place of `old` without another native type."""
    if (new.name, new.type) != (old.name, old.type):
        return False
    if old.native_type not in INVENTED:
        return native_type(new) == new.type
    return new.native_type in ("", old.native_type) and _fits(old.native_type, new)


def _fits(native: str, record: Record) -> bool:
    """Whether OVH takes the text as its own type."""
    text = record.value
    if "\\" in text:
        return False
    if native == "SPF":
        return spf.is_spf(text)
    if native == "DMARC":
        return record.name.startswith("_dmarc") and text.lower().startswith("v=dmarc1")
    return "_domainkey" in record.name.split(".") and bool(re.match(r"v=DKIM1|(.*;)?\s*p=", text))


def of_answer(answer: dict[str, Any], zone: str, default_ttl: int = TTL) -> Record:
    """One record as OVH tells it; what cannot be parsed keeps OVH's own text as its value."""
    native = answer["fieldType"]
    name = full_name(answer.get("subDomain"), zone)
    record = of_target(name, native, answer["target"], zone)
    ttl, record_id = answer.get("ttl") or default_ttl, str(answer["id"])
    return Record(name, record.type, record.value, ttl, record_id, native)


def of_target(name: str, native: str, target: str, zone: str) -> Record:
    """A record by OVH's type and text."""
    try:
        if native == "TXT" or native in INVENTED:
            return of_strings(name, _texts(target))
        return of_text(name, native, target, origin=zone)
    except BadValue:
        return Record(name, native, target)


def of_strings(name: str, texts: Iterable[str], ttl: int = TTL, native_type: str = "") -> Record:
    """A TXT of escaped texts, of any length each. Raises BadValue."""
    try:
        raw = b"".join(map(_unescaped, texts))
    except ValueError as error:
        raise BadValue(str(error)) from error
    strings = [raw[at : at + 255] for at in range(0, len(raw), 255)] or [b""]
    return of_rdata(name, TXT(IN, dns.rdatatype.TXT, strings), ttl, native_type=native_type)


def _texts(target: str) -> list[str]:
    """Quoted or not, as the API happens to give it; a bare text escapes quotes and semicolons."""
    if _QUOTED.fullmatch(target):
        return _STRING.findall(target)
    return [re.sub(r'\\(?![";])', r"\\\\", target)]


def _unescaped(text: str) -> bytes:
    """Raises ValueError for a byte over 255."""
    if "\\" not in text:
        return text.encode()
    return _ESCAPE.sub(
        lambda m: bytes([int(m[1])]) if m[1].isdigit() and len(m[1]) == 3 else m[1], text.encode()
    )
