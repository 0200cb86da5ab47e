"""Secondaries: their addresses as people type them, and who may transfer a zone."""

import base64
import binascii
import ipaddress

import dns.name
import dns.tsig

from dnsconfig.embedded.models import OwnZone

DNS_PORT = 53


class BadPeer(ValueError):
    """Not an address with, perhaps, a port."""


def split(text: str) -> tuple[str, int]:
    """`192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353`. Raises BadPeer."""
    host, port = text.strip(), ""
    if host.startswith("["):
        host, _bracket, port = host[1:].partition("]")
        port = port.removeprefix(":")
    elif host.count(":") == 1:
        host, _colon, port = host.partition(":")
    try:
        address = str(ipaddress.ip_address(host))
        number = int(port) if port else DNS_PORT
    except ValueError as error:
        raise BadPeer(text) from error
    if not 0 < number < 65536:
        raise BadPeer(text)
    return address, number


def joined(address: str, port: int) -> str:
    """As `split` reads it."""
    if port == DNS_PORT:
        return address
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def secret_bytes(text: str) -> bytes:
    """The secret of a key, base64. Raises ValueError for one that is none, or too short."""
    try:
        secret = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
    if len(secret) < 16:
        raise ValueError(text)
    return secret


def key_of(zone: OwnZone) -> dns.tsig.Key | None:
    """The zone's TSIG key, if it has one."""
    if not zone.tsig_name:
        return None
    name = dns.name.from_text(zone.tsig_name)
    return dns.tsig.Key(name, secret_bytes(zone.tsig_secret), dns.tsig.HMAC_SHA256)


def may_transfer(zone: OwnZone, peer: str, *, is_signed: bool) -> bool:
    """With a key the signature decides, else the address."""
    if zone.tsig_name:
        return is_signed
    return _plain(peer) in {split(each)[0] for each in zone.secondaries}


def _plain(peer: str) -> str:
    address = ipaddress.ip_address(peer.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
