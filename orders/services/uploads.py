"""Files of several customers: taken in, checked row by row, ordered once they are confirmed."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import now

from accounts.access import Actor
from accounts.models import Role
from journal import services as journal
from journal.people import By
from orders.models import Order, RowState, Upload, UploadRow
from orders.sheets import Customer

KEPT: Final = timedelta(days=30)
CHECK, ORDER = "upload.check", "upload.order"


@transaction.atomic
def take(*, actor: Actor, name: str, customers: list[Customer]) -> Upload:
    """Keep a file and have each of its customers checked; nothing is ordered."""
    actor.need(Role.MANAGER)
    actor.need_all()
    upload = Upload.objects.create(account=actor.account, user=actor.user, name=name[:200])
    rows = [UploadRow(upload=upload, number=each.number, lines=each.lines) for each in customers]
    for row in UploadRow.objects.bulk_create(rows):
        _ask(upload, row, CHECK, actor.by)
    return upload


@transaction.atomic
def confirm(*, upload: Upload, actor: Actor) -> int:
    """Order every row that was found good; returns how many. A repeat orders nothing twice."""
    actor.need(Role.MANAGER)
    actor.need_all()
    return _move_all(upload, RowState.GOOD, RowState.ORDERING, ORDER, actor)


@transaction.atomic
def check_again(*, upload: Upload, actor: Actor) -> int:
    """Check the rows that failed once more; returns how many."""
    actor.need(Role.MANAGER)
    actor.need_all()
    return _move_all(upload, RowState.BAD, RowState.CHECKING, CHECK, actor)


def found_good(*, row: UploadRow, typed: dict[str, str]) -> None:
    """Nothing forbids its order; `typed` is the form that is to be sent."""
    row.move(RowState.CHECKING, RowState.GOOD, typed=typed, errors=[])


def found_bad(*, row: UploadRow, errors: list[tuple[str, str]]) -> None:
    """It cannot be ordered like this."""
    row.move(RowState(row.state), RowState.BAD, errors=errors)


def ordered(*, row: UploadRow, order: Order) -> None:
    """Its order stands; the journal carries it out."""
    row.move(RowState.ORDERING, RowState.ORDERED, order=order, errors=[])


def apply_retention() -> int:
    """Forget files after a month; returns how many rows went. Their orders stay."""
    return Upload.objects.filter(created_at__lt=now() - KEPT).delete()[0]


def _move_all(upload: Upload, old: RowState, new: RowState, kind: str, actor: Actor) -> int:
    moved = [row for row in upload.rows.filter(state=old) if row.move(old, new)]
    for row in moved:
        _ask(upload, row, kind, actor.by)
    return len(moved)


def _ask(upload: Upload, row: UploadRow, kind: str, by: By) -> None:
    journal.ask(
        kind=kind,
        account_id=upload.account_id,
        subject=row.key,
        listed_under=upload.key,
        journey=upload.key,
        params={"row": row.pk},
        by=by,
    )
