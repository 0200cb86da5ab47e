"""The DNS records that Microsoft wants for a domain, in Graph's words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

TTL = 3600
EMAIL, SKYPE, INTUNE = "Email", "OfficeCommunicationsOnline", "Intune"


def services(found: Item) -> list[str]:
    """The services that a domain is enabled for; the initial one has mail and Skype."""
    return [EMAIL, SKYPE] if found.get("initial") else list(found["services"])


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


def _record(
    label: str, kind: str, supported: str | None, optional: bool, **members: object
) -> Item:
    return {
        "@odata.type": f"microsoft.graph.domainDns{kind}Record",
        "id": hashlib.sha256(f"{label}{kind}{supported}".encode()).hexdigest()[:32],
        "isOptional": optional,
        "label": label,
        "recordType": {"Cname": "CName"}.get(kind, kind),
        "supportedService": supported,
        "ttl": TTL,
        **members,
    }


def verification(found: Item) -> list[Item]:
    """TXT first, the MX alternative second."""
    name = found["name"]
    token = f"ms{_number(found['tenant'] + name) % 10**8:08d}"
    mail = {"mailExchange": f"{token}.msv1.invalid", "preference": 32767}
    return [
        _record(name, "Txt", None, False, text=f"MS={token}"),
        _record(name, "Mx", None, False, **mail),
    ]


def all_records(world: World, found: Item) -> list[Item]:
    """The records of every enabled service; one record `Unavailable` for a service not ready."""
    records: list[Item] = []
    for service, ready_at in found["services"].items():
        if not world.is_past(ready_at):
            why = "Records are not available yet."
            records.append(_record(found["name"], "Unavailable", service, False, description=why))
        elif service in MAKERS:
            records += MAKERS[service](found["name"])
    return records


def mail_host(name: str) -> str:
    """The MX host: a token of Microsoft's own, below a letter of its own choice.

    Names with dashes get a token that nobody can compute outside.
    """
    number = _number(name)
    token = name.replace(".", "-")
    if "-" in name:
        token = f"{name.replace('-', '').replace('.', '-')}0{'abcdefgi'[number % 8]}"
    return f"{token}.{'opqrstuv'[number % 7]}-v1.mx.microsoft"


def _email(name: str) -> list[Item]:
    spf = "v=spf1 include:spf.protection.outlook.com -all"
    return [
        _record(name, "Mx", EMAIL, False, mailExchange=mail_host(name), preference=0),
        _record(name, "Txt", EMAIL, False, text=spf),
        _cname("autodiscover", name, EMAIL, "autodiscover.outlook.com"),
    ]


def _skype(name: str) -> list[Item]:
    return [
        _cname("sip", name, SKYPE, "sipdir.online.lync.com", optional=True),
        _cname("lyncdiscover", name, SKYPE, "webdir.online.lync.com", optional=True),
        _srv(name, "_sip", "_tls", 443, "sipdir.online.lync.com", optional=True),
        _srv(name, "_sipfederationtls", "_tcp", 5061, "sipfed.online.lync.com"),
    ]


def _intune(name: str) -> list[Item]:
    return [
        _cname("enterpriseregistration", name, INTUNE, "enterpriseregistration.windows.net"),
        _cname("enterpriseenrollment", name, INTUNE, "enterpriseenrollment-s.manage.microsoft.com"),
    ]


def _cname(host: str, name: str, service: str, target: str, *, optional: bool = False) -> Item:
    return _record(f"{host}.{name}", "Cname", service, optional, canonicalName=target)


def _srv(
    name: str, service: str, protocol: str, port: int, target: str, *, optional: bool = False
) -> Item:
    return _record(
        f"{service}.{protocol}.{name}",
        "Srv",
        SKYPE,
        optional,
        nameTarget=target,
        port=port,
        priority=100,
        weight=1,
        protocol=protocol,
        service=service,
    )


MAKERS = {EMAIL: _email, SKYPE: _skype, INTUNE: _intune}
