"""Reports sent regularly: asked for once per period, made by the worker, told of by mail."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation

from accounts.access import Actor, actor_in
from accounts.models import FileKind, ReportSchedule
from accounts.services import forget_files, keep_file, period_of, post_notice
from common.clock import microsoft_now
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL
from journal.work import Done, Work
from panel.reports.catalogue import REPORTS
from panel.reports.files import TooLong, content_of, name_of

MAKE: Final = "report.make"


@transaction.atomic
def plan() -> int:
    """Ask for what is due, once per schedule and period; returns how many. One missed day is made
    up for on the next. What has expired is forgotten."""
    forget_files()
    today = microsoft_now().date()
    rows = ReportSchedule.objects.filter(paused_at=None).select_related("account")
    due = [row for row in rows.iterator() if row.since < period_of(row.cadence, today)]
    for row in due:
        _ask(row, period_of(row.cadence, today))
    return len(due)


def _ask(schedule: ReportSchedule, period: date) -> Operation:
    return journal.ask(
        kind=MAKE,
        account_id=schedule.account_id,
        subject=f"report:{schedule.pk}",
        listed_under=schedule.account.key,
        params={"schedule": schedule.pk, "period": period.isoformat()},
        once=f"{MAKE}:{schedule.pk}:{period}",
        by=PORTAL,
    )


@dataclass(frozen=True)
class Made:
    """A file that nobody has yet."""

    actor: Actor
    report: str
    name: str
    kind: str
    content: bytes
    tenants: set[int]
    is_too_long: bool
    """It was to be a PDF, and is none."""


def make(work: Work) -> Done:
    """`report.make`: params `schedule`, `period` (its first day). A person who has left gets
    nothing, and so does one who rests or has deleted it meanwhile."""
    rows = ReportSchedule.objects.filter(pk=work.params["schedule"], paused_at=None)
    schedule = rows.select_related("account", "user").first()
    if schedule is None or schedule.report not in REPORTS:
        return Done({"sent": False})
    actor = actor_in(schedule.user, schedule.account)
    if actor is None:
        return Done({"sent": False})
    zone = ZoneInfo(actor.account.time_zone)
    with translation.override(actor.user.language), timezone.override(zone):
        made = _made(schedule, actor, date.fromisoformat(work.params["period"]))
    return Done({"sent": True}, lambda operation: _send(schedule, made, operation))


def _made(schedule: ReportSchedule, actor: Actor, period: date) -> Made:
    """A month's report is about the month of the day before the period."""
    report, at = REPORTS[schedule.report], microsoft_now()
    query = QueryDict(schedule.query, mutable=True)
    query["month"] = f"{period - timedelta(days=1):%Y-%m}"
    parameters = report.parameters(query)
    kind, is_too_long = schedule.kind, False
    try:
        content = content_of(report, actor, parameters, at, kind)
    except TooLong:
        kind, is_too_long = FileKind.CSV, True
        content = content_of(report, actor, parameters, at, kind)
    name = name_of(report, actor, parameters, at, kind)
    tenants = report.tenants(actor, parameters.asked)
    return Made(actor, report.name, name, kind, content, tenants, is_too_long)


def _send(schedule: ReportSchedule, made: Made, _operation: Operation) -> None:
    secret = keep_file(
        actor=made.actor,
        report=made.report,
        name=made.name,
        kind=made.kind,
        content=made.content,
        tenants=made.tenants,
    )
    post_notice(
        to=made.actor.user.email,
        template="report",
        language=made.actor.user.language,
        context={
            "account": made.actor.account,
            "report": REPORTS[made.report],
            "is_too_long": made.is_too_long,
            "link": settings.PORTAL_URL + reverse("panel:report_file", args=[secret]),
            "stop": settings.PORTAL_URL + reverse("panel:report_schedule", args=[schedule.pk]),
        },
        by=PORTAL,
        account_id=made.actor.account.pk,
    )
