"""The days on which a term may end, by page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from sandbox.microsoft.coterm import CALENDAR, SUBSCRIPTION, allowed
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import Call, Reply, collection, link, partner
from sandbox.microsoft.refusal import front
from sandbox.microsoft.subscriptions import all_of
from sandbox.microsoft.times import MONTHS

if TYPE_CHECKING:
    from datetime import date

    from sandbox.table import Item

PAGE = 300


def custom_term_end_dates(call: Call, customer_id: str) -> Reply:
    """Month ends, and the ends of the customer's active subscriptions, within one term."""
    customer, term = find(call.world, customer_id), call.query("term_duration").upper()
    if term not in MONTHS:
        raise front(400, 2000, "The term_duration is missing or unknown.")
    days = allowed(call.world.now().date(), term, all_of(call.world, customer["id"]))
    items = [_view(day, ids) for day, ids in days.items()]
    start = _start(call)
    path = f"/customers/{customer['id']}/subscriptions/customTermEndDates"
    further: dict[str, Any] = {}
    if start + PAGE < len(items):
        token = base64.b64encode(str(start + PAGE).encode()).decode()
        query = urlencode({"term_duration": term, "seekOperation": "Next"})
        further["next"] = link(f"{path}?{query}", **{"MS-ContinuationToken": token})
    shown = items[start : start + PAGE]
    return Reply(collection(shown, f"{path}?{urlencode({'term_duration': term})}", **further))


def _start(call: Call) -> int:
    token = call.request.headers.get("MS-ContinuationToken", "")
    try:
        return int(base64.b64decode(token) or 0)
    except ValueError:
        raise front(400, 2000, "The continuation token is malformed.") from None


def _view(day: date, subscription_ids: list[str]) -> Item:
    shown: Item = {"allowedCustomTermEndDate": f"{day}T00:00:00"}
    if not subscription_ids:
        return {"allowedCustomTermEndDateType": CALENDAR, **shown}
    ids = {"cotermSubscriptionIds": subscription_ids}
    return {"allowedCustomTermEndDateType": SUBSCRIPTION, **ids, **shown}


# Before the route of one subscription, which would take the name for an id.
RULES = [partner("GET", f"{ONE}/subscriptions/customTermEndDates", custom_term_end_dates)]
