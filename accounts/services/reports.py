"""Reports that a person is sent regularly."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Cadence, FileKind, ReportFile, ReportSchedule
from accounts.services.account import record
from accounts.tokens import digest_of
from common.clock import microsoft_now
from common.refusals import Impossible

FILE_DAYS: Final = 7
"""So long a file can be fetched."""
MOST: Final = 20
"""Schedules of one person in one account."""


@transaction.atomic
def schedule_report(
    *, actor: Actor, report: str, query: str, cadence: str, kind: str
) -> ReportSchedule:
    """From the next period on; a second wish for the same is the same.

    Raises Impossible when the person has too many already.
    """
    rows = ReportSchedule.objects.filter(account=actor.account, user=actor.user)
    wish = {"report": report, "query": query, "cadence": cadence, "kind": kind}
    if not rows.filter(**wish).exists() and rows.count() >= MOST:
        text = _("You are sent %(number)s reports already. Delete one of them first.")
        raise Impossible(text % {"number": MOST})
    schedule, new = ReportSchedule.objects.get_or_create(
        account=actor.account,
        user=actor.user,
        **wish,
        defaults={"since": microsoft_now().date()},
    )
    if new:
        record(actor.account, "report.scheduled", actor.by, report=report, cadence=cadence)
    return schedule


@transaction.atomic
def pause_schedule(*, schedule: ReportSchedule) -> bool:
    """False when it rests already."""
    rows = ReportSchedule.objects.filter(pk=schedule.pk, paused_at=None)
    return rows.update(paused_at=now()) == 1


@transaction.atomic
def resume_schedule(*, schedule: ReportSchedule) -> bool:
    """From the next period on; False when it did not rest."""
    rows = ReportSchedule.objects.filter(pk=schedule.pk).exclude(paused_at=None)
    return rows.update(paused_at=None, since=microsoft_now().date()) == 1


@transaction.atomic
def delete_schedule(*, schedule: ReportSchedule) -> None:
    """Files made by it stay open until they expire."""
    record(schedule.account, "report.unscheduled", schedule.user.by, report=schedule.report)
    schedule.delete()


def keep_file(
    *, actor: Actor, report: str, name: str, kind: str, content: bytes, tenants: Iterable[int]
) -> str:
    """The secret that opens the file for just this person, which nobody can read again."""
    secret = secrets.token_urlsafe(32)
    ReportFile.objects.create(
        account=actor.account,
        user=actor.user,
        report=report,
        name=name,
        content_type={FileKind.PDF: "application/pdf"}.get(FileKind(kind), "text/csv"),
        content=content,
        digest=digest_of(secret),
        tenants=sorted(tenants),
        expires_at=now() + timedelta(days=FILE_DAYS),
    )
    return secret


def forget_files() -> int:
    """Those that nobody can open any more; returns how many."""
    return ReportFile.objects.filter(expires_at__lte=now()).delete()[0]


def period_of(cadence: str, today: date) -> date:
    """The first day (UTC) of the period that runs."""
    if cadence == Cadence.WEEKLY:
        return today - timedelta(days=today.weekday())
    return today.replace(day=1)
