"""What a person wants of an own zone, cleaned."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

import dns.exception
import dns.name
from django.conf import settings
from django.utils.translation import gettext as _

from common.refusals import Impossible
from dnsconfig.embedded.peers import BadPeer, joined, secret_bytes, split
from dnsconfig.names import BadName, is_within, to_ascii
from dnsconfig.records import BadValue, Record, of_text, txt

MOST_SERVERS = 13


@dataclass(frozen=True)
class Wish:
    """A zone to be created; `read` checks all but the name and the zone file."""

    name: str
    name_servers: tuple[str, ...]
    secondaries: tuple[str, ...] = ()
    tsig_name: str = ""
    tsig_secret: str = ""
    zone_text: str = ""


def read(given: Mapping[str, str], *, keeps: str = "") -> Wish:
    """Lists are separated by blanks, commas or lines. `keeps`: the name of the key that there is;
    with it the secret may be left out, and stays. Raises Impossible, for each field."""
    errors: dict[str, str] = {}
    servers = _servers(given.get("name_servers", ""), errors)
    secondaries = _secondaries(given.get("secondaries", ""), errors)
    key, secret = given.get("tsig_name", "").strip(), given.get("tsig_secret", "").strip()
    key = _key(key, secret, errors, keeps=keeps)
    if errors:
        raise Impossible.several(errors)
    return Wish(given["name"], servers, secondaries, key, secret, given.get("zone_text", ""))


def _listed(text: str) -> list[str]:
    return list(dict.fromkeys(text.replace(",", " ").split()))


def _servers(text: str, errors: dict[str, str]) -> tuple[str, ...]:
    found = []
    for each in _listed(text):
        try:
            name = to_ascii(each)
        except BadName:
            name = ""
        if "." not in name or name.rpartition(".")[2].isdigit():
            errors["name_servers"] = _("%(name)s is not the name of a server.") % {"name": each}
        found.append(name)
    if not found:
        errors["name_servers"] = _("Name at least one server.")
    if len(found) > MOST_SERVERS:
        errors["name_servers"] = _("Name at most %(most)d servers.") % {"most": MOST_SERVERS}
    return tuple(dict.fromkeys(found))


def _secondaries(text: str, errors: dict[str, str]) -> tuple[str, ...]:
    found = []
    for each in _listed(text):
        try:
            address, port = split(each)
        except BadPeer:
            errors["secondaries"] = _("%(text)s is not an address.") % {"text": each}
            continue
        if not _may_be_told(address):
            errors["secondaries"] = _("%(text)s is not an address on the internet.") % {
                "text": each
            }
        found.append(joined(address, port))
    if len(found) > MOST_SERVERS:
        errors["secondaries"] = _("Name at most %(most)d servers.") % {"most": MOST_SERVERS}
    return tuple(dict.fromkeys(found))


def _may_be_told(address: str) -> bool:
    """Notices go to where a reseller says: not into the provider's own network, unless it may."""
    parsed = ipaddress.ip_address(address)
    if parsed.is_multicast or parsed.is_unspecified:
        return False
    return bool(parsed.is_global or settings.ZONES_PRIVATE_SECONDARIES)


def _key(name: str, secret: str, errors: dict[str, str], *, keeps: str) -> str:
    if name and not secret and name == keeps:
        return name
    if bool(name) != bool(secret):
        field = "tsig_secret" if name else "tsig_name"
        errors[field] = _("A key needs a name and a secret.")
    elif name:
        try:
            name = dns.name.from_text(name).canonicalize().to_text(omit_final_dot=True)
        except (dns.exception.DNSException, UnicodeError):
            errors["tsig_name"] = _("This is no name of a key.")
        try:
            secret_bytes(secret)
        except ValueError:
            errors["tsig_secret"] = _("The secret is base64 of at least 16 bytes.")
    return name


def record(*, zone: str, name: str, kind: str, value: str, ttl: int) -> Record:
    """A record as a person types it: `@` or nothing is the apex, names without the zone's are
    completed by it, a TXT needs no quotes. Raises Impossible.
    """
    try:
        owner = _owner(name.strip(), zone)
        if kind == "TXT" and not value.lstrip().startswith('"'):
            return txt(owner, value.strip(), ttl)
        return of_text(owner, kind, value.strip(), origin=zone, ttl=ttl)
    except (BadName, dns.exception.DNSException) as error:
        raise Impossible(_("This is no valid name."), field="name", code="name") from error
    except BadValue as error:
        said = _("This is no valid value of type %(kind)s.") % {"kind": kind}
        raise Impossible(said, field="value", code="value") from error


def _owner(typed: str, zone: str) -> str:
    if typed in ("", "@"):
        return zone
    labels = [each if each.isascii() else to_ascii(each) for each in typed.lower().split(".")]
    name = ".".join(labels)
    if name.endswith("."):
        return name.rstrip(".")
    dns.name.from_text(f"{name}.")
    return name if is_within(name, zone) else f"{name}.{zone}"
