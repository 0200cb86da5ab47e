"""Takes values of a person out of the journal: what has happened stays, who it was does not."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from journal.models import OPEN, Attempt, Event, Operation, State, erasing

TEXTS = ("subject", "listed_under", "error_text", "by_label", "text")
JSONS = ("params", "memo", "result", "data")


def scrub(*, rows: "Rows", values: Iterable[str], pseudonym: str) -> int:
    """Replace the values by the pseudonym; stored requests and secrets are dropped.

    Call it in a transaction. Returns how many rows were changed.
    """
    pattern = _pattern(values)
    if pattern is None:
        return 0
    at_rest = rows.operations.exclude(state__in=OPEN)
    sealed = at_rest.exclude(request=None, secret=None)
    # One that failed can only be tried again with what is now forgotten.
    given_up = sealed.filter(state=State.ERROR)
    given_up.update(state=State.CANCELLED)
    changed = sealed.update(request=None, secret=None)
    attempts = Attempt.objects.filter(operation__in=at_rest)
    with erasing():
        return changed + sum(
            _replace(query, pattern, pseudonym) for query in (at_rest, attempts, rows.events)
        )


class Rows:
    """Operations and events that are about these places, or speak of an address.

    `account_id`: of this account; None: of all.
    """

    def __init__(self, *, account_id: int | None, places: Iterable[str], address: str = "") -> None:
        about = Q(subject__in=list(places)) | Q(listed_under__in=list(places))
        operations, events = about, about
        if address:
            operations |= Q(told__icontains=address) | Q(subject__icontains=address)
            events |= Q(told__icontains=address)
        own = Q() if account_id is None else Q(account_id=account_id)
        told = Operation.objects.annotate(told=Cast("params", TextField()))
        self.operations = told.filter(own, operations)
        self.events = Event.objects.annotate(told=Cast("data", TextField())).filter(own, events)


def _pattern(values: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words, the longest first, whatever the case."""
    words = sorted({value.strip() for value in values if len(value.strip()) > 1}, key=len)
    if not words:
        return None
    either = "|".join(re.escape(word) for word in reversed(words))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _replace(rows: QuerySet[Any], pattern: re.Pattern[str], pseudonym: str) -> int:
    changed = 0
    for row in rows.iterator(500):
        fresh = _cleaned(row, pattern, pseudonym)
        if fresh:
            type(row)._default_manager.filter(pk=row.pk).update(**fresh)
            changed += 1
    return changed


def _cleaned(row: Model, pattern: re.Pattern[str], pseudonym: str) -> dict[str, Any]:
    """The columns that change, with their new values."""
    names = {field.name for field in row._meta.concrete_fields} & {*TEXTS, *JSONS}
    fresh = {name: _without(getattr(row, name), pattern, pseudonym) for name in names}
    return {name: value for name, value in fresh.items() if value != getattr(row, name)}


def _without(value: Any, pattern: re.Pattern[str], pseudonym: str) -> Any:
    """A JSON value with every text cleaned; keys stay."""
    if isinstance(value, str):
        return pattern.sub(pseudonym, value)
    if isinstance(value, list):
        return [_without(each, pattern, pseudonym) for each in value]
    if isinstance(value, dict):
        return {key: _without(each, pattern, pseudonym) for key, each in value.items()}
    return value
