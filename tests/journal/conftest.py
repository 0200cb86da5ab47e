"""Kinds of operations that only the tests know."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from journal import services
from journal.models import Operation
from journal.people import By
from tests.journal.other_side import OtherSide, other_side

KINDS = {
    "try.write": "tests.journal.other_side.write",
    "try.write_badly": "tests.journal.other_side.write_badly",
    "try.poll": "tests.journal.other_side.poll",
    "try.nowhere": "tests.journal.other_side.nowhere",
}
ASKER = By(label="owner@northwind.example", user_id=1)

Ask = Callable[..., Operation]


@pytest.fixture(autouse=True)
def _kinds(settings: Settings) -> None:
    settings.JOURNAL_OPERATIONS = {**settings.JOURNAL_OPERATIONS, **KINDS}


@pytest.fixture
def remote_side() -> OtherSide:
    """The other side, empty."""
    other_side.__init__()  # type: ignore[misc]
    return other_side


@pytest.fixture
def ask(remote_side: OtherSide) -> Ask:
    """`ask()` writes one operation that sends something to the other side."""

    def _ask(kind: str = "try.write", subject: str = "thing:1", **more: Any) -> Operation:
        with transaction.atomic():
            return services.ask(
                kind=kind, subject=subject, by=ASKER, **{"account_id": None, **more}
            )

    return _ask
