"""UDP and TCP on four loopback addresses, all on the same port."""

from __future__ import annotations

import errno
import socket
import socketserver
import sys
from collections.abc import Sequence
from threading import Thread
from typing import TYPE_CHECKING

from sandbox.dns import faulty
from sandbox.dns.authority import ADDRESSES, Authority

if TYPE_CHECKING:
    from sandbox.world import World

ATTEMPTS = 50
IDLE = 10.0
"""Seconds that a TCP connection may wait for its next question."""
POLL = 0.05


class Names:
    """The running servers."""

    def __init__(self, port: int, servers: list[socketserver.BaseServer]) -> None:
        self.port = port
        self._servers = servers
        self._threads = [
            Thread(target=server.serve_forever, args=(POLL,), daemon=True) for server in servers
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        stopping = [Thread(target=server.shutdown) for server in self._servers]
        for thread in stopping:
            thread.start()
        for thread in (*stopping, *self._threads):
            thread.join()
        for server in self._servers:
            server.server_close()


def start(world: World, port: int, addresses: Sequence[str] = ADDRESSES) -> Names:
    """Serve on that port; 0: one that is free on every address.

    Raises:
        OSError: the port is taken, or none was found free.
    """
    authority = Authority(world)
    for _ in range(ATTEMPTS):
        opened: list[socketserver.BaseServer] = []
        try:
            chosen = port
            for address in addresses:
                first = _Udp((address, chosen), world, authority)
                opened.append(first)
                chosen = int(first.server_address[1])
                opened.append(_Tcp((address, chosen), world, authority))
        except OSError as error:
            for server in opened:
                server.server_close()
            if port or error.errno != errno.EADDRINUSE:
                raise
            continue
        return Names(chosen, opened)
    raise OSError(errno.EADDRINUSE, "no port is free on every address")


class _Udp(socketserver.ThreadingUDPServer):
    daemon_threads = True
    block_on_close = False
    max_packet_size = 65535

    def __init__(self, address: tuple[str, int], world: World, authority: Authority) -> None:
        self.world, self.authority = world, authority
        super().__init__(address, _Datagram)


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], world: World, authority: Authority) -> None:
        self.world, self.authority = world, authority
        super().__init__(address, _Stream)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error worth a word; others are the base class's."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Datagram(socketserver.BaseRequestHandler):
    server: _Udp

    def handle(self) -> None:
        wire, sock = self.request
        world, authority = self.server.world, self.server.authority
        address = str(self.server.server_address[0])
        reply = faulty.answer(authority, world, address, wire, is_udp=True)
        if reply:
            sock.sendto(reply, self.client_address)


class _Stream(socketserver.StreamRequestHandler):
    server: _Tcp
    timeout = IDLE
    request: socket.socket

    def handle(self) -> None:
        """Questions one after the other, each with its length before it (RFC 7766)."""
        world, authority = self.server.world, self.server.authority
        address = str(self.server.server_address[0])
        while len(length := self.rfile.read(2)) == 2:
            wire = self.rfile.read(int.from_bytes(length, "big"))
            reply = faulty.answer(authority, world, address, wire, is_udp=False)
            if not reply:
                return
            self.wfile.write(len(reply).to_bytes(2, "big") + reply)
