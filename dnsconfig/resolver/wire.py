"""One question to one address, and what its reply holds."""

from functools import cache
from socket import AF_INET6, SOCK_DGRAM, socket

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import dns.rrset

from dnsconfig.records import Record, of_rdata, plain_name
from dnsconfig.resolver.values import Delegation, Problem, Server

SILENT, LAME, NO_ADDRESS = "no answer", "not authoritative", "no address"
_SOME_ROOT = ("2001:500:2::c", 53)
"""An address on the internet; nothing is sent there."""

_PROBLEMS = {
    "": Problem.NONE,
    SILENT: Problem.SILENT,
    LAME: Problem.LAME,
    NO_ADDRESS: Problem.NO_ADDRESS,
    "REFUSED": Problem.REFUSED,
    "NOTAUTH": Problem.REFUSED,
    **dict.fromkeys(
        ("OSError", "ConnectionRefusedError", "ConnectionResetError", "EOFError"),
        Problem.UNREACHABLE,
    ),
}


def problem_of(error: str) -> Problem:
    """The kind of a problem that `ask` or a `Told` words: an rcode, or the name of an exception."""
    return _PROBLEMS.get(error, Problem.FAILING)


@cache
def has_ipv6() -> bool:
    """Whether this machine has a way to IPv6 addresses at all."""
    try:
        with socket(AF_INET6, SOCK_DGRAM) as probe:
            probe.connect(_SOME_ROOT)
    except OSError:
        return False
    return True


def ask(
    address: str, name: str, kind: str, *, port: int, timeout: float, want_dnssec: bool = False
) -> dns.message.Message | str:
    """UDP, then TCP for what does not fit. A text instead of a reply says what went wrong."""
    query = dns.message.make_query(
        name + ".", kind, use_edns=0, payload=1232, want_dnssec=want_dnssec
    )
    query.flags &= ~dns.flags.RD
    try:
        reply, _ = dns.query.udp_with_fallback(query, address, timeout, port)
    except dns.exception.Timeout:
        return SILENT
    except (dns.exception.DNSException, OSError, EOFError) as error:
        return type(error).__name__
    if reply.rcode() not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        return dns.rcode.to_text(reply.rcode())
    return reply


def is_authoritative(reply: dns.message.Message) -> bool:
    return bool(reply.flags & dns.flags.AA)


def is_usable(reply: dns.message.Message, name: str, known: str) -> bool:
    """A lame server neither answers for the zone nor leads further down."""
    return is_authoritative(reply) or referral(reply, name, known) is not None


def records(section: list[dns.rrset.RRset]) -> tuple[Record, ...]:
    return tuple(of_rdata(str(s.name), rdata, s.ttl) for s in section for rdata in s)


def referral(reply: dns.message.Message, name: str, known: str) -> Delegation | None:
    """The delegation that a reply names, if it leads further down towards `name`."""
    for rrset in [*reply.answer, *reply.authority]:
        owner = plain_name(str(rrset.name))
        leads_down = name == owner or name.endswith("." + owner) or not owner
        if rrset.rdtype != dns.rdatatype.NS or not leads_down or len(owner) <= len(known):
            continue
        servers = [plain_name(str(ns.target)) for ns in rrset]
        return Delegation(owner, tuple(Server(s, _glue(reply, s)) for s in sorted(servers)))
    return None


def _glue(reply: dns.message.Message, server: str) -> tuple[str, ...]:
    """IPv4 first: it is tried first."""
    found = [record for record in records(reply.additional) if record.name == server]
    return tuple(r.value for kind in ("A", "AAAA") for r in found if r.type == kind)
