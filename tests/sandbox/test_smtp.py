"""The mailbox: what is sent is kept, and what may go wrong goes wrong when told to."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from sandbox import smtp
from sandbox.smtp import Mailbox
from sandbox.world import World


@pytest.fixture
def mailbox(world: World) -> Iterator[Mailbox]:
    running = smtp.start(world, 0)
    yield running
    running.stop()


def _message() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Portail <noreply@portal.example>"
    message["To"] = "owner@northwind.example"
    message["Subject"] = "Vos licences sont prêtes"
    message["Message-ID"] = "<order-1@portal.example>"
    message.set_content("Bienvenue à la boulangerie")
    message.add_alternative("<p>Bienvenue</p>", subtype="html")
    return message


def _send(mailbox: Mailbox) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=5) as client:
        client.send_message(_message())


def test_a_message_is_kept_in_all_its_parts(world: World, mailbox: Mailbox) -> None:
    _send(mailbox)
    (kept,) = world.table("mail").values()
    assert kept["from"] == "noreply@portal.example"
    assert kept["to"] == ["owner@northwind.example"]
    assert kept["subject"] == "Vos licences sont prêtes"
    assert kept["message_id"] == "<order-1@portal.example>"
    assert kept["text"].strip() == "Bienvenue à la boulangerie"
    assert kept["html"].strip() == "<p>Bienvenue</p>"
    assert "Message-ID: <order-1@portal.example>" in kept["raw"]
    (call,) = [call for call in world.calls() if call["service"] == "smtp"]
    assert (call["status"], call["path"]) == (250, "owner@northwind.example")


def test_the_same_message_twice_is_two_rows(world: World, mailbox: Mailbox) -> None:
    _send(mailbox)
    _send(mailbox)
    first, second = world.table("mail").values()
    assert first["message_id"] == second["message_id"]
    assert first["id"] != second["id"]


@pytest.mark.parametrize("status", [451, 550])
def test_a_refusal_keeps_nothing(world: World, mailbox: Mailbox, status: int) -> None:
    world.faults.add({"service": "smtp", "kind": "status", "status": status})
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        _send(mailbox)
    assert refusal.value.smtp_code == status
    assert not world.table("mail")
    _send(mailbox)
    assert len(world.table("mail")) == 1


@pytest.mark.parametrize(("kind", "kept"), [("drop_before", 0), ("drop_after", 1)])
def test_a_cut_connection(world: World, mailbox: Mailbox, kind: str, kept: int) -> None:
    world.faults.add({"service": "smtp", "kind": kind, "path": "northwind"})
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        _send(mailbox)
    assert len(world.table("mail")) == kept
    assert world.calls()[-1]["status"] == 0


def test_a_slow_answer_comes_and_a_hanging_one_does_not(world: World, mailbox: Mailbox) -> None:
    world.faults.add({"service": "smtp", "kind": "slow", "seconds": 0.2})
    world.faults.add({"service": "smtp", "kind": "hang", "seconds": 5})
    _send(mailbox)
    with (
        smtplib.SMTP("127.0.0.1", mailbox.port, timeout=0.3) as client,
        pytest.raises((smtplib.SMTPServerDisconnected, TimeoutError)),
    ):
        client.send_message(_message())
    assert len(world.table("mail")) == 1


def test_a_taken_port_is_said(world: World, mailbox: Mailbox) -> None:
    with pytest.raises(OSError, match="in use"):
        smtp.start(world, mailbox.port)
