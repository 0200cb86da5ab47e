"""A mail server that keeps every message and delivers none."""

from __future__ import annotations

import asyncio
import email
from email.message import EmailMessage
from email.policy import default
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from sandbox.faults import Fault
    from sandbox.table import Item
    from sandbox.world import World

HOST = "127.0.0.1"
ACCEPTED = "250 Message accepted for delivery"
LARGEST = 32 * 1024 * 1024
STOPPING = 5.0


class Mailbox:
    """The running server."""

    def __init__(self, world: World, port: int) -> None:
        self.port = port
        self._world = world
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._failure: OSError | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise self._failure

    def stop(self) -> None:
        """Hang up and free the port."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOPPING)

    def _run(self) -> None:
        try:
            made = self._loop.create_server(self._session, HOST, self.port)
            server = self._loop.run_until_complete(made)
        except OSError as error:
            self._failure = error
            self._loop.close()
            self._ready.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def _session(self) -> SMTP:
        return SMTP(
            _Reception(self._world),
            loop=self._loop,
            hostname="sandbox.example",
            enable_SMTPUTF8=True,
            data_size_limit=LARGEST,
        )


def start(world: World, port: int) -> Mailbox:
    """Listen on 127.0.0.1; 0: any free port.

    Raises:
        OSError: the port is taken.
    """
    return Mailbox(world, port)


class _Reception:
    """Takes one message. A fault's method is DATA, its path the recipients."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        path = ",".join(envelope.rcpt_tos)
        fault = self._world.faults.match("smtp", "DATA", path)
        if fault and fault.kind in ("slow", "hang"):
            await asyncio.sleep(fault.seconds)
        is_kept = not fault or fault.after
        item = read(envelope)
        if is_kept:
            keep(self._world, item)
        answer = _answer(fault)
        status = int(answer[:3]) if answer else 0
        self._world.record_call(
            "smtp", "DATA", path, status, item["message_id"], fault=fault and fault.kind
        )
        if not answer and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return answer or "421 Connection lost"


def _answer(fault: Fault | None) -> str:
    """What is said after the message; empty: nothing, the connection breaks."""
    if fault is None or fault.kind == "slow":
        return ACCEPTED
    if fault.kind in ("drop_before", "drop_after", "hang"):
        return ""
    code = fault.status if 400 <= fault.status < 600 and fault.kind == "status" else 451
    return f"{code} The sandbox was told to refuse this message"


def read(envelope: Envelope) -> Item:
    """A message in parts that a person and a test can look at."""
    raw = envelope.content or b""
    raw = raw if isinstance(raw, bytes) else raw.encode()
    message: Any = email.message_from_bytes(raw, policy=default)
    return {
        "from": envelope.mail_from,
        "to": list(envelope.rcpt_tos),
        "subject": str(message["Subject"] or ""),
        "message_id": str(message["Message-ID"] or "").strip(),
        "text": _part(message, "plain"),
        "html": _part(message, "html"),
        "raw": raw.decode(errors="replace"),
    }


def keep(world: World, item: Item) -> None:
    """Put a message into the mailbox; one that comes twice is there twice."""
    with world.change():
        table = world.table("mail")
        number = str(len(table) + 1)
        table[number] = {"id": number, "at": world.real_now().isoformat(), **item}


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
