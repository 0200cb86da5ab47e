"""From a query to a reply: flags, sections and codes. No sockets."""

from __future__ import annotations

import dns.flags
import dns.message
import dns.opcode
import dns.rcode
from dns.message import Message
from dns.name import Name
from dns.rcode import Rcode
from dns.rdataclass import RdataClass
from dns.rdatatype import RdataType
from dns.rrset import RRset

from sandbox.dns.zone import Zone

PAYLOAD = 1232
"""The largest UDP answer (DNS flag day 2020)."""
SMALLEST_PAYLOAD = 512
TRANSFERS = (RdataType.AXFR, RdataType.IXFR)


def refused(query: Message, rcode: Rcode) -> Message:
    """A reply that says nothing but its code."""
    reply = dns.message.make_response(query, our_payload=PAYLOAD)
    reply.set_rcode(rcode)
    return reply


def objection(query: Message) -> Rcode | None:
    """Why a query is not looked at, whatever its name."""
    if query.opcode() != dns.opcode.QUERY:
        return Rcode.NOTIMP
    if len(query.question) != 1:
        return Rcode.FORMERR
    if query.edns > 0:
        return Rcode.BADVERS
    question = query.question[0]
    if question.rdclass != RdataClass.IN or question.rdtype in TRANSFERS:
        return Rcode.REFUSED
    return None


def referral(query: Message, servers: RRset, glue: list[RRset]) -> Message:
    """Not ours: ask those servers."""
    reply = dns.message.make_response(query, our_payload=PAYLOAD)
    reply.authority.append(servers)
    reply.additional += glue
    return reply


def answer(query: Message, zone: Zone) -> Message:
    """What the zone says."""
    question = query.question[0]
    found = zone.ask(question.name, question.rdtype)
    if found.referral is not None and not found.answer:
        return referral(query, found.referral, _glue(found.referral, zone))
    reply = dns.message.make_response(query, our_payload=PAYLOAD)
    reply.flags |= dns.flags.AA
    reply.answer += found.answer
    if found.referral is not None:
        reply.authority.append(found.referral)
    elif not found.exists:
        reply.set_rcode(Rcode.NXDOMAIN)
    if found.referral is None and not _is_answered(found.answer, question.rdtype, zone):
        reply.authority.append(zone.soa)
    if question.rdtype == RdataType.NS:
        reply.additional += [each for ns in found.answer for each in _glue(ns, zone)]
    return reply


def to_wire(query: Message, reply: Message, *, is_udp: bool) -> bytes:
    """The bytes of a reply; over UDP cut to what the client takes, with TC set."""
    if not is_udp:
        return reply.to_wire(max_size=65535)
    offered = query.payload if query.edns >= 0 else 0
    size = max(SMALLEST_PAYLOAD, min(offered, PAYLOAD))
    return reply.to_wire(max_size=size, prefer_truncation=True)


def _is_answered(found: list[RRset], kind: RdataType, zone: Zone) -> bool:
    """Whether the chain of aliases ends with the wanted type, or leaves the zone."""
    if not found or kind == RdataType.ANY or found[-1].rdtype == kind:
        return bool(found)
    return not found[-1][0].target.is_subdomain(zone.origin)


def _glue(servers: RRset, zone: Zone) -> list[RRset]:
    if servers.rdtype != RdataType.NS:
        return []
    targets: list[Name] = [each.target for each in servers]
    return [rrset for target in targets for rrset in zone.addresses(target)]
