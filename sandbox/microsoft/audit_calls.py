"""The call that reads audit records."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import watch
from sandbox.microsoft.door import Call, Reply, partner
from sandbox.microsoft.paging import asked_filter, page
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item

DEFAULT, OLDEST = timedelta(days=30), timedelta(days=90)
AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)")
FIELDS = {
    "companyname": "customerName",
    "customerid": "customerId",
    "customername": "customerName",
    "resourcetype": "resourceType",
    "operationtype": "operationType",
    "userprincipalname": "userPrincipalName",
}


def list_all(call: Call) -> Reply:
    """Records from `startDate` (default 30 days back, 90 at most) to `endDate`, oldest first.

    Raises:
        Refusal: 400 2000, a malformed date or filter, or a start more than 90 days back.
    """
    watch.settle(call.world)
    now = call.world.now()
    since = _date(call.query("startDate")) or now - DEFAULT
    until = _date(call.query("endDate")) or now
    if since < now - OLDEST - timedelta(days=1):
        raise front(400, 2000, "The start date must not lie more than 90 days back.")
    first, last = stamp(since), stamp(_end_of(until, call.query("endDate")))
    wanted = asked_filter(call)
    records = [
        record
        for record in call.world.table("audit").values()
        if first <= record["operationDate"] <= last and _matches(record, wanted)
    ]
    return page(call, "/auditrecords", records, lambda record: record)


def _date(text: str) -> datetime | None:
    """A date in ISO 8601, or as the vendor's page shows one: month first."""
    if not text:
        return None
    match = AMERICAN.fullmatch(text)
    iso = f"{match[3]}-{match[1]:0>2}-{match[2]:0>2}{match[4]}" if match else text
    try:
        return read(iso)
    except ValueError:
        raise front(400, 2000, f"The date {text} is malformed.") from None


def _end_of(until: datetime, text: str) -> datetime:
    """A date without a time means that whole day."""
    return until if len(text) > len("2026-01-31") else until + timedelta(days=1)


def _matches(record: Item, wanted: dict[str, Any]) -> bool:
    if not wanted:
        return True
    name = FIELDS.get(str(wanted["field"]).lower())
    if not name:
        raise front(400, 2000, f"The field {wanted['field']} cannot be filtered by.")
    value, text = str(wanted.get("value", "")).lower(), str(record[name]).lower()
    operator = str(wanted.get("operator", "equals")).lower().replace("_", "")
    if operator == "startswith":
        return text.startswith(value)
    is_same = text.replace("_", "") == value.replace("_", "")
    return value in text if operator == "substring" else is_same


RULES = [partner("GET", "/v1/auditrecords", list_all)]
