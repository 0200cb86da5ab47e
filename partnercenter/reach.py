"""Whether Microsoft can be reached at all: no sign-in, nothing changed, no call counted."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

import httpx

from partnercenter.rest.options import Options

_NEVER_PROXIED = {"all://127.0.0.1": None, "all://localhost": None}


class Reach(NamedTuple):
    """What one address answered."""

    address: str
    problem: str
    """Empty when it answered; else the name of what went wrong."""
    ahead: timedelta | None
    """How far its clock is ahead of ours; None where it does not tell."""


def reach(options: dict[str, Any], *, timeout: float) -> list[Reach]:
    """The sign-in and Partner Center of one region; any answer but 5xx is reachable."""
    names = ("authority", "partner_center")
    defaults = {name: Options.__dataclass_fields__[name].default for name in names}
    addresses = dict.fromkeys(str(options.get(name) or defaults[name]) for name in names)
    with httpx.Client(timeout=timeout, mounts=_NEVER_PROXIED) as client:
        return [_ask(client, address) for address in addresses]


def _ask(client: httpx.Client, address: str) -> Reach:
    try:
        answer = client.head(address)
    except httpx.HTTPError as error:
        return Reach(address, type(error).__name__, None)
    problem = f"HTTP {answer.status_code}" if answer.status_code >= 500 else ""
    return Reach(address, problem, _ahead(answer.headers.get("Date", "")))


def _ahead(date: str) -> timedelta | None:
    try:
        return parsedate_to_datetime(date) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
