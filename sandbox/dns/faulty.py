"""Answers on the wire: faults played, every question noted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import dns.exception
import dns.message
import dns.rcode
import dns.rdatatype
from dns.message import Message
from dns.rcode import Rcode

from sandbox.dns import delegations, reply
from sandbox.dns.authority import Authority

if TYPE_CHECKING:
    from sandbox.faults import Fault
    from sandbox.world import World

SILENT = ("hang", "drop_before", "drop_after")
STATUSES = {
    Rcode.NOERROR: 200,
    Rcode.NXDOMAIN: 404,
    Rcode.REFUSED: 403,
    Rcode.NOTIMP: 501,
    Rcode.SERVFAIL: 500,
}


def answer(authority: Authority, world: World, address: str, wire: bytes, *, is_udp: bool) -> bytes:
    """The bytes to send back; none: stay silent.

    A fault's method is the type that is asked for, its path `name@address`. `status` means
    SERVFAIL, or the code itself when it is below 16.
    """
    try:
        query = dns.message.from_wire(wire)
        made = dns.message.make_response(query)
    except (dns.exception.DNSException, ValueError):
        return b""
    if not query.question:
        return reply.to_wire(query, reply.refused(query, Rcode.FORMERR), is_udp=is_udp)
    name = delegations.plain(query.question[0].name)
    kind = dns.rdatatype.to_text(query.question[0].rdtype)
    fault = world.faults.match("dns", kind, f"{name}@{address}")
    played = _play(fault, query) if fault else None
    if fault and fault.kind in SILENT:
        _record(world, kind, name, address, None, fault)
        return b""
    made = played or authority.respond(address, query)
    _record(world, kind, name, address, made.rcode(), fault)
    return reply.to_wire(query, made, is_udp=is_udp)


def _play(fault: Fault, query: Message) -> Message | None:
    if fault.kind == "slow":
        time.sleep(fault.seconds)
    if fault.kind in ("slow", *SILENT):
        return None
    return reply.refused(query, Rcode(fault.status) if fault.status < 16 else Rcode.SERVFAIL)


def _record(
    world: World, kind: str, name: str, address: str, rcode: Rcode | None, fault: Fault | None
) -> None:
    """Statuses are those of HTTP that mean the same; 0: no answer."""
    status = 0 if rcode is None else STATUSES.get(rcode, 400)
    told = "" if rcode is None else dns.rcode.to_text(rcode)
    world.record_call(
        "dns", kind, name, status, "", server=address, rcode=told, fault=fault and fault.kind
    )
