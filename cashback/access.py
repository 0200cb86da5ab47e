"""The only door to statements for a person or a token."""

from collections.abc import Iterator
from typing import Final

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.access import Actor
from cashback.models import Line, Statement

CHUNK: Final = 2000
WRITTEN: Final = (
    "statement", "number", "corrects", "rule", "volume", "peak_seats", "peak_day", "unit_price",
    "billing_cycle", "base", "amount", "is_capped",
    "subscription__name", "subscription__tenant__service_name",
)  # fmt: skip


def statements_for(actor: Actor) -> QuerySet[Statement]:
    """Of the account's MPN IDs, newest first.

    Raises PermissionDenied (403) for one of limited reach: they are about the whole account.
    """
    actor.need_all()
    rows = Statement.objects.filter(partner_id__account=actor.account)
    return rows.select_related("partner_id").order_by("-month", "partner_id__mpn_id", "currency")


def statement_for(actor: Actor, pk: int) -> Statement:
    """Raises Http404 for a stranger."""
    return get_object_or_404(statements_for(actor), pk=pk)


def lines_of(statement: Statement) -> QuerySet[Line]:
    """With all that a row shows."""
    return statement.lines.select_related("rule", "subscription__tenant").order_by("number")


def lines_for_file(statement: Statement) -> Iterator[Line]:
    """The same with no more than a file holds, in chunks: there may be tens of thousands."""
    rows = statement.lines.select_related("subscription__tenant").prefetch_related("rule")
    return rows.only(*WRITTEN).order_by("number").iterator(chunk_size=CHUNK)
