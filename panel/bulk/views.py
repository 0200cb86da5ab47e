"""Pages of a change of many rows: the choice, the look ahead, the outcome."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import Actor, actor_of
from common.refusals import Impossible
from common.spreadsheet import csv_text
from panel.bulk import jobs
from panel.bulk.access import job_for
from panel.bulk.actions import ACTIONS, EXPORTED
from panel.bulk.models import BulkJob, BulkRow, RowState
from panel.lists.export import BOM
from panel.lists.lists import LISTS, rows_asked
from panel.lists.views import sent

PAGE = 100


@login_required
@require_POST
def choose(request: HttpRequest, which: str) -> HttpResponseBase:
    """The ticked rows of a list, or all that match its filters, and what to do with them."""
    actor = actor_of(request)
    name = request.POST.get("action", "")
    if which not in ACTIONS:
        raise Http404
    back = f"{reverse(LISTS[which].url_name)}?{request.GET.urlencode()}"
    rows = _chosen(actor, which, request)
    if name == "export" and which == EXPORTED and rows.exists():
        return sent(actor, LISTS[which].seen_by(actor), rows, "csv", "chosen")
    action = ACTIONS[which].get(name)
    if action is None:
        messages.error(request, _("Nothing is chosen. Tick the rows that you mean."))
        return redirect(back)
    try:
        job = jobs.choose(actor=actor, listing=which, action=action, rows=rows)
    except Impossible as error:
        messages.error(request, str(error))
        return redirect(back)
    return redirect(job)


@login_required
@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """What will happen, then what has happened; a POST says what is wished."""
    actor = actor_of(request)
    job = job_for(actor, pk)
    action = jobs.action_of(job)
    form = action.form(_typed(request, job)) if action.form else None
    if request.method == "POST":
        actor.need(action.need)
        if form and form.is_valid():
            return _said(request, actor, job, form.cleaned_data)
    numbers = job.rows.counted()
    page = Paginator(job.rows.failures_first(), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "job": job,
        "action": action,
        "list": LISTS[job.list],
        "form": form,
        "numbers": numbers,
        "settled": numbers["total"] - numbers["open"],
        "sums": list(job.rows.sums()),
        "page": page,
        "has_windows": any(row.refundable_until for row in page),
        "rows": [(row, action.page_of(row.row)) for row in page],
        "is_open": not job.is_draft and (job.asked_at is None or numbers["open"] > 0),
    }
    part = "_job" if request.htmx else "job"  # type: ignore[attr-defined]
    status = 422 if request.method == "POST" else 200
    return render(request, f"panel/bulk/{part}.html", context, status=status)


@login_required
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm it; a second click does nothing."""
    actor = actor_of(request)
    job = job_for(actor, pk)
    try:
        jobs.begin(actor=actor, job=job)
    except Impossible as error:
        messages.error(request, str(error))
    return redirect(job)


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that failed, once more: looked at first."""
    actor = actor_of(request)
    job = job_for(actor, pk)
    try:
        return redirect(jobs.again(actor=actor, job=job))
    except Impossible as error:
        messages.error(request, str(error))
    return redirect(job)


@login_required
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its outcome, failures first, as CSV."""
    job = job_for(actor_of(request), pk)
    heads = [_("Row"), _("Name"), _("Service"), _("Outcome"), _("What was said"), _("Task")]
    rows = [_line(row) for row in job.rows.failures_first()]
    name = f"{job.list}-{job.action}-{job.pk}.csv"
    return HttpResponse(
        BOM + csv_text([heads, *rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _said(request: HttpRequest, actor: Actor, job: BulkJob, wish: dict[str, Any]) -> HttpResponse:
    try:
        jobs.look(actor=actor, job=job, wish=wish)
    except Impossible as error:
        messages.error(request, str(error))
    return redirect(job)


def _typed(request: HttpRequest, job: BulkJob) -> QueryDict | dict[str, Any] | None:
    """What is sent now, or was said before."""
    return request.POST if request.method == "POST" else job.wish or None


def _chosen(actor: Actor, which: str, request: HttpRequest) -> Any:
    shown = LISTS[which].seen_by(actor)
    if "all" in request.POST:
        understood = not shown.filters(request.GET, actor=actor).errors
        return rows_asked(actor, shown, request.GET) if understood else shown.rows(actor).none()
    ticked = [value for value in request.POST.getlist("row") if value.isdecimal()]
    return shown.sorted(shown.rows(actor).filter(pk__in=ticked), shown.first_sort)


def _line(row: BulkRow) -> list[object]:
    operation = row.operation
    said = operation.error_text if operation and operation.error_text else row.text
    outcome = operation.get_state_display() if operation else RowState(row.state).label
    number = f"#{operation.pk}" if operation else ""
    return [str(row.row), row.name, row.place, outcome, said, number]
