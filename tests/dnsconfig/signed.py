"""Zones that are signed, well or badly, as `dns_net` serves them."""

import time
from dataclasses import dataclass, field

import dns.dnssec
import dns.flags
import dns.message
import dns.name
import dns.rdatatype
import dns.rrset
import dns.zone
from cryptography.hazmat.primitives.asymmetric import ec
from dns.rdtypes.ANY.DNSKEY import DNSKEY

from tests.dnsconfig.dns_net import Reply

DAY = 86400


@dataclass(frozen=True)
class Key:
    """One key that signs all of a zone."""

    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def dnskey(self) -> DNSKEY:
        return dns.dnssec.make_dnskey(self.private.public_key(), 13, flags=257)

    def ds(self, zone: str) -> str:
        """What the parent publishes."""
        return dns.dnssec.make_ds(f"{zone}.", self.dnskey, "SHA256").to_text()


def signed(zone: str, *lines: str, key: Key, begins: int = -DAY, ends: int = DAY) -> dns.zone.Zone:
    """Lines (`name TTL IN TYPE value`) signed from `begins` to `ends`, in seconds from now."""
    made = dns.zone.from_text("\n".join(lines), zone, relativize=False)
    now = int(time.time())
    dns.dnssec.sign_zone(
        made, keys=[(key.private, key.dnskey)], inception=now + begins, expiration=now + ends
    )
    return made


def serve_zone(zone: dns.zone.Zone) -> Reply:
    """Authoritative; signatures for who asks for them."""

    def reply(query: dns.message.Message) -> dns.message.Message:
        made = dns.message.make_response(query)
        made.flags |= dns.flags.AA
        question = query.question[0]
        kinds = [(question.rdtype, dns.rdatatype.NONE)]
        if query.ednsflags & dns.flags.DO:
            kinds.append((dns.rdatatype.RRSIG, question.rdtype))
        for kind, covers in kinds:
            found = zone.get_rrset(question.name, kind, covers)
            if found is not None:
                made.answer.append(found)
        return made

    return reply
