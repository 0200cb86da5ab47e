"""Rows with validity follow what Microsoft shows: ended and begun, never overwritten or deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from subscriptions.models import Plan, Price

M = TypeVar("M", Plan, Price)
Key = tuple[Any, ...]


def follow(
    rows: QuerySet[M], *, key: tuple[str, ...], wanted: Mapping[Key, dict[str, Any]], at: datetime
) -> int:
    """End the open `rows` that are no longer `wanted` as they are, begin those that are new.

    `wanted` maps values of the columns in `key` to the other columns; `valid_from` among them is
    not compared. Returns how many rows began.
    """
    known = {tuple(getattr(row, name) for name in key): row for row in rows.filter(valid_to=None)}
    ended = [row.pk for which, row in known.items() if not _says(row, wanted.get(which))]
    rows.model.objects.filter(pk__in=ended).update(valid_to=at)
    begun = [
        rows.model(**{**dict(zip(key, which, strict=True)), "valid_from": at, **facts})
        for which, facts in wanted.items()
        if not _says(known.get(which), facts)
    ]
    rows.model.objects.bulk_create(begun, batch_size=1000)
    return len(begun)


def _says(row: M | None, facts: dict[str, Any] | None) -> bool:
    if row is None or facts is None:
        return False
    return all(getattr(row, name) == value for name, value in facts.items() if name != "valid_from")
