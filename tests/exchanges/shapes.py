"""How a body is built: member names and their types."""

from collections.abc import Iterable, Iterator
from typing import Any

_KINDS = {dict: "object", list: "array", str: "text", bool: "truth", type(None): "null"}


def missing(printed: Any, shown: Any) -> Iterator[str]:
    """`-a.b` is printed and not shown, `~a.b` has another type.

    Of lists all items count together; what is below a member that is missing is not told again.
    """
    theirs, ours = _shape(printed), _shape(shown)
    for path in sorted(theirs):
        if path not in ours:
            if path.rpartition(".")[0] in ours or path == "$":
                yield f"-{path.removeprefix('$.')}"
        elif "null" not in theirs[path] | ours[path] and not theirs[path] & ours[path]:
            yield f"~{path.removeprefix('$.')}"


def _shape(value: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, kind in _parts(value, "$"):
        found.setdefault(path, set()).add(kind)
    return found


def _parts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    yield path, _KINDS.get(type(value), "number")
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _parts(member, f"{path}.{name}")
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item, f"{path}.[]")


def members(value: Any, held_as: str = "") -> Iterator[str]:
    """`Subscription.quantity`: every member with the kind of its object, or what holds it."""
    if isinstance(value, dict):
        attributes = value.get("attributes")
        kind = attributes.get("objectType") if isinstance(attributes, dict) else None
        for name, member in value.items():
            yield f"{kind or held_as}.{name}"
            yield from members(member, name)
    elif isinstance(value, list):
        for item in value:
            yield from members(item, held_as)


def invented(shown: Any, printed_anywhere: Iterable[str]) -> list[str]:
    """`+Subscription.colour`: members that no page prints for such an object.

    Pages abridge: what another page prints for the same object is no difference.
    """
    return sorted({f"+{member}" for member in members(shown)} - {f"+{m}" for m in printed_anywhere})
