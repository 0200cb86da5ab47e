"""What the environment decides, and the one sentence a person gets when something is in the way."""

import socket
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from reseller_portal.launcher import installation, keys, ports
from reseller_portal.launcher.installation import WrongSetting
from tests.launcher.free import free_ports

ENGINES = {"DATABASE_URL": "postgres://here/portal", "REDIS_URL": "redis://here/0"}


def test_nothing_given_means_the_documented_ports_and_a_sandbox() -> None:
    here = installation.read({})
    assert (here.port, here.sandbox_port, here.dns_port, here.smtp_port) == (8000, 8010, 8053, 8025)
    assert here.zones_port == 8054
    assert here.home == Path.cwd() / ".portal"
    environment = here.environment({"SECRET_KEY": "s"}, ENGINES)
    assert environment["PORTAL_URL"] == "http://127.0.0.1:8000"
    assert environment["SANDBOX_URL"] == "http://127.0.0.1:8010"
    assert environment["DNS_PORT"] == "8053"
    assert environment["EMAIL_URL"] == "smtp://127.0.0.1:8025"


def test_what_is_given_wins_over_what_the_launcher_would_choose() -> None:
    given = {"SECRET_KEY": "mine", "PORTAL_URL": "https://portal.example", "EMAIL_URL": "smtp://mx"}
    environment = installation.read(given).environment({"SECRET_KEY": "made"}, ENGINES)
    assert given.items() <= environment.items()


def test_the_real_microsoft_means_no_sandbox() -> None:
    here = installation.read({"MICROSOFT_CLIENT_ID": "an application", "DATABASE_URL": "x"})
    assert not here.own_sandbox
    assert not here.own_database
    assert here.own_broker
    assert not {"SANDBOX_URL", "DNS_ROOTS", "EMAIL_URL"} & here.environment({}, {}).keys()


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_named(value: str) -> None:
    with pytest.raises(WrongSetting, match="SANDBOX_PORT must be a number"):
        installation.read({"SANDBOX_PORT": value})


def test_two_settings_cannot_share_a_port() -> None:
    with pytest.raises(WrongSetting, match="must be different"):
        installation.read({"PORT": "8010"})


@pytest.mark.parametrize(
    ("setting", "address", "kind"),
    [
        ("PORT", "127.0.0.1", socket.SOCK_STREAM),
        ("SANDBOX_PORT", "127.0.0.1", socket.SOCK_STREAM),
        ("SANDBOX_SMTP_PORT", "127.0.0.1", socket.SOCK_STREAM),
        ("SANDBOX_DNS_PORT", "127.0.0.3", socket.SOCK_DGRAM),
        ("SANDBOX_DNS_PORT", "127.0.0.4", socket.SOCK_STREAM),
        ("ZONES_DNS_PORT", "127.0.0.1", socket.SOCK_DGRAM),
        ("ZONES_DNS_PORT", "127.0.0.1", socket.SOCK_STREAM),
    ],
)
def test_a_taken_port_gets_a_sentence_with_the_setting(
    setting: str, address: str, kind: socket.SocketKind
) -> None:
    here = installation.read(free_ports())
    assert ports.first_taken(here) is None
    with socket.socket(socket.AF_INET, kind) as other:
        other.bind((address, int(here.given[setting])))
        if kind == socket.SOCK_STREAM:
            other.listen()
        sentence = ports.first_taken(here)
    assert sentence is not None
    assert setting in sentence
    assert address in sentence


def test_secrets_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    first = keys.load(tmp_path)
    assert first.keys() == {"SECRET_KEY", "FIELD_ENCRYPTION_KEYS"}
    assert keys.load(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_two_installations_need_no_word_about_the_mail_port_and_that_of_own_zones() -> None:
    with socket.socket() as neighbour:
        neighbour.bind(("127.0.0.1", 0))
        neighbour.listen()
        taken = neighbour.getsockname()[1]
        here = replace(installation.read({}), smtp_port=taken, zones_port=taken)
        chosen = ports.with_chosen_ports(here)
        used = {taken, here.port, here.sandbox_port, here.dns_port}
        assert len({chosen.smtp_port, chosen.zones_port} - used) == 2
        given = {"SANDBOX_SMTP_PORT": str(taken), "ZONES_DNS_PORT": str(taken)}
        asked = replace(here, given=given)
        assert ports.with_chosen_ports(asked) == asked


def test_a_port_may_be_the_one_that_mail_would_have_taken() -> None:
    here = ports.with_chosen_ports(installation.read({"PORT": "8025"}))
    assert here.smtp_port != here.port
