"""A name server spoken to over TCP with signed messages (RFC 8945)."""

import ipaddress
import socket
import struct
import time
from collections.abc import Generator, Iterator
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

MOST_RECORDS = 500_000
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
        """The signed answer."""
        with closing(self._answers(query, lost)) as answers:
            return next(answers)

    def transfer(self, zone: str) -> Iterator[dns.rrset.RRset]:
        """Each record of the zone, the first of them its SOA (AXFR, RFC 5936)."""
        query = dns.message.make_query(zone + ".", dns.rdatatype.AXFR, flags=0)
        with closing(self._answers(query, Busy)) as answers:
            yield from _until_the_second_soa(answers)

    def _answers(
        self, query: dns.message.Message, lost: type[RemoteError]
    ) -> Generator[dns.message.Message, None, None]:
        """The messages of the answer, as many as the caller wants."""
        query.use_tsig(self.key)
        wire = query.to_wire()
        with closing(self._connected()) as connection:
            try:
                deadline = time.monotonic() + self.timeout[1]
                connection.sendall(struct.pack("!H", len(wire)) + wire)
                context = None
                while True:
                    answer = _parsed(_message(connection, deadline), query, context)
                    context = answer.tsig_ctx
                    yield answer
            except errors.TSIG_ERRORS as error:
                raise errors.credentials(error) from error
            except (OSError, EOFError, dns.exception.DNSException) as error:
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


def _message(connection: socket.socket, deadline: float) -> bytes:
    (length,) = struct.unpack("!H", _bytes(connection, 2, deadline))
    return _bytes(connection, length, deadline)


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


def _parsed(
    wire: bytes, query: dns.message.Message, context: dns.tsig.HMACTSig | None
) -> dns.message.Message:
    """One message of an answer; the first must be signed, in a transfer not every other one."""
    answer = dns.message.from_wire(
        wire,
        keyring=query.keyring,
        request_mac=query.mac,
        xfr=True,
        tsig_ctx=context,
        multi=True,
        one_rr_per_rrset=True,
    )
    if answer.id != query.id:
        raise dns.query.BadResponse
    is_signed = answer.had_tsig or context is not None
    if answer.rcode() != dns.rcode.NOERROR or not is_signed:
        raise Denied(answer.rcode(), is_signed=is_signed)
    return answer


def _until_the_second_soa(answers: Iterator[dns.message.Message]) -> Iterator[dns.rrset.RRset]:
    count = 0
    for answer in answers:
        for rrset in answer.answer:
            is_soa = rrset.rdtype == dns.rdatatype.SOA
            if is_soa and count:
                if not answer.had_tsig:
                    raise errors.credentials(EOFError("the last message is not signed"))
                return
            if not is_soa and not count:
                raise Busy(errors.NO_ANSWER, code="answer")
            count += 1
            if count > MOST_RECORDS:
                raise errors.impossible(errors.TOO_BIG, "size", count)
            yield rrset
