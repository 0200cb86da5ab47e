"""`{% load operations %}`: journal operations in words."""

from collections.abc import Iterable

from django import template

from accounts.access import Actor
from accounts.operations import services
from accounts.operations.access import may_change
from accounts.operations.labels import label_of
from journal.models import Attempt, Operation, State

register = template.Library()


@register.filter
def task_label(operation: Operation) -> str:
    """What it does, in the active language."""
    return label_of(operation.kind)


@register.filter
def labelled(operations: Iterable[Operation]) -> list[Operation]:
    """The operations, each with a `label` for the step tracker."""
    rows = list(operations)
    for row in rows:
        row.label = label_of(row.kind)  # type: ignore[attr-defined]
    return rows


@register.filter
def moves(operations: Iterable[Operation]) -> bool:
    """Whether something may still change by itself: then the page polls.

    A step that hangs on a failed or cancelled one of the list does not move.
    """
    held: set[int] = set()
    for row in sorted(operations, key=lambda row: row.pk):
        if row.after_id in held or row.state in (State.ERROR, State.CANCELLED):
            held.add(row.pk)
        elif row.is_open:
            return True
    return False


@register.filter
def may_retry(operation: Operation, actor: Actor) -> bool:
    """Whether this person may have it tried again."""
    may = services.may_retry(operation=operation, actor=actor)
    return may and may_change(actor, operation)


@register.filter
def may_cancel(operation: Operation, actor: Actor) -> bool:
    """Whether this person may give it up."""
    return services.may_cancel(operation=operation) and may_change(actor, operation)


@register.filter
def outcome_label(attempt: Attempt) -> str:
    """How it ended, in the active language."""
    return attempt.get_outcome_display()
