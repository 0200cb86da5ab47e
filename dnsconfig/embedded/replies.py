"""From the bytes of a query to the bytes of its replies. No sockets."""

import logging
from collections.abc import Iterator

import dns.exception
import dns.flags
import dns.message
import dns.opcode
import dns.rcode
import dns.tsig
from django.db import DatabaseError, InterfaceError
from dns.message import Message
from dns.name import Name
from dns.rcode import Rcode
from dns.rdataclass import RdataClass
from dns.rdatatype import RdataType
from dns.rrset import RRset

from dnsconfig.embedded import transfer
from dnsconfig.embedded.peers import key_of, may_transfer
from dnsconfig.embedded.served import ServedZone
from dnsconfig.embedded.shelf import Shelf

log = logging.getLogger(__name__)

PAYLOAD = 1232
"""The largest UDP answer (DNS flag day 2020)."""
SMALLEST_PAYLOAD = 512
HEADER = 12
TRANSFERS = (RdataType.AXFR, RdataType.IXFR)
UNTRUSTED = (
    dns.message.UnknownTSIGKey,
    dns.tsig.BadSignature,
    dns.tsig.BadTime,
    dns.tsig.BadKey,
    dns.tsig.BadAlgorithm,
)


class Responder:
    """Authoritative for all own zones; used by many threads at once."""

    def __init__(self) -> None:
        self._shelf = Shelf()

    def respond(self, wire: bytes, peer: str, *, is_udp: bool) -> Iterator[bytes]:
        """The replies one by one, none for what is not a query; SERVFAIL without the database."""
        if len(wire) < HEADER or wire[2] & 0x80:
            return
        try:
            yield from self._respond(wire, peer, is_udp=is_udp)
        except (DatabaseError, InterfaceError) as error:
            log.warning("the database does not answer: %s", error)
            yield _bare(wire, Rcode.SERVFAIL)

    def _respond(self, wire: bytes, peer: str, *, is_udp: bool) -> Iterator[bytes]:
        try:
            query = dns.message.from_wire(wire, keyring=self._key)
        except UNTRUSTED:
            yield _bare(wire, Rcode.NOTAUTH)
            return
        except (dns.exception.DNSException, ValueError):
            yield _bare(wire, Rcode.FORMERR)
            return
        if query.opcode() == dns.opcode.NOTIFY:
            return  # we are nobody's secondary
        objection = _objection(query)
        if objection is not None:
            yield _wire(query, _saying(query, objection), is_udp=is_udp)
        elif query.question[0].rdtype in TRANSFERS:
            yield from self._transfer(query, peer, is_udp=is_udp)
        else:
            yield _wire(query, self._answer(query), is_udp=is_udp)

    def _key(self, message: Message, name: Name) -> dns.tsig.Key | None:
        """The key of the zone that is asked about, where it has that name."""
        row = self._shelf.row(message.question[0].name) if message.question else None
        key = key_of(row) if row else None
        return key if key and key.name == name else None

    def _answer(self, query: Message) -> Message:
        question = query.question[0]
        row = self._shelf.row(question.name, is_above=question.rdtype == RdataType.DS)
        if row is None:
            return _saying(query, Rcode.REFUSED)
        return _answer(query, self._shelf.zone(row))

    def _transfer(self, query: Message, peer: str, *, is_udp: bool) -> Iterator[bytes]:
        question = query.question[0]
        row = self._shelf.row(question.name)
        allowed = row is not None and may_transfer(row, peer, is_signed=query.had_tsig)
        if row is None or not allowed or (is_udp and question.rdtype == RdataType.AXFR):
            yield _wire(query, _saying(query, Rcode.REFUSED), is_udp=is_udp)
            return
        zone = self._shelf.zone(row)
        if zone.origin != question.name:
            yield _wire(query, _saying(query, Rcode.NOTAUTH), is_udp=is_udp)
        elif is_udp or transfer.is_current(query, zone):
            # RFC 1995 §2 and §4: the SOA alone says "up to date", or "come by TCP".
            yield _wire(query, transfer.soa_alone(query, zone), is_udp=is_udp)
        else:
            yield from transfer.whole(query, zone)


def _objection(query: Message) -> Rcode | None:
    """Why a query is not looked at, whatever its name."""
    if query.opcode() != dns.opcode.QUERY:
        return Rcode.REFUSED
    if len(query.question) != 1:
        return Rcode.FORMERR
    if query.edns > 0:
        return Rcode.BADVERS
    return None if query.question[0].rdclass == RdataClass.IN else Rcode.REFUSED


def _saying(query: Message, rcode: Rcode) -> Message:
    reply = dns.message.make_response(query, our_payload=PAYLOAD)
    reply.set_rcode(rcode)
    return reply


def _answer(query: Message, zone: ServedZone) -> Message:
    question = query.question[0]
    found = zone.find(question.name, question.rdtype)
    reply = dns.message.make_response(query, our_payload=PAYLOAD)
    reply.answer += found.answer
    if found.cut is not None:
        reply.authority.append(found.cut)
        reply.additional += _glue(found.cut, zone)
    elif not found.is_whole:
        reply.authority.append(zone.negative)
    if found.answer or found.cut is None:
        reply.flags |= dns.flags.AA
    if not found.exists:
        reply.set_rcode(Rcode.NXDOMAIN)
    if question.rdtype == RdataType.NS:
        reply.additional += [each for rrset in found.answer for each in _glue(rrset, zone)]
    return reply


def _glue(servers: RRset, zone: ServedZone) -> list[RRset]:
    if servers.rdtype != RdataType.NS:
        return []
    return [rrset for each in servers for rrset in zone.addresses(each.target)]


def _wire(query: Message, reply: Message, *, is_udp: bool) -> bytes:
    """Cut to what fits, or over UDP to what the client takes, with TC set."""
    offered = query.payload if query.edns >= 0 else 0
    size = max(SMALLEST_PAYLOAD, min(offered, PAYLOAD)) if is_udp else 65535
    return reply.to_wire(max_size=size, prefer_truncation=True)


def _bare(wire: bytes, rcode: Rcode) -> bytes:
    """A header only: the query could not be read, or nothing can be looked up."""
    reply = Message(int.from_bytes(wire[:2], "big"))
    reply.flags = dns.flags.QR
    reply.set_opcode(dns.opcode.Opcode((wire[2] >> 3) & 15))
    reply.set_rcode(rcode)
    return reply.to_wire()
