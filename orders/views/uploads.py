"""Several customers from a file: upload, findings row by row, confirmation, results."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import actor_of
from accounts.models import Role
from common.refusals import Impossible
from common.spreadsheet import csv_text
from orders import sheets
from orders.access import upload_for, uploads_of
from orders.models import RowState, Upload, UploadRow
from orders.services import uploads as services
from subscriptions import rules

LARGEST = 1_000_000
"""Bytes; 200 lines are far less."""
FIRST = [RowState.BAD, RowState.CHECKING, RowState.ORDERING, RowState.GOOD, RowState.ORDERED]
"""What needs somebody stands first."""


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("UTF-8, separated by ; or , with the columns below."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> list[sheets.Customer]:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large."))
        try:
            return sheets.read(file.read())
        except Impossible as error:
            raise forms.ValidationError(str(error)) from error


@login_required
@require_http_methods(["GET", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """Where a file is given; the earlier ones below."""
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    actor.need_all()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name = str(request.FILES["file"].name)  # type: ignore[union-attr]
        customers = form.cleaned_data["file"]
        return redirect(services.take(actor=actor, name=name, customers=customers))
    columns = [
        (name, name not in sheets.OPTIONAL, sheets.EXPLAINED.get(name, ""))
        for name in sheets.COLUMNS
    ]
    page = {"form": form, "columns": columns, "earlier": uploads_of(actor)[:10]}
    return render(request, "orders/uploads.html", page, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what was found, *Order all that can be*, what came of it."""
    actor = actor_of(request)
    shown = upload_for(actor, pk)
    if request.method == "POST":
        if request.POST.get("do") == "order":
            count = services.confirm(upload=shown, actor=actor)
            text = ngettext("%(count)s order is placed.", "%(count)s orders are placed.", count)
            messages.success(request, text % {"count": count})
        else:
            services.check_again(upload=shown, actor=actor)
        return redirect(shown)
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "orders/_upload.html" if fragment else "orders/upload.html"
    return render(request, template, _page(shown))


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The header, to be filled in."""
    actor_of(request).need(Role.MANAGER)
    actor_of(request).need_all()
    return _csv([sheets.COLUMNS], "orders.csv")


@login_required
@require_GET
def failed(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that failed, each with its reasons, to be repaired and given again."""
    shown = upload_for(actor_of(request), pk)
    rows: list[tuple[object, ...]] = [(*sheets.COLUMNS, "error")]
    for row in shown.rows.filter(state=RowState.BAD):
        said = " | ".join(f"{column}: {text}" if column else text for column, text in row.errors)
        for line in row.lines:
            rows.append((*(line[name] for name in sheets.COLUMNS), said))
    return _csv(rows, f"orders-{shown.pk}-failed.csv")


def _page(shown: Upload) -> dict[str, Any]:
    rows = list(shown.rows.select_related("order", "order__tenant").defer(None))
    rows.sort(key=lambda row: (FIRST.index(RowState(row.state)), row.number))
    states = [row.state for row in rows]
    return {
        "upload": shown,
        "rows": [_row(row) for row in rows],
        "total": rules.total(
            _amount(row) or Decimal(0) for row in rows if row.state == RowState.GOOD
        ),
        "currency": shown.account.currency,
        "good": states.count(RowState.GOOD),
        "bad": states.count(RowState.BAD),
        "ordered": states.count(RowState.ORDERED),
        "moving": states.count(RowState.CHECKING) + states.count(RowState.ORDERING),
    }


def _row(row: UploadRow) -> dict[str, Any]:
    first = row.lines[0]
    seats = [f"{line['quantity']} × {line['licence']}" for line in row.lines]
    name = (row.typed or {}).get("subdomain", "") or first["subdomain"]
    return {
        "row": row,
        "company": first["company"],
        "subdomain": name,
        "seats": seats,
        "amount": _amount(row),
    }


def _amount(row: UploadRow) -> Decimal | None:
    """Its first charge at the prices found; None before they are."""
    typed = row.typed or {}
    plans = {name.partition("_")[2]: text for name, text in typed.items() if name[:5] == "plan_"}
    if row.state == RowState.BAD or not plans:
        return None
    charges = (
        Decimal(plan.rpartition("|")[2]) * int(typed[f"quantity_{pk}"])
        for pk, plan in plans.items()
    )
    return rules.total(charges)


def _csv(rows: Any, name: str) -> HttpResponse:
    """With a byte order mark: spreadsheets read UTF-8 by it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("\ufeff" + csv_text(rows), "text/csv; charset=utf-8", headers=headers)
