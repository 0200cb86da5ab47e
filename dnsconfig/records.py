"""DNS records as values, compared as the DNS compares them. Pure; built on dnspython's rdata."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
from dns.rdtypes.ANY.CNAME import CNAME
from dns.rdtypes.ANY.MX import MX
from dns.rdtypes.ANY.TXT import TXT
from dns.rdtypes.IN.SRV import SRV

TTL = 3600
"""Seconds: what Microsoft's texts ask for everywhere."""

IN = dns.rdataclass.IN


class BadValue(ValueError):
    """A value that is no rdata of its type."""


@dataclass(frozen=True)
class Record:
    """One record. `name` is absolute, lower case, without the final dot.

    `value` is the rdata in canonical text: names absolute and lower case, the strings of a TXT
    joined and without quotes. Two records are the same when name, type and value are; `id` and
    `native_type` are what the provider calls it (OVH's SPF, DKIM and DMARC are TXT in the DNS).
    """

    name: str
    type: str
    value: str
    ttl: int = field(default=TTL, compare=False)
    id: str = field(default="", compare=False)
    native_type: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.name} {self.type} {self.value}"

    @property
    def rdata(self) -> dns.rdata.Rdata:
        """For the wire and for providers that take presentation format."""
        if self.type == "TXT":
            return _txt_rdata(self.value)
        return dns.rdata.from_text(IN, self.type, self.value)

    @property
    def target(self) -> str:
        """The value in presentation format: absolute names, a TXT in quotes."""
        return self.rdata.to_text() if self.type == "TXT" else self.value

    def to_json(self) -> dict[str, Any]:
        kept = {"name": self.name, "type": self.type, "value": self.value, "ttl": self.ttl}
        return {**kept, "native_type": self.native_type} if self.native_type else kept

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        native_type = data.get("native_type", "")
        return cls(data["name"], data["type"], data["value"], data["ttl"], native_type=native_type)


def mx(name: str, preference: int, exchange: str, ttl: int = TTL) -> Record:
    rdata = MX(IN, dns.rdatatype.MX, preference, _host(exchange))  # type: ignore[no-untyped-call]
    return of_rdata(name, rdata, ttl)


def cname(name: str, target: str, ttl: int = TTL) -> Record:
    rdata = CNAME(IN, dns.rdatatype.CNAME, _host(target))  # type: ignore[no-untyped-call]
    return of_rdata(name, rdata, ttl)


def srv(name: str, priority: int, weight: int, port: int, target: str, ttl: int = TTL) -> Record:
    rdata = SRV(IN, dns.rdatatype.SRV, priority, weight, port, _host(target))  # type: ignore[no-untyped-call]
    return of_rdata(name, rdata, ttl)


def txt(name: str, text: str, ttl: int = TTL) -> Record:
    """`text` is the joined text; it is split into strings of 255 bytes only on the wire."""
    return of_rdata(name, TXT(IN, dns.rdatatype.TXT, _strings(text.encode())), ttl)


def of_rdata(
    name: str, rdata: dns.rdata.Rdata, ttl: int = TTL, *, id: str = "", native_type: str = ""
) -> Record:
    """A record of what dnspython has parsed; `rdata` holds absolute names only."""
    kind = dns.rdatatype.to_text(rdata.rdtype)
    return Record(plain_name(name), kind, _canonical(rdata), ttl, id, native_type)


def of_text(name: str, kind: str, text: str, *, origin: str, ttl: int = TTL) -> Record:
    """Parse presentation format; relative names are completed by `origin`. Raises BadValue."""
    try:
        rdata = dns.rdata.from_text(
            IN, kind, text, origin=dns.name.from_text(origin), relativize=False
        )
    except (dns.exception.DNSException, ValueError) as error:
        raise BadValue(f"{kind} {text!r}") from error
    return of_rdata(name, rdata, ttl)


def plain_name(name: str) -> str:
    """Lower case, without the final dot."""
    return name.rstrip(".").lower()


@dataclass(frozen=True)
class Snapshot:
    """Records of one zone as they were at one moment: all, or all at some names."""

    zone: str
    records: tuple[Record, ...]

    @classmethod
    def of(cls, zone: str, records: Iterable[Record]) -> Self:
        """The same record held twice counts once."""
        return cls(plain_name(zone), tuple(dict.fromkeys(records)))

    @cached_property
    def _by_name(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.records:
            found.setdefault(record.name, []).append(record)
        return found

    def at(self, name: str, *types: str) -> tuple[Record, ...]:
        """The records at a name, of these types, or of all."""
        records = self._by_name.get(name, [])
        return tuple(r for r in records if not types or r.type in types)

    @cached_property
    def _above(self) -> frozenset[str]:
        """Every name that has one below it."""
        found: set[str] = set()
        for name in self._by_name:
            while (name := name.partition(".")[2]) and name not in found:
                found.add(name)
        return frozenset(found)

    def has_below(self, name: str) -> bool:
        """Whether a name below exists, which makes `name` an empty non-terminal at least."""
        return name in self._above


def _host(name: str) -> dns.name.Name:
    return dns.name.from_text(name.rstrip(".") + ".")


def _canonical(rdata: dns.rdata.Rdata) -> str:
    """RFC 4034 §6.2 lower-cases names where the type allows it; the strings of a TXT are joined."""
    if isinstance(rdata, TXT):
        return _escaped(b"".join(rdata.strings))
    wire = rdata.to_digestable(dns.name.root)
    return dns.rdata.from_wire(rdata.rdclass, rdata.rdtype, wire, 0, len(wire)).to_text()


def _escaped(raw: bytes) -> str:
    """Printable ASCII as it is; other bytes and the backslash as \\DDD, so nothing is lost."""
    return "".join(chr(b) if 32 <= b < 127 and b != 92 else f"\\{b:03d}" for b in raw)


def _unescaped(text: str) -> bytes:
    return re.sub(r"\\(\d{3})", lambda m: chr(int(m[1])), text).encode("latin-1")


def _strings(raw: bytes) -> list[bytes]:
    return [raw[at : at + 255] for at in range(0, len(raw), 255)] or [b""]


def _txt_rdata(value: str) -> TXT:
    return TXT(IN, dns.rdatatype.TXT, _strings(_unescaped(value)))
