"""What a mail provider sees of a domain: from the root down, as the internet does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.exception
import dns.flags
import dns.message
import dns.query
from dns.message import Message
from dns.rdatatype import RdataType
from dns.rrset import RRset

from sandbox.dns.authority import ROOT, Authority

if TYPE_CHECKING:
    from sandbox.world import World

TIMEOUT = 2.0
MOST_REFERRALS = 8


def txt(world: World, name: str) -> list[str]:
    """The texts at a name, their strings joined; none when nobody answers."""
    return [
        b"".join(rdata.strings).decode(errors="replace")
        for rrset in ask(world, name, RdataType.TXT)
        for rdata in rrset
    ]


def mx(world: World, name: str) -> list[tuple[int, str]]:
    """Preference and host, best first."""
    found = ask(world, name, RdataType.MX)
    return sorted(
        (rdata.preference, rdata.exchange.to_text(omit_final_dot=True))
        for rrset in found
        for rdata in rrset
    )


def ask(world: World, name: str, kind: RdataType) -> list[RRset]:
    """The RRsets of that type that the first answering server has.

    Over UDP and TCP where the name servers run (`world.dns_port`), else straight from the zones.
    """
    query = dns.message.make_query(f"{name.rstrip('.')}.", kind, use_edns=0, payload=1232)
    servers = [ROOT]
    for _ in range(MOST_REFERRALS):
        reply = _first(world, servers, query)
        if reply is None:
            return []
        if reply.flags & dns.flags.AA:
            return [rrset for rrset in reply.answer if rrset.rdtype == kind]
        servers = [
            str(address) for rrset in reply.additional for address in rrset if rrset.rdtype == 1
        ]
    return []


def _first(world: World, servers: list[str], query: Message) -> Message | None:
    for address in servers:
        if not world.dns_port:
            return Authority(world).respond(address, query)
        try:
            reply, _ = dns.query.udp_with_fallback(query, address, TIMEOUT, world.dns_port)
        except (dns.exception.DNSException, OSError):
            continue  # the next server may know
        if reply.rcode() in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
            return reply
    return None
