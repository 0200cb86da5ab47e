"""A whole zone in one stream of messages (RFC 5936), signed where the query was."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

import dns.flags
import dns.message
import dns.rrset
from dns.message import Message
from dns.rdatatype import RdataType
from dns.rrset import RRset

from dnsconfig.embedded.served import ServedZone

ENOUGH = 16_000
"""Bytes of records, uncompressed, after which a message is sent."""


def is_current(query: Message, zone: ServedZone) -> bool:
    """An IXFR by one who has this serial already."""
    known = [rrset for rrset in query.authority if rrset.rdtype == RdataType.SOA]
    is_ixfr = query.question[0].rdtype == RdataType.IXFR
    return is_ixfr and bool(known) and known[0][0].serial == zone.soa[0].serial


def soa_alone(query: Message, zone: ServedZone) -> Message:
    return _holding(query, [zone.soa])


def whole(query: Message, zone: ServedZone) -> Iterator[bytes]:
    """The SOA, everything else, and the SOA again."""
    single = (
        dns.rrset.from_rdata(rrset.name, rrset.ttl, rdata)
        for rrset in zone.rrsets()
        for rdata in rrset
    )
    context: Any = None
    for batch in _batches(chain([zone.soa], single, [zone.soa])):
        message = _holding(query, batch)
        yield message.to_wire(max_size=65535, multi=True, tsig_ctx=context)
        context = message.tsig_ctx


def _batches(rrsets: Iterator[RRset]) -> Iterator[list[RRset]]:
    batch: list[RRset] = []
    size = 0
    for rrset in rrsets:
        batch.append(rrset)
        size += len(rrset.name.to_wire() or b"") + 10 + len(rrset[0].to_wire() or b"")
        if size > ENOUGH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _holding(query: Message, rrsets: list[RRset]) -> Message:
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.AA
    reply.answer += rrsets
    return reply
