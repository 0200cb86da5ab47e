"""Use cases of the journal: ask for operations, record events, retry, cancel."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from journal import bell
from journal.models import SIGN_IN, Event, Operation, State
from journal.people import PORTAL, By


def ask(
    *,
    kind: str,
    account_id: int | None,
    subject: str,
    by: By,
    listed_under: str = "",
    journey: str = "",
    params: dict[str, Any] | None = None,
    secret: Any = None,
    after: Operation | None = None,
    once: str | None = None,
    not_before: datetime | None = None,
) -> Operation:
    """Write one operation and ring after commit. Call it in the transaction of the wish.

    `after`: the step that must be done first. `once`: a key that makes a second asking a no-op
    (the existing operation comes back). `not_before`: scheduled work that is spread.
    """
    fields = {
        "kind": kind,
        "account_id": account_id,
        "subject": subject,
        "listed_under": listed_under or subject,
        "journey": journey,
        "params": params or {},
        "secret": secret,
        "after": after,
        "by_id": by.user_id,
        "by_label": by.label,
        "not_before": not_before or now(),
    }
    if once is None:
        operation = Operation.objects.create(**fields)
    else:
        operation, _new = Operation.objects.get_or_create(once=once, defaults=fields)
    if after is None and not_before is None:  # else the end of that step, or the sweep, rings
        ring(operation)
    return operation


def ring(*operations: Operation) -> None:
    """Wake a worker after commit. Bounded, never raises: the sweep follows in any case."""
    ids = [operation.pk for operation in operations]
    transaction.on_commit(lambda: bell.ring(ids), robust=True)


def record(
    *,
    kind: str,
    account_id: int | None,
    subject: str,
    listed_under: str = "",
    data: dict[str, Any] | None = None,
    by: By = PORTAL,
    operation: Operation | None = None,
) -> Event:
    """Write an event in the transaction of the change it tells of. Never put a secret in `data`."""
    return Event.objects.create(
        kind=kind,
        account_id=account_id,
        subject=subject,
        listed_under=listed_under or subject,
        data=data or {},
        operation=operation,
        by_id=by.user_id,
        by_label=by.label,
    )


@transaction.atomic
def retry(*, operation: Operation, by: By, reason: str = "") -> bool:
    """Try a failed operation again; False when it is not in error (any more)."""
    if not operation.reopen():
        return False
    _tell(operation, "operation.retried", by, reason)
    ring(operation)
    return True


@transaction.atomic
def cancel(*, operation: Operation, by: By, reason: str = "") -> bool:
    """Give up an operation and all that waits for it.

    False when it is being done, has ended, or may have reached the other side.
    """
    if not operation.cancel():
        return False
    _tell(operation, "operation.cancelled", by, reason)
    for follower in operation.followers.filter(state=State.TODO):
        cancel(operation=follower, by=by, reason=reason)
    return True


def record_failure(operation: Operation) -> Event:
    """An event of an operation that has stopped until somebody acts."""
    return record(
        kind="operation.failed",
        account_id=operation.account_id,
        subject=operation.subject,
        listed_under=operation.listed_under,
        data={
            "operation": operation.pk,
            "kind": operation.kind,
            "text": operation.error_text,
            "next_actor": operation.next_actor,
        },
        operation=operation,
    )


def hurry(*, subjects: Iterable[str]) -> None:
    """What these operations wait for may have come: ask again now."""
    rows = Operation.objects.filter(subject__in=list(subjects), state=State.TODO)
    waiting = list(rows)
    rows.update(not_before=now())
    ring(*waiting)


def hurry_signed_in() -> int:
    """An administrator has signed in at Microsoft again: all that waited for it goes on."""
    rows = Operation.objects.filter(state=State.TODO, error_code=SIGN_IN)
    waiting = list(rows)
    rows.update(not_before=now())
    ring(*waiting)
    return len(waiting)


def forget_done(*, kind: str, before: datetime) -> int:
    """Delete what is done of a kind that changes nothing anywhere: its results are kept elsewhere.

    Returns how many rows went, attempts included.
    """
    done = Operation.objects.filter(kind=kind, state=State.DONE, finished_at__lt=before)
    return done.delete()[0]


def _tell(operation: Operation, kind: str, by: By, reason: str) -> None:
    said = {"reason": reason} if reason else {}
    record(
        kind=kind,
        account_id=operation.account_id,
        subject=operation.subject,
        listed_under=operation.listed_under,
        data={"operation": operation.pk, "kind": operation.kind, **said},
        by=by,
        operation=operation,
    )
