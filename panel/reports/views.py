"""Pages of reports: what there is, one report, its files, and what is sent regularly."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import services
from accounts.access import Actor, actor_of, file_for, schedule_for, schedules_of
from accounts.models import Cadence, FileKind, Logo, ReportSchedule
from common.clock import microsoft_now
from common.refusals import Impossible
from journal import services as journal
from panel.lists.asked import PAGE_SIZES, USUAL_SIZE
from panel.lists.paging import Pages
from panel.reports.catalogue import REPORTS
from panel.reports.files import CONTENT_TYPES, TooLong, content_of, name_of
from panel.reports.parameters import Parameters
from panel.reports.report import Report
from tenants.access import tenants_of


class ScheduleForm(forms.Form):
    """How often a report is sent, and as what."""

    cadence = forms.ChoiceField(label=gettext_lazy("How often"), choices=Cadence.choices)
    kind = forms.ChoiceField(label=gettext_lazy("As"), choices=FileKind.choices)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every report, what this person is sent, and the logo."""
    actor = actor_of(request)
    context = {
        "reports": REPORTS.values(),
        "schedules": _shown(list(schedules_of(actor))),
        "has_logo": Logo.objects.filter(account=actor.account).exists(),
    }
    return render(request, "panel/reports/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, which: str) -> HttpResponse:
    """One report as the address asks; a POST has it sent regularly."""
    actor, shown = actor_of(request), _known(which)
    parameters = shown.parameters(request.GET)
    wish = ScheduleForm(request.POST if request.method == "POST" else None)
    if wish.is_bound and wish.is_valid() and _schedule(actor, shown, parameters, wish):
        messages.success(request, _("You will be sent a link to this report."))
        return redirect(request.get_full_path())
    asked = parameters.asked
    size = request.GET.get("page_size", "")
    page_size = int(size) if size in map(str, PAGE_SIZES) else USUAL_SIZE
    page = Pages(shown.rows(actor, asked), page_size).get_page(request.GET.get("page"))
    rows = shown.dressed(actor, list(page))
    context = {
        "report": shown,
        "parameters": parameters,
        "heads": [(column, "") for column in shown.columns],
        "rows": [(None, [(column, column.shown(row)) for column in shown.columns]) for row in rows],
        "totals": shown.totals(actor, asked),
        "notes": shown.notes(actor, asked),
        "page": page,
        "page_sizes": PAGE_SIZES,
        "page_size": page_size,
        "wish": wish,
        "has_logo": Logo.objects.filter(account=actor.account).exists(),
    }
    return render(request, "panel/reports/report.html", context, status=422 if wish.errors else 200)


@login_required
@require_GET
def export(request: HttpRequest, which: str, kind: str) -> HttpResponse:
    """All rows as a file, noted in the journal. A parameter that is not understood, or too many
    rows for a PDF, lead back to the page, which says so."""
    actor, shown = actor_of(request), _known(which)
    if kind not in CONTENT_TYPES:
        raise Http404
    parameters, at = shown.parameters(request.GET), microsoft_now()
    back = f"{reverse('panel:report', args=[which])}?{request.GET.urlencode()}"
    if parameters.errors:
        return redirect(back)
    try:
        content = content_of(shown, actor, parameters, at, kind)
    except TooLong as error:
        text = _("This report has %(rows)s rows, too many for a PDF. Take the CSV file instead.")
        messages.error(request, text % {"rows": error.rows})
        return redirect(back)
    _note(actor, shown, kind, request.GET.urlencode())
    name = name_of(shown, actor, parameters, at, kind)
    return _download(content, name, CONTENT_TYPES[kind])


@login_required
@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """What one is sent: pause it, let it go on, delete it. Mails lead here."""
    found = schedule_for(request, pk)
    action = request.POST.get("action") if request.method == "POST" else None
    if action == "pause":
        services.pause_schedule(schedule=found)
        messages.success(request, _("Nothing is sent until you let it go on."))
    elif action == "resume":
        services.resume_schedule(schedule=found)
        messages.success(request, _("It is sent again, from the next time on."))
    elif action == "delete":
        services.delete_schedule(schedule=found)
        messages.success(request, _("It is no longer sent."))
        return redirect("panel:reports")
    if action:
        return redirect("panel:report_schedule", pk)
    return render(request, "panel/reports/schedule.html", _shown([found])[0])


@login_required
@require_GET
@never_cache
def file(request: HttpRequest, secret: str) -> HttpResponse:
    """The file that a mail leads to: just this person, still a member, with the same reach."""
    found, actor = file_for(request, secret)
    seen = tenants_of(actor).filter(pk__in=found.tenants).count()
    if seen < len(found.tenants):
        raise Http404
    return _download(bytes(found.content), found.name, found.content_type)


def _known(which: str) -> Report:
    if which not in REPORTS:
        raise Http404
    return REPORTS[which]


def _schedule(actor: Actor, shown: Report, parameters: Parameters, wish: ScheduleForm) -> bool:
    try:
        services.schedule_report(
            actor=actor, report=shown.name, query=parameters.kept, **wish.cleaned_data
        )
    except Impossible as error:
        wish.add_error(None, str(error))
        return False
    return True


def _shown(schedules: list[ReportSchedule]) -> list[dict[str, Any]]:
    """With the report that each is about; one that there is no more is left out."""
    return [
        {"schedule": row, "report": REPORTS[row.report]}
        for row in schedules
        if row.report in REPORTS
    ]


def _download(content: bytes, name: str, content_type: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@transaction.atomic
def _note(actor: Actor, shown: Report, kind: str, query: str) -> None:
    journal.record(
        kind="report.exported",
        account_id=actor.account.pk,
        subject=actor.account.key,
        data={"report": shown.name, "format": kind, "query": query[:1000]},
        by=actor.by,
    )
