"""A mail server that takes, refuses, asks to wait or goes away, and what each means."""

import socket
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from common.errors import Busy, Misconfigured, OutcomeUnknown, Refused
from notices.remote import deliver


class Mailbox:
    """A mail server's opinion: `answers` by SMTP verb; `taken` is what it accepted."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.taken: list[bytes] = []

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.get("DATA", "250 OK")
        if answer == "drop":
            assert server.transport is not None
            server.transport.close()
        elif answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append(envelope.content)
        return answer


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=_free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield box
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _send() -> None:
    deliver(
        to="ada@northwind.example",
        subject="Été",
        text="Bonjour",
        html="<p>Bonjour</p>",
        key="operation-7",
    )


def _read(raw: bytes) -> Message:
    from email import message_from_bytes

    return message_from_bytes(raw)


def test_taken_with_a_stable_message_id(mailbox: Mailbox) -> None:
    _send()
    _send()
    first, second = (_read(raw) for raw in mailbox.taken)
    assert first["Message-ID"] == second["Message-ID"] == "<operation-7@portal.example>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in first.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.parametrize(
    ("verb", "answer", "error"),
    [
        ("RCPT", "550 no such user", Refused),
        ("RCPT", "450 greylisted", Busy),
        ("DATA", "554 spam", Refused),
        ("DATA", "452 full", Busy),
        ("MAIL", "553 not yours", Misconfigured),
        ("MAIL", "451 later", Busy),
        ("DATA", "drop", OutcomeUnknown),
    ],
)
def test_what_the_server_says_decides_who_acts(
    mailbox: Mailbox, verb: str, answer: str, error: type[Exception]
) -> None:
    mailbox.answers[verb] = answer
    with pytest.raises(error):
        _send()
    assert mailbox.taken == []


def test_nobody_listens(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _free_port()
    with pytest.raises(Busy):
        _send()
