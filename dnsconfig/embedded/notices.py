"""NOTIFY (RFC 1996): one secondary is told that a zone has changed. No rows, one socket."""

import dns.exception
import dns.flags
import dns.message
import dns.opcode
import dns.query
import dns.rcode
import dns.rrset
import dns.tsig
from dns.rdatatype import RdataType

from dnsconfig.embedded.peers import split
from dnsconfig.records import Record

TIMEOUT = 2.0
"""Seconds for each of two questions."""
SILENT = "silent"


def tell(soa: Record, secondary: str, key: dns.tsig.Key | None) -> str:
    """Empty when it has acknowledged; else why not: its own code, or `SILENT`."""
    notice = dns.message.make_query(f"{soa.name}.", RdataType.SOA)
    notice.set_opcode(dns.opcode.NOTIFY)
    notice.flags = (notice.flags | dns.flags.AA) & ~dns.flags.RD
    notice.answer.append(dns.rrset.from_rdata(f"{soa.name}.", soa.ttl, soa.rdata))
    if key is not None:
        notice.use_tsig(key)
    address, port = split(secondary)
    for _ in range(2):
        try:
            reply = dns.query.udp(notice, address, timeout=TIMEOUT, port=port)
        except dns.exception.Timeout:
            continue
        except (dns.exception.DNSException, OSError) as error:
            return type(error).__name__
        return "" if reply.rcode() == dns.rcode.NOERROR else dns.rcode.to_text(reply.rcode())
    return SILENT
