"""A stretch of a list that has no page numbers: a hundred thousand rows cost as much as ten."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

COUNTED = 10_000
"""More rows than this are not counted."""


@dataclass(frozen=True)
class Stretch:
    """Rows by age, newest first, and where to read on."""

    object_list: list[Any]
    newer: int | None
    """The rows after this one come before this stretch; None: there are none."""
    older: int | None
    total: int
    """At most `COUNTED`."""
    has_more: bool
    """Than `total`."""


def cut(rows: QuerySet[Any], size: int, query: QueryDict) -> Stretch:
    """`?before=pk` reads older rows, `?after=pk` newer ones, nothing the newest."""
    total = rows.order_by()[: COUNTED + 1].count()
    before, after = _number(query, "before"), _number(query, "after")
    if after is not None:
        near = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        shown, has_newer = near[:size][::-1], len(near) > size
        has_older = bool(shown)
    else:
        older_than = rows if before is None else rows.filter(pk__lt=before)
        near = list(older_than.order_by("-pk")[: size + 1])
        shown, has_older = near[:size], len(near) > size
        has_newer = before is not None
    return Stretch(
        object_list=shown,
        newer=shown[0].pk if shown and has_newer else None,
        older=shown[-1].pk if shown and has_older else None,
        total=min(total, COUNTED),
        has_more=total > COUNTED,
    )


def _number(query: QueryDict, name: str) -> int | None:
    value = query.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None
