"""Use cases of changing many rows: choose, look, begin, carry out, try the failed ones again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.access import Actor, actor_in
from common.refusals import Impossible
from journal import services as journal
from panel.bulk.action import Action
from panel.bulk.actions import ACTIONS
from panel.bulk.models import BulkJob, BulkRow, JobState, RowState

MOST: Final = 500
"""Rows of one job."""
DRAFTS_KEPT: Final = timedelta(days=1)
JOBS_KEPT: Final = timedelta(days=90)


def action_of(job: BulkJob) -> Action:
    return ACTIONS[job.list][job.action]


@transaction.atomic
def choose(*, actor: Actor, listing: str, action: Action, rows: QuerySet[Any]) -> BulkJob:
    """A draft with these rows; looked at already where nothing is left to say.

    Raises PermissionDenied for a role that may not do it, Impossible for no rows or too many.
    """
    actor.need(action.need)
    chosen: list[Model] = list(rows[: MOST + 1])
    if not chosen:
        raise Impossible(_("Nothing is chosen. Tick the rows that you mean."))
    if len(chosen) > MOST:
        text = _("At most %(most)s rows can be changed at once. Narrow the list by its filters.")
        raise Impossible(text % {"most": MOST})
    names = ((row.pk, *action.name_of(row)) for row in chosen)
    job = _draft(actor, listing, action, names)
    if action.form is None:
        look(actor=actor, job=job, wish={})
    return job


@transaction.atomic
def look(*, actor: Actor, job: BulkJob, wish: dict[str, Any]) -> None:
    """Foresee each row as its own page would, and offer the whole to be confirmed.

    Raises PermissionDenied, and Impossible when the job has begun.
    """
    action = action_of(job)
    actor.need(action.need)
    if not job.offer(wish):
        raise Impossible(_("This change has begun already."))
    rows = list(job.rows.all())
    for row in rows:
        _foresee(actor, action, row, wish)
    BulkRow.objects.bulk_update(rows, BulkRow.FORESEEN, batch_size=100)


@transaction.atomic
def begin(*, actor: Actor, job: BulkJob) -> None:
    """Confirm: the rest happens in the background. Twice is once. Raises Impossible."""
    actor.need(action_of(job).need)
    possible = job.rows.filter(state=RowState.WAITING).count()
    if job.state == JobState.READY and not possible:
        raise Impossible(_("Nothing can be done with any of these rows."))
    if not job.begin():
        return
    key, account = job.key, job.account_id
    journal.ask(
        kind="bulk.run", account_id=account, subject=key, params={"job": job.pk}, by=actor.by
    )
    facts = {"list": job.list, "action": job.action, "wish": job.wish, "rows": possible}
    journal.record(kind="bulk.started", account_id=account, subject=key, data=facts, by=actor.by)


@transaction.atomic
def carry_out(*, job: BulkJob, row: BulkRow) -> None:
    """Ask for one row with the person's rights of this moment; a refusal stays with the row."""
    locked = BulkRow.objects.select_for_update().get(pk=row.pk)
    if locked.state != RowState.WAITING:
        return
    action = action_of(job)
    try:
        with transaction.atomic():
            actor = actor_in(job.user, job.account)
            if actor is None:
                raise PermissionDenied
            actor.need(action.need)
            asked = action.ask(actor, action.find(actor, row.row), row.wish, row.seen)
    except (Impossible, PermissionDenied, Http404) as error:
        locked.settle(RowState.REFUSED, _sentence(error))
        return
    state = RowState.DONE if asked.is_done else RowState.NOTHING
    locked.settle(RowState.ASKED if asked.operation else state, operation=asked.operation)


@transaction.atomic
def again(*, actor: Actor, job: BulkJob) -> BulkJob:
    """A new draft with the rows that failed, looked at anew with the same wish.

    Raises PermissionDenied, and Impossible when none has failed.
    """
    action = action_of(job)
    actor.need(action.need)
    failed = list(job.rows.failed())
    if job.is_draft or not failed:
        raise Impossible(_("None of these rows has failed."))
    made = _draft(actor, job.list, action, ((row.row, row.name, row.place) for row in failed))
    look(actor=actor, job=made, wish=job.wish)
    return made


def forget_old() -> int:
    """Erase drafts after a day, all others after 90; returns how many."""
    drafts = BulkJob.objects.filter(
        state__in=[JobState.CHOSEN, JobState.READY], created_at__lt=now() - DRAFTS_KEPT
    )
    old = BulkJob.objects.filter(created_at__lt=now() - JOBS_KEPT)
    return sum(rows.delete()[0] for rows in (drafts, old))


def _draft(
    actor: Actor, listing: str, action: Action, names: Iterable[tuple[int, str, str]]
) -> BulkJob:
    job = BulkJob.objects.create(
        account=actor.account, user=actor.user, list=listing, action=action.name
    )
    BulkRow.objects.bulk_create(
        BulkRow(job=job, number=number, row=row, name=name[:200], place=place[:200])
        for number, (row, name, place) in enumerate(names, start=1)
    )
    return job


def _foresee(actor: Actor, action: Action, row: BulkRow, wish: dict[str, Any]) -> None:
    try:
        outlook = action.look(action.find(actor, row.row), wish)
    except (Impossible, PermissionDenied, Http404) as error:
        row.foresee(RowState.REFUSED, _sentence(error))
        return
    row.foresee(
        RowState.NOTHING if outlook.changes_nothing else RowState.WAITING,
        outlook.text,
        wish=outlook.wish,
        amount_now=outlook.amount_now,
        period_after=outlook.period_after,
        currency=outlook.currency,
        refundable_until=outlook.refundable_until,
        impossible_until=outlook.impossible_until,
    )


def _sentence(error: Exception) -> str:
    if isinstance(error, PermissionDenied):
        return _("Your role does not allow this.")
    return _("It is no longer there.") if isinstance(error, Http404) else str(error)
