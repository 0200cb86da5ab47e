"""What allauth does after the commit is done at once: a test never commits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction


@pytest.fixture(autouse=True)
def _committed(monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(do: Callable[[], Any], **_options: Any) -> None:
        do()

    monkeypatch.setattr(transaction, "on_commit", at_once)
