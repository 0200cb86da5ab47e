"""Comparing what was printed with what the client made of it."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from partnercenter.types import Told
from partnercenter.wire import moment
from tests.exchanges.examples import camel


def missing(printed: Any, sent: Any, path: str = "") -> Iterator[str]:
    """The printed members that were not sent, as `lineItems.0.id`; null says nothing.

    Names in any case; so are texts, because Microsoft takes `Monthly` and `monthly`.
    """
    if isinstance(printed, dict):
        there = camel(sent) if isinstance(sent, dict) else {}
        for name, value in camel(printed).items():
            yield from missing(value, there.get(name), f"{path}.{name}".lstrip("."))
    elif isinstance(printed, list):
        there = sent if isinstance(sent, list) else []
        for index, value in enumerate(printed):
            one = there[index] if index < len(there) else None
            yield from missing(value, one, f"{path}.{index}".lstrip("."))
    elif printed is not None and (sent is None or str(printed).lower() != str(sent).lower()):
        yield path


def is_same_path(printed: str, asked: str) -> bool:
    """Whether the paths are the same; `<id>` and `{id}` in print stand for any."""
    ours, theirs = asked.strip("/").split("/"), printed.strip("/").split("/")
    return len(ours) == len(theirs) and all(
        part == said or said[:1] in ("<", "{") for part, said in zip(ours, theirs, strict=True)
    )


def values(found: Any) -> Iterator[Told]:
    """Every value with members of its own in `found`, itself first."""
    if isinstance(found, Told):
        yield found
        for name in _fields(found):
            yield from values(getattr(found, name))
    elif isinstance(found, list | tuple):
        for item in found:
            yield from values(item)


def objects(printed: Any) -> Iterator[dict[str, Any]]:
    """Every object in a printed body, member names in camelCase."""
    if isinstance(printed, dict):
        yield printed
        for member in printed.values():
            yield from objects(member)
    elif isinstance(printed, list):
        for item in printed:
            yield from objects(item)


def lost(found: Told) -> Iterator[str]:
    """The fields that do not carry the member of the same name."""
    fields = set(_fields(found))
    for name, printed in found.members.items():
        ours = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        if ours in fields and not isinstance(printed, dict | list):
            kept = getattr(found, ours)
            if not isinstance(kept, Told | tuple) and _plain(kept) != _plain(printed):
                yield f"{type(found).__name__}.{ours}: {kept!r} is not {printed!r}"


def invented(found: Told) -> Iterator[str]:
    """The fields that say what no member said."""
    said = {_plain(leaf) for leaf in _leaves(found.members)}
    for name in _fields(found):
        kept = getattr(found, name)
        is_scalar = isinstance(kept, str | Decimal | int | datetime) and not isinstance(kept, bool)
        if is_scalar and kept and _plain(kept) not in said:
            yield f"{type(found).__name__}.{name}: {kept!r} was not told"


def _fields(found: Told) -> list[str]:
    return [each.name for each in dataclasses.fields(found) if each.name != "members"]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _leaves(member)
    else:
        yield value


def _plain(value: Any) -> Any:
    """One form for what Microsoft writes in several."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:19]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return str(Decimal(str(value)).normalize())
    found = moment({"at": value}, "at") if re.match(r"\d{4}-\d\d-\d\d", str(value)) else None
    if found:
        return found.isoformat()[:19]
    if re.fullmatch(r"-?\d+(\.\d+)?", str(value)):
        return str(Decimal(str(value)).normalize())
    return str(value).strip().lower()
