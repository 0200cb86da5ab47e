"""Every list there is, and the kinds of files that can be made of them."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.access import Actor
from panel.lists.asked import read
from panel.lists.audit import AUDIT
from panel.lists.domains import DOMAINS
from panel.lists.export import as_csv, as_json
from panel.lists.listing import Listing
from panel.lists.members import INVITATIONS, MEMBERS
from panel.lists.operations import OPERATIONS
from panel.lists.orders import ORDERS
from panel.lists.subscriptions import SUBSCRIPTIONS
from panel.lists.tenants import SERVICES

ALL: tuple[Listing[Any], ...] = (
    SERVICES, SUBSCRIPTIONS, ORDERS, OPERATIONS, DOMAINS, MEMBERS, INVITATIONS, AUDIT,
)  # fmt: skip
LISTS: dict[str, Listing[Any]] = {one.name: one for one in ALL}
WRITERS = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json")}
STREAMED = 5000
"""Longer lists are not sent at once: a file is made in the background."""


def rows_asked(actor: Actor, shown: Listing[Any], query: QueryDict) -> QuerySet[Any]:
    """All rows that pass the filters of an address, in its order."""
    filters = shown.filters(query, actor=actor)
    return shown.sorted(filters.kept(shown.rows(actor)), read(shown, query).sort)
