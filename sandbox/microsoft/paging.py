"""Pages of customers and users: `size`, then `seekOperation=Next` with a continuation token."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sandbox.microsoft.casing import camel
from sandbox.microsoft.door import Call, Reply, collection, link
from sandbox.microsoft.refusal import front

if TYPE_CHECKING:
    from sandbox.table import Item

MAX_SIZE = 500


def asked_filter(call: Call) -> dict[str, Any]:
    """The simple filter of the query: field, value and operator; empty when none was given.

    Raises:
        Refusal: 400, it is no such JSON.
    """
    text = call.query("filter")
    if not text:
        return {}
    try:
        found = camel(json.loads(text))
    except ValueError:
        found = None
    if not isinstance(found, dict) or "field" not in found:
        raise front(400, 2000, "The filter is malformed.")
    return found


def page(
    call: Call,
    path: str,
    items: Sequence[Item],
    show: Callable[[Item], Item],
    largest: int = MAX_SIZE,
) -> Reply:
    """One page of items that have an `id`, with the link to the next."""
    size, start = _size(call, largest), _start(call, items)
    shown = [show(item) for item in items[start : start + size]]
    given = {k: v for k, v in call.request.args.items() if k.lower() != "seekoperation"}
    self_uri = f"{path}?{urlencode(given)}" if given else path
    further: dict[str, Any] = {}
    if start + size < len(items):
        token = base64.b64encode(items[start + size - 1]["id"].encode()).decode()
        uri = f"{path}?{urlencode({**given, 'seekOperation': 'Next'})}"
        further["next"] = link(uri, **{"MS-ContinuationToken": token})
    return Reply(collection(shown, self_uri, **further))


def _size(call: Call, largest: int) -> int:
    text = call.query("size") or "0"
    if not text.isdecimal():
        raise front(400, 2000, "The page size must be a number.")
    return min(int(text) or largest, largest)


def _start(call: Call, items: Sequence[Item]) -> int:
    token = call.request.headers.get("MS-ContinuationToken", "")
    if call.query("seekOperation").lower() != "next" or not token:
        return 0
    try:
        last = base64.b64decode(token).decode()
    except ValueError:
        raise front(400, 2000, "The continuation token is malformed.") from None
    return next((place + 1 for place, item in enumerate(items) if item["id"] == last), 0)
