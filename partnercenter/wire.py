"""How Microsoft writes values on the wire, read tolerantly.

Sources: the quirks seen in the vendor's samples: byte order marks, free casing, seven fractional
digits, dates without an offset, year 1 for "never", numbers as text.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

T = TypeVar("T")
Members = Mapping[str, Any]
_NOTHING: Members = {}
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def load(body: bytes) -> Any:
    """The JSON value in `body`, numbers with a point as `Decimal`, member names in camelCase.

    Raises ValueError when the body is not JSON.
    """
    return _camel(json.loads(body.decode("utf-8-sig"), parse_float=Decimal))


def _camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: _camel(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_camel(item) for item in value]
    return value


def items(value: Any) -> list[Members]:
    """The items of a collection: in an envelope, in Graph's `value`, or as a bare array."""
    if isinstance(value, Mapping):
        value = value.get("items", value.get("value"))
    return [item for item in value or [] if isinstance(item, Mapping)]


def each(value: Any, parse: Callable[[Members], T]) -> tuple[T, ...]:
    """The items of a collection, parsed."""
    return tuple(parse(item) for item in items(value))


def member(value: Members, name: str) -> Members:
    """An object inside an object; empty when it is missing or null."""
    inner = value.get(name)
    return inner if isinstance(inner, Mapping) else _NOTHING


def text(value: Members, name: str) -> str:
    """A member as text; empty when it is missing or null."""
    found = value.get(name)
    return "" if found is None else str(found)


def ident(value: Members, name: str) -> str:
    """An id; GUIDs lower-case, because legacy ones come in capitals and newer ones do not."""
    found = text(value, name).strip()
    return found.lower() if _GUID.fullmatch(found) else found


def texts(value: Members, name: str) -> tuple[str, ...]:
    """A list of texts; empty when it is missing or null."""
    return tuple(str(item) for item in value.get(name) or ())


def flag(value: Members, name: str) -> bool:
    """A truth value, also when it is written as text."""
    found = value.get(name)
    return found.strip().lower() == "true" if isinstance(found, str) else bool(found)


def whole(value: Members, name: str) -> int:
    """A whole number; 0 when it is missing, null or not a number."""
    found = decimal(value, name)
    return 0 if found is None else int(found)


def decimal(value: Members, name: str) -> Decimal | None:
    """A number without binary noise; None when it is missing or not a number."""
    try:
        found = Decimal(text(value, name))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def money(value: Members, name: str) -> Decimal:
    """An amount in major units of a currency the caller knows; 0 when it is missing."""
    return decimal(value, name) or Decimal(0)


def moment(value: Members, name: str) -> datetime | None:
    """A moment, aware, UTC. No offset means UTC; year 1, empty and unreadable mean None."""
    try:
        found = datetime.fromisoformat(text(value, name).replace(": ", ":").strip())
    except ValueError:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return None if found.year == 1 else _utc(found)


def _utc(found: datetime) -> datetime:
    try:
        return found.astimezone(UTC)
    except OverflowError:  # 9999-12-31 west of Greenwich: endless
        return found.replace(tzinfo=UTC)


def day(value: Members, name: str) -> date | None:
    """The UTC date of a moment; contract dates are never shifted to another zone."""
    found = moment(value, name)
    return found.date() if found else None
