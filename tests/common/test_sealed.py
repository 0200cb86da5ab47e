"""A row under a lost key harms nobody but itself."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from pytest_django import Settings

from journal import remote, services
from journal.models import Operation, State
from journal.people import PORTAL


def test_a_lost_key_breaks_no_list_and_stops_only_its_own_operation(
    db: None, settings: Settings
) -> None:
    asked = services.ask(
        kind="notice.mail",
        account_id=None,
        subject="mail:a@northwind.example",
        params={"to": "a@northwind.example", "subject": "s"},
        secret={"text": "t"},
        by=PORTAL,
    )
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]

    listed = list(Operation.objects.all())
    assert [row.pk for row in listed] == [asked.pk]
    with pytest.raises(InvalidToken):
        assert listed[0].secret
    assert remote.perform(asked.pk)
    assert Operation.objects.get().state == State.ERROR
