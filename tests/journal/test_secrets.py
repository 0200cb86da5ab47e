"""What is secret cannot be read in the table or the log, and is forgotten when done."""

import logging

import pytest
from django.db import connection

from journal import remote
from journal.models import Operation
from tests.journal.conftest import Ask
from tests.journal.other_side import Killed, OtherSide

pytestmark = pytest.mark.django_db
SECRET = "Tr0ub4dor-and-3"


def _raw_row(operation: Operation) -> str:
    """All columns as the database itself shows them, bytes as text too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM journal_operation WHERE id = %s", [operation.pk])
        row = cursor.fetchone()
    cells = [bytes(cell) if isinstance(cell, memoryview) else cell for cell in row]
    return repr(cells)


def test_it_is_unreadable_in_the_table(ask: Ask, remote_side: OtherSide) -> None:
    operation = ask(params={"seats": 7654321}, secret={"password": SECRET})
    remote_side.plan = ["killed_after"]
    with pytest.raises(Killed):
        remote.perform(operation.pk)
    row = _raw_row(operation)
    assert "gAAAA" in row, "encrypted, and there"
    assert SECRET not in row
    assert "nonce" not in row, "nor what is sent"
    operation.refresh_from_db()
    assert operation.secret == {"password": SECRET}
    assert operation.request["seats"] == 7654321


def test_it_is_forgotten_when_done(ask: Ask) -> None:
    operation = ask(secret={"password": SECRET})
    remote.perform(operation.pk)
    operation.refresh_from_db()
    assert (operation.secret, operation.request) == (None, None)
    assert "gAAAA" not in _raw_row(operation)


@pytest.mark.parametrize("mishap", ["lost", "refused", "busy"])
def test_it_is_not_logged(
    ask: Ask, remote_side: OtherSide, caplog: pytest.LogCaptureFixture, mishap: str
) -> None:
    caplog.set_level(logging.DEBUG)
    operation = ask(secret={"password": SECRET})
    remote_side.plan = [mishap]
    remote.perform(operation.pk)
    broken = ask("try.write_badly", subject="thing:2", secret={"password": SECRET})
    remote.perform(broken.pk)
    assert "our own mistake" in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in repr(operation)
