"""A name server spoken to over TCP with signed messages (RFC 8945)."""

import ipaddress
import socket
import struct
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import dns.exception
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import dns.rrset
import dns.tsig

from common.errors import Busy, Refused, RemoteError
from dnsconfig.providers import rfc2136_errors as errors
from dnsconfig.providers.rfc2136_errors import Denied, told

MOST_BYTES = 64 * 1024 * 1024
"""A transfer that does not end is not kept in memory."""


@dataclass(frozen=True)
class Server:
    """`timeout`: seconds to connect, and for all of an answer.

    Calls raise Busy where no connection is made, `lost` where the answer does not come (Busy by
    default: nothing was asked for that leaves a trace), Misconfigured where the server names what
    is wrong with the key, Denied for all other refusals.
    """

    host: str
    port: int
    key: dns.tsig.Key
    timeout: tuple[float, float]
    private_addresses: bool = False
    """Whether it may be on a network that is not the internet."""

    def ask(
        self, query: dns.message.Message, *, lost: type[RemoteError] = Busy
    ) -> dns.message.Message:
        """The first message of the signed answer."""
        return self._exchange(query, lost, lambda _wire: True)[0]

    def transfer(self, zone: str) -> list[dns.rrset.RRset]:
        """Each record of the zone, beginning with its SOA (AXFR, RFC 5936)."""
        soas = 0

        def is_last(wire: bytes) -> bool:
            nonlocal soas
            soas += _count_soas(wire)
            return soas > 1 or not soas

        answers = self._exchange(axfr(zone), Busy, is_last)
        records = [rrset for answer in answers for rrset in answer.answer]
        is_whole = len(records) > 1 and records[0] == records[-1] and answers[-1].had_tsig
        if not is_whole or records[0].rdtype != dns.rdatatype.SOA:
            raise told(Busy(errors.NO_ANSWER, code="answer"), "a part of the zone")
        return records[:-1]

    def _exchange(
        self,
        query: dns.message.Message,
        lost: type[RemoteError],
        is_last: Callable[[bytes], bool],
    ) -> list[dns.message.Message]:
        """All is received before any of it is read: Knot does not wait for a slow reader."""
        query.use_tsig(self.key)
        wire = query.to_wire()
        with closing(self._connected()) as connection:
            try:
                connection.sendall(struct.pack("!H", len(wire)) + wire)
                wires = _received(connection, time.monotonic() + self.timeout[1], is_last)
                return _parsed(wires, query)
            except dns.tsig.PeerBadKey as error:  # Knot also says so of a key without the right
                raise Denied(dns.rcode.NOTAUTH, is_signed=False) from error
            except errors.TSIG_ERRORS as error:
                raise errors.credentials(error) from error
            except (OSError, EOFError, ValueError, dns.exception.DNSException) as error:
                raise told(lost(errors.NO_ANSWER, code="answer"), error) from error

    def _connected(self) -> socket.socket:
        problem: Exception = OSError()
        for address in self._addresses():
            try:
                return socket.create_connection((address, self.port), self.timeout[0])
            except OSError as error:
                problem = error
        raise told(Busy(errors.NO_ANSWER, code="connection"), problem) from problem

    def _addresses(self) -> list[str]:
        """Looked up once per connection, so that the address that was checked is the one used."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            if error.errno == socket.EAI_AGAIN:
                raise told(Busy(errors.NO_ANSWER, code="lookup"), error) from error
            raise _unreachable(self.host) from error
        except UnicodeError as error:  # a label of more than 63 bytes
            raise _unreachable(self.host) from error
        addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
        allowed = [one for one in addresses if self.private_addresses or _is_public(one)]
        if not allowed:
            raise _unreachable(self.host)
        return allowed


def _unreachable(host: str) -> Refused:
    return told(Refused(errors.ADDRESS, code="address", field="server"), host)


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (inner or ip).is_global


def axfr(zone: str) -> dns.message.Message:
    return dns.message.make_query(zone + ".", dns.rdatatype.AXFR, flags=0)


def _received(
    connection: socket.socket, deadline: float, is_last: Callable[[bytes], bool]
) -> list[bytes]:
    wires: list[bytes] = []
    size = 0
    while not wires or not is_last(wires[-1]):
        (length,) = struct.unpack("!H", _bytes(connection, 2, deadline))
        wires.append(_bytes(connection, length, deadline))
        size += length
        if size > MOST_BYTES:
            raise errors.impossible(errors.TOO_BIG, "size", size)
    return wires


def _bytes(connection: socket.socket, count: int, deadline: float) -> bytes:
    found = bytearray()
    while len(found) < count:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connection.settimeout(left)
        more = connection.recv(count - len(found))
        if not more:
            raise EOFError
        found += more
    return bytes(found)


def _parsed(wires: list[bytes], query: dns.message.Message) -> list[dns.message.Message]:
    """The messages of one answer; the first must be signed, of the others not every one."""
    answers: list[dns.message.Message] = []
    for wire in wires:
        answer = dns.message.from_wire(
            wire,
            keyring=query.keyring,
            request_mac=query.mac,
            xfr=True,
            tsig_ctx=answers[-1].tsig_ctx if answers else None,
            multi=True,
            one_rr_per_rrset=True,
        )
        if answer.id != query.id:
            raise dns.query.BadResponse
        is_signed = answer.had_tsig or bool(answers)
        if answer.rcode() != dns.rcode.NOERROR or not is_signed:
            raise Denied(answer.rcode(), is_signed=is_signed)
        answers.append(answer)
    return answers


def _count_soas(wire: bytes) -> int:
    """SOA records in the answer section: two of them end a transfer. Raises ValueError."""
    questions, answers = struct.unpack_from("!HH", wire, 4)
    try:
        at = 12
        for _ in range(questions):
            at = _after_name(wire, at) + 4
        count = 0
        for _ in range(answers):
            at = _after_name(wire, at)
            kind, _class, _ttl, length = struct.unpack_from("!HHIH", wire, at)
            count += kind == dns.rdatatype.SOA
            at += 10 + length
    except (IndexError, struct.error) as error:
        raise ValueError("no DNS message") from error
    return count


def _after_name(wire: bytes, at: int) -> int:
    while wire[at]:
        if wire[at] >= 0xC0:
            return at + 2
        at += wire[at] + 1
    return at + 1
