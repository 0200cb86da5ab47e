"""Keys of encrypted columns can be changed while the portal runs."""

from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command

from connections.models import Connection
from connections.store import RefreshTokens
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL

pytestmark = pytest.mark.django_db


def test_after_a_rotation_the_old_key_can_go(settings: Any, capsys: Any) -> None:
    RefreshTokens("eu", {"refresh_token": "first"}).load()
    asked = journal.ask(
        kind="notice.mail", account_id=None, subject="mail:a", secret={"text": "t"}, by=PORTAL
    )
    old, new = settings.FIELD_ENCRYPTION_KEYS, Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [new, *old]
    call_command("rotate_keys")
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert Connection.objects.get().token == "first"
    assert Operation.objects.get(pk=asked.pk).secret == {"text": "t"}
    assert "connections.Connection.token: 1" in capsys.readouterr().out
