"""Stands between provider and server, and breaks one connection of them all."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum


class Fault(Enum):
    DROPPED_BEFORE = "the server never sees the message"
    DROPPED_AFTER = "the server's answer is lost"
    CUT = "half of the answer arrives"
    SILENT = "the server is asked, and then nothing comes"


@dataclass
class Proxy:
    """Breaks connection number `at` (from 0) with `fault`; forwards all others."""

    upstream: int
    fault: Fault
    at: int
    listener: socket.socket
    seen: int = 0
    held: list[socket.socket] = field(default_factory=list)

    @property
    def port(self) -> int:
        port: int = self.listener.getsockname()[1]
        return port

    def serve(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            number, self.seen = self.seen, self.seen + 1
            self._forward(client, self.fault if number == self.at else None)

    def _forward(self, client: socket.socket, fault: Fault | None) -> None:
        if fault is Fault.SILENT:
            self.held.append(client)
        request = _framed(client)
        if fault is Fault.DROPPED_BEFORE:
            client.close()
            return
        with socket.create_connection(("127.0.0.1", self.upstream), 10) as server:
            server.sendall(request)
            answer = _framed(server)
        if fault is None:
            client.sendall(answer)
        if fault is Fault.CUT:
            client.sendall(answer[: len(answer) // 2])
        if fault is not Fault.SILENT:
            client.close()


@contextmanager
def between(upstream: int, fault: Fault, *, at: int) -> Iterator[Proxy]:
    """Only for answers of one message."""
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(upstream, fault, at, listener)
    thread = threading.Thread(target=proxy.serve)
    thread.start()
    try:
        yield proxy
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(20)
        for client in proxy.held:
            client.close()


def _framed(source: socket.socket) -> bytes:
    """One message with its length in front."""
    length = _exactly(source, 2)
    return length + _exactly(source, struct.unpack("!H", length)[0])


def _exactly(source: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        more = source.recv(count - len(found))
        if not more:
            break
        found += more
    return found
