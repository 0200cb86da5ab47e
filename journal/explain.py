"""What an operation has sent, for staff: which members, never the texts in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cryptography.fernet import InvalidToken

from journal.models import Operation

HIDDEN = "…"
MOST = 60
"""Members that are listed."""


@dataclass(frozen=True)
class Sent:
    """A stored request, redacted."""

    method: str
    path: str
    members: tuple[tuple[str, str], ...]
    """Dotted names with numbers and yes or no as they are; every text is hidden."""
    is_lost: bool = False
    """Under an encryption key that the portal no longer has."""


def sent_by(operation: Operation) -> Sent | None:
    """None while nothing is stored: not sent yet, or forgotten with the answer."""
    try:
        stored = operation.request
    except InvalidToken:
        return Sent("", "", (), is_lost=True)
    if not isinstance(stored, dict):
        return None
    rest = {name: value for name, value in stored.items() if name not in ("method", "path")}
    return Sent(
        str(stored.get("method", "")),
        str(stored.get("path", "")).partition("?")[0],
        tuple(islice(_members("", rest | {"body": _parsed(rest.get("body"))}), MOST)),
    )


def _parsed(body: Any) -> Any:
    try:
        return json.loads(body)
    except (TypeError, ValueError):
        return body


def _members(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if value is None or value == "":
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _members(f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _members(f"{name}[{number}]", inner)
    else:
        yield name, json.dumps(value) if isinstance(value, bool | int | float) else HIDDEN
