"""Do answers of a signed zone validate, from the DS records at its parent? (RFC 4035 §5) Pure.

The DS records themselves are believed as the parent's servers give them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import dns.dnssec
import dns.exception
import dns.message
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.DS import DS
from dns.rdtypes.ANY.RRSIG import RRSIG

IN = dns.rdataclass.IN
_ALGORITHMS = (5, 7, 8, 10, 13, 14, 15, 16)
"""RSA, ECDSA and EdDSA; older ones may no longer be used to validate (RFC 9904)."""
_DIGESTS = (1, 2, 4)
"""SHA-1, SHA-256, SHA-384."""


class Chain(StrEnum):
    """What a validating resolver makes of a zone."""

    UNSIGNED = "unsigned"
    SIGNED = "signed"
    BOGUS = "bogus"
    """It answers SERVFAIL for all of the zone, although its servers look right."""
    UNKNOWN = "unknown"


class Broken(StrEnum):
    """Where the chain breaks."""

    NO_KEY = "no_key"
    """No key of the zone is one that the parent's DS records name."""
    NO_SIGNATURE = "no_signature"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    BAD_SIGNATURE = "bad_signature"


@dataclass(frozen=True)
class Keys:
    """The zone's keys as one server gives them, proved by the parent, or why they are not."""

    zone: str
    proved: dns.rrset.RRset | None
    broken: Broken | None = None


def ds_of(zone: str, reply: dns.message.Message) -> tuple[DS, ...]:
    """The DS records in the parent's reply that can be used: none means an unsigned zone.

    Algorithms and digests that nobody here knows count as none (RFC 4035 §5.2).
    """
    found = reply.get_rrset(reply.answer, _name(zone), IN, dns.rdatatype.DS)
    return tuple(ds for ds in found or () if isinstance(ds, DS) and _is_known(ds))


def prove_keys(zone: str, ds: Iterable[DS], reply: dns.message.Message, *, now: float) -> Keys:
    """The DNSKEY records of a reply, if one that the DS names has signed them all."""
    name = _name(zone)
    keys = reply.get_rrset(reply.answer, name, IN, dns.rdatatype.DNSKEY)
    named = [key for key in keys or () if any(_is_named(name, key, one) for one in ds)]
    if keys is None or not named:
        return Keys(zone, None, Broken.NO_KEY)
    trusted = dns.rrset.from_rdata_list(name, keys.ttl, named)
    broken = _broken(keys, reply, trusted, now)
    return Keys(zone, None if broken else keys, broken)


def broken_at(
    name: str, kind: str, reply: dns.message.Message, keys: Keys, *, now: float
) -> Broken | None:
    """Why the answer of this name and type does not validate; None also where there is none."""
    if keys.proved is None:
        return keys.broken
    kind_number = dns.rdatatype.from_text(kind)
    rrset = reply.get_rrset(reply.answer, _name(name), IN, kind_number)
    return None if rrset is None else _broken(rrset, reply, keys.proved, now)


def _broken(
    rrset: dns.rrset.RRset, reply: dns.message.Message, keys: dns.rrset.RRset, now: float
) -> Broken | None:
    found = reply.get_rrset(reply.answer, rrset.name, IN, dns.rdatatype.RRSIG, covers=rrset.rdtype)
    if found is None:
        return Broken.NO_SIGNATURE
    try:
        dns.dnssec.validate(rrset, found, {keys.name: keys}, now=now)
    except dns.exception.DNSException:
        return _why([one for one in found if isinstance(one, RRSIG)], now)
    return None


def _why(signatures: list[RRSIG], now: float) -> Broken:
    if all(one.expiration < now for one in signatures):
        return Broken.EXPIRED
    if all(one.inception > now for one in signatures):
        return Broken.NOT_YET
    return Broken.BAD_SIGNATURE


def _is_named(zone: dns.name.Name, key: dns.rdata.Rdata, ds: DS) -> bool:
    if not isinstance(key, DNSKEY) or key.algorithm != ds.algorithm:
        return False
    made: DS = dns.dnssec.make_ds(zone, key, ds.digest_type, validating=True)
    return made.key_tag == ds.key_tag and made.digest == ds.digest


def _is_known(ds: DS) -> bool:
    return ds.digest_type in _DIGESTS and ds.algorithm in _ALGORITHMS


def _name(text: str) -> dns.name.Name:
    return dns.name.from_text(text.rstrip(".") + ".")
