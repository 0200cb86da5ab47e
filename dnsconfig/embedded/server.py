"""UDP and TCP on one port: a fixed number of threads, each serving one question at a time."""

import errno
import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Thread

from django.db import close_old_connections, connection

Respond = Callable[..., Iterator[bytes]]
"""`Responder.respond`."""

log = logging.getLogger(__name__)

UDP_THREADS, TCP_THREADS = 4, 12
TICK = 0.5
"""Seconds after which a waiting thread looks whether it is to stop."""
IDLE = 5.0
"""Seconds that a connection may be silent, or slow to take what is sent."""
LONGEST = 120.0
"""Seconds that a connection may last."""
ATTEMPTS = 50


class NameServer:
    """A running server; `port` is where it listens."""

    def __init__(self, respond: Respond, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Port 0: one that is free for both. Raises OSError where it is taken."""
        self._respond = respond
        self._stopping = Event()
        self._udp, self._tcp = _listen(host, port)
        self.port: int = self._udp.getsockname()[1]
        loops = [self._serve_udp] * UDP_THREADS + [self._serve_tcp] * TCP_THREADS
        self._threads = [Thread(target=self._run, args=(loop,), daemon=True) for loop in loops]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._udp.close()
        self._tcp.close()

    def _run(self, loop: Callable[[], None]) -> None:
        try:
            while not self._stopping.is_set():
                # Nobody asked in time, or the client went away: the next one, please.
                with suppress(OSError):
                    self._survive(loop)
        finally:
            connection.close()

    def _survive(self, loop: Callable[[], None]) -> None:
        try:
            loop()
        except OSError:
            raise
        except Exception:
            log.exception("a question could not be answered")

    def _replies(self, wire: bytes, peer: str, *, is_udp: bool) -> Iterator[bytes]:
        close_old_connections()  # a database that went away is found again
        yield from self._respond(wire, peer, is_udp=is_udp)

    def _serve_udp(self) -> None:
        wire, client = self._udp.recvfrom(65535)
        for reply in self._replies(wire, client[0], is_udp=True):
            self._udp.sendto(reply, client)

    def _serve_tcp(self) -> None:
        stream, client = self._tcp.accept()
        with stream:
            stream.settimeout(IDLE)
            until = time.monotonic() + LONGEST
            while (wire := _received(stream, until)) and not self._stopping.is_set():
                for reply in self._replies(wire, client[0], is_udp=False):
                    stream.sendall(len(reply).to_bytes(2, "big") + reply)


def _received(stream: socket.socket, until: float) -> bytes:
    """The next message (RFC 7766: two bytes of length before it); empty when there is none."""
    length = _exactly(stream, 2, until)
    return _exactly(stream, int.from_bytes(length, "big"), until) if length else b""


def _exactly(stream: socket.socket, count: int, until: float) -> bytes:
    data = b""
    while len(data) < count and time.monotonic() < until:
        part = stream.recv(count - len(data))
        if not part:
            return b""
        data += part
    return data if len(data) == count else b""


def _listen(host: str, port: int) -> tuple[socket.socket, socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for _ in range(ATTEMPTS):
        udp = socket.socket(family, socket.SOCK_DGRAM)
        tcp = socket.socket(family, socket.SOCK_STREAM)
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            udp.bind((host, port))
            tcp.bind((host, udp.getsockname()[1]))
        except OSError as error:
            udp.close()
            tcp.close()
            if port or error.errno != errno.EADDRINUSE:
                raise
            continue
        tcp.listen(64)
        for each in (udp, tcp):
            each.settimeout(TICK)
        return udp, tcp
    raise OSError(errno.EADDRINUSE, "no port is free for UDP and TCP")
