"""Two accounts with their keys and zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.ovh import credentials, zones

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

NORTHWIND, FABRIKAM = "nw12345-ovh", "fk67890-ovh"
APPLICATION_KEY = "sandboxAppKey001"
APPLICATION = {
    "key": APPLICATION_KEY,
    "secret": "sandboxAppSecret0123456789abcdef0",
    "number": 500_001,
    "name": "Reseller Portal",
}
ALL = [{"method": method, "path": "/*"} for method in credentials.METHODS]
READ = [{"method": "GET", "path": "/*"}]
ZONES = "/domain/zone/*"
BAKERY = "/domain/zone/contoso-bakery.example"
KEYS: tuple[tuple[str, str, list[Item]], ...] = (
    ("sandboxConsumerKeyNorthwind0000001", NORTHWIND, ALL),
    ("sandboxConsumerKeyFabrikam00000002", FABRIKAM, ALL),
    ("sandboxConsumerKeyReadOnly00000003", NORTHWIND, READ),
    (
        "sandboxConsumerKeyNoRefresh0000004",
        NORTHWIND,
        [*READ, *({"method": m, "path": f"{ZONES}/record*"} for m in ("POST", "PUT", "DELETE"))],
    ),
    (
        "sandboxConsumerKeyOneZone000000005",
        NORTHWIND,
        [
            {"method": "GET", "path": "/domain/zone"},
            {"method": "GET", "path": BAKERY},
            *({"method": method, "path": f"{BAKERY}/*"} for method in credentials.METHODS),
        ],
    ),
    ("sandboxConsumerKeyExpired000000006", NORTHWIND, ALL),
)
EXPIRED = "sandboxConsumerKeyExpired000000006"


def plant(world: World) -> None:
    """Fill an empty world."""
    world.table("ovh_applications")[APPLICATION_KEY] = dict(APPLICATION)
    for account, name in ((NORTHWIND, "northwind"), (FABRIKAM, "fabrikam")):
        world.table("ovh_accounts")[account] = _account(account, name)
    for key, account, rules in KEYS:
        made = credentials.new(key, application=APPLICATION_KEY, account=account, rules=rules)
        made["status"] = "expired" if key == EXPIRED else made["status"]
        credentials.plant(world, made)
    for name in ("northwind-customer.example", "contoso-bakery.example"):
        zones.plant(world, name, owner=NORTHWIND)
    zones.plant(world, "fabrikam-customer.example", owner=FABRIKAM)
    zones.plant(world, "not-delegated.example", owner=NORTHWIND, delegated=False)
    zones.plant(world, "half-delegated.example", owner=NORTHWIND, servers=HALF)
    for name, records in TROUBLED.items():
        zones.plant(world, name, owner=NORTHWIND, records=records)


def _account(account: str, name: str) -> Item:
    return {
        "nichandle": account,
        "email": f"owner@{name}.example",
        "name": name.capitalize(),
        "country": "FR",
        "language": "fr_FR",
        "ovhSubsidiary": "FR",
        "ovhCompany": "ovh",
        "currency": {"code": "EUR", "symbol": "€"},
        "state": "complete",
    }


def _record(kind: str, sub_domain: str, target: str) -> Item:
    return {"fieldType": kind, "subDomain": sub_domain, "target": target}


HALF = {"ns1.ovh-sandbox.example": ["127.0.0.2"], "ns1.elsewhere.example": ["127.0.0.4"]}
TROUBLED: dict[str, list[Item]] = {
    # Mail is at another provider; OVH's own type SPF is TXT in the DNS.
    "mail-elsewhere.example": [
        _record("MX", "", "10 mx.elsewhere.example."),
        _record("SPF", "", "v=spf1 include:_spf.elsewhere.example -all"),
        _record("CNAME", "mail", "mx.elsewhere.example."),
    ],
    "cname-conflict.example": [
        _record("CNAME", "autodiscover", "autodiscover.elsewhere.example."),
        _record("A", "lyncdiscover", "192.0.2.81"),
    ],
    # `team` belongs to other servers; mail domains below it cannot be served from here.
    "sub-zone.example": [
        _record("NS", "team", "ns1.elsewhere.example."),
        _record("NS", "team", "ns2.elsewhere.example."),
    ],
    # An SPF record that Microsoft's include would bring over ten look-ups.
    "spf-full.example": [
        _record("TXT", "", "v=spf1 include:_spf.heavy.example ~all"),
        _record("CNAME", "*", "www.spf-full.example."),
    ],
}
