"""The records that a tenant wants, from Microsoft's own answer and never from a formula. Pure."""

import re
from collections.abc import Iterable

from dnsconfig import clouds, spf
from dnsconfig.names import is_within
from dnsconfig.plan import Wanted
from dnsconfig.records import TTL, Record, cname, mx, plain_name, srv, txt
from partnercenter.types import DnsRecord
from partnercenter.types.domains import EMAIL, INTUNE, SKYPE

SERVICES = (EMAIL, SKYPE, INTUNE)
"""The three tick boxes; the words are those of Graph and of OVH's API."""

_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"({_LABEL}\.)+{_LABEL}", re.I)
_PLAIN_TEXT = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]+")
"""Printable ASCII without quote and backslash: nothing that a zone file would read otherwise."""

_LONGEST_TTL = 2**31 - 1


class BadRecord(ValueError):
    """Microsoft's answer holds a record that must not be published: the whole plan is refused.

    `code` says why: see `dnsconfig.words`; `what` is the record's name and value.
    """

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"{code}: {what}")
        self.code = code
        self.what = what


class NotReady(Exception):
    """Microsoft does not know the records yet: ask again later."""


def service_records(
    told: Iterable[DnsRecord],
    *,
    domain: str,
    services: Iterable[str],
    cloud: str = clouds.WORLDWIDE,
) -> tuple[Wanted, ...]:
    """What the ticked services need. Raises BadRecord, NotReady."""
    ticked = frozenset(services)
    wanted: dict[Record, DnsRecord] = {}
    for one in told:
        if one.supported_service in ticked:
            wanted.setdefault(_record(one, domain), one)
    if not wanted:
        raise NotReady
    _refuse_contradictions(list(wanted))
    return tuple(_weighted(record, one, domain, cloud) for record, one in wanted.items())


def _weighted(record: Record, told: DnsRecord, domain: str, cloud: str) -> Wanted:
    return clouds.weighted(
        record,
        domain=domain,
        service=told.supported_service,
        cloud=cloud,
        is_optional=told.is_optional,
    )


def verification_record(told: Iterable[DnsRecord], *, domain: str) -> Record:
    """The TXT that proves who owns the domain. Raises BadRecord, NotReady."""
    for one in told:
        if one.record_type.lower() == "txt":
            return _record(one, domain)
    raise NotReady


def _refuse_contradictions(wanted: list[Record]) -> None:
    """What no zone can hold together."""
    for alias in {record for record in wanted if record.type == "CNAME"}:
        if any(r.name == alias.name and r != alias for r in wanted):
            raise BadRecord("contradiction", alias.name)
    policies = {r for r in wanted if r.type == "TXT" and spf.is_spf(r.value)}
    if len(policies) != len({r.name for r in policies}):
        raise BadRecord("contradiction", ", ".join(sorted(r.value for r in policies)))


def _record(told: DnsRecord, domain: str) -> Record:
    kind = told.record_type.lower()
    if kind == "unavailable":
        raise NotReady
    name = _name(told, domain)
    ttl = told.ttl or TTL
    if not 0 < ttl <= _LONGEST_TTL:
        raise BadRecord("bad_number", f"{name} TTL {ttl}")
    if kind == "mx":
        return mx(name, _number(told.preference, name), _target(told.mail_exchange, name), ttl)
    if kind == "txt":
        return txt(name, _text(told.text, name), ttl)
    if kind == "cname":
        return cname(name, _target(told.canonical_name, name), ttl)
    if kind == "srv":
        priority, weight, port = (
            _number(number, name) for number in (told.priority, told.weight, told.port)
        )
        return srv(name, priority, weight, port, _target(told.name_target, name), ttl)
    raise BadRecord("unknown_type", f"{name} {told.record_type}")


def _name(told: DnsRecord, domain: str) -> str:
    """The label is a full name; that of an SRV may lack its service and protocol."""
    name = plain_name(told.label)
    if told.record_type.lower() == "srv":
        prefix = f"{told.service}.{told.protocol}.".lower()
        name = name if name.startswith(prefix) else prefix + name
    if not is_within(name, domain):
        raise BadRecord("outside", name)
    if not _HOST.fullmatch(name) or len(name) > 253:
        raise BadRecord("bad_name", name)
    return name


def _target(host: str, name: str) -> str:
    host = plain_name(host)
    if not host:
        raise BadRecord("empty", name)
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise BadRecord("bad_target", f"{name} → {host!r}")
    return host


def _text(text: str, name: str) -> str:
    if not text:
        raise BadRecord("empty", name)
    if not _PLAIN_TEXT.fullmatch(text):
        raise BadRecord("bad_text", f"{name} TXT {text!r}")
    if spf.is_spf(text):
        _refuse_broken_spf(text, name)
    return text


def _refuse_broken_spf(text: str, name: str) -> None:
    if spf.is_broken(text):
        raise BadRecord("broken_spf", f"{name} TXT “{text}”")


def _number(number: int, name: str) -> int:
    if not 0 <= number <= 0xFFFF:
        raise BadRecord("bad_number", f"{name} {number}")
    return number
