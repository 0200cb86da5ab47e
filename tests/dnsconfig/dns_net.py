"""A small internet of name servers on loopback, to misbehave as the real ones do."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

Reply = Callable[[dns.message.Message], dns.message.Message | None]


@dataclass
class Net:
    """`hosts`: address → how it replies; all listen on one port."""

    port: int
    hosts: dict[str, Reply]
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """(address, name, type) of every question, in order."""


def answer(*lines: str) -> Reply:
    """Authoritative: the lines (`name TTL IN TYPE value`) that fit the question."""

    def reply(query: dns.message.Message) -> dns.message.Message:
        made = dns.message.make_response(query)
        made.flags |= dns.flags.AA
        question = query.question[0]
        for line in lines:
            name, ttl, _in, kind, value = line.split(" ", 4)
            found = dns.rrset.from_text(name, int(ttl), "IN", kind, value)
            if found.name == question.name and found.rdtype == question.rdtype:
                made.answer.append(found)
        return made

    return reply


def delegate(zone: str, ds: str, **servers: str) -> Reply:
    """As `refer`, and the parent's DS record of the zone (empty: it says that there is none)."""
    above = answer(f"{zone} 60 IN DS {ds}") if ds else answer()
    below = refer(zone, **servers)

    def reply(query: dns.message.Message) -> dns.message.Message | None:
        is_ds = query.question[0].rdtype == dns.rdatatype.DS
        return above(query) if is_ds else below(query)

    return reply


def refer(zone: str, **servers: str) -> Reply:
    """A referral to `zone`; servers are name=address, dots written as `_`, empty: no glue."""

    def reply(query: dns.message.Message) -> dns.message.Message:
        made = dns.message.make_response(query)
        for label, address in servers.items():
            host = label.replace("_", ".") + "."
            made.authority.append(dns.rrset.from_text(zone, 60, "IN", "NS", host))
            if address:
                kind = "AAAA" if ":" in address else "A"
                made.additional.append(dns.rrset.from_text(host, 60, "IN", kind, address))
        return made

    return reply


def fail(rcode: str, *, is_authoritative: bool = False) -> Reply:
    def reply(query: dns.message.Message) -> dns.message.Message:
        made = dns.message.make_response(query)
        made.set_rcode(dns.rcode.from_text(rcode))
        if is_authoritative:
            made.flags |= dns.flags.AA
        return made

    return reply


def silent(_query: dns.message.Message) -> None:
    """Never answers."""


def by_zone(**replies: Reply) -> Reply:
    """The reply of the first suffix (dots written as `_`) that the name ends with."""

    def reply(query: dns.message.Message) -> dns.message.Message | None:
        name = query.question[0].name.to_text().lower()
        for suffix, one in replies.items():
            if name.endswith(suffix.replace("_", ".") + "."):
                return one(query)
        return fail("REFUSED")(query)

    return reply


@contextmanager
def serve(hosts: dict[str, Reply]) -> Iterator[Net]:
    """All hosts on one free port, over UDP and TCP."""
    net = Net(_free_port(list(hosts)), hosts)
    servers: list[socketserver.BaseServer] = []
    for address in hosts:
        udp, tcp = (_Udp6, _Tcp6) if ":" in address else (socketserver.ThreadingUDPServer, _Tcp)
        servers.append(udp((address, net.port), _udp(net, address)))
        servers.append(tcp((address, net.port), _tcp(net, address)))
    threads = [
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        for server in servers
    ]
    for thread in threads:
        thread.start()
    try:
        yield net
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()


class _Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


class _Udp6(socketserver.ThreadingUDPServer):
    address_family = socket.AF_INET6


class _Tcp6(_Tcp):
    address_family = socket.AF_INET6


def _udp(net: Net, address: str) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, sock = self.request
            made = _reply(net, address, data)
            if made is not None:
                wire = made.to_wire(max_size=1232, prefer_truncation=True)
                sock.sendto(wire, self.client_address)

    return Handler


def _tcp(net: Net, address: str) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = int.from_bytes(self.rfile.read(2), "big")
            made = _reply(net, address, self.rfile.read(length))
            if made is not None:
                wire = made.to_wire(max_size=65535)
                self.wfile.write(len(wire).to_bytes(2, "big") + wire)

    return Handler


def _reply(net: Net, address: str, data: bytes) -> dns.message.Message | None:
    query = dns.message.from_wire(data)
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True)
    net.asked.append((address, name, dns.rdatatype.to_text(question.rdtype)))
    return net.hosts[address](query)


def _free_port(addresses: list[str]) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((addresses[0], 0))
        port: int = probe.getsockname()[1]
        return port
