"""Pages of the cashback: the months, one statement, its file."""

from itertools import chain

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import actor_of
from cashback.access import lines_for_file, lines_of, statement_for, statements_for
from cashback.models import Line, Statement
from cashback.wording import Wordings
from common.spreadsheet import csv_text

PAGE_SIZE = 25


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Months and MPN IDs, newest first; the open month is an estimate."""
    rows = Paginator(statements_for(actor_of(request)), PAGE_SIZE)
    return render(request, "cashback/index.html", {"page": rows.get_page(request.GET.get("page"))})


@login_required
@require_safe
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line with the rule that produced it."""
    found = statement_for(actor_of(request), pk)
    rows = Paginator(lines_of(found), PAGE_SIZE)
    context = {"statement": found, "page": rows.get_page(request.GET.get("page"))}
    return render(request, "cashback/statement.html", context)


@login_required
@require_safe
def statement_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file, whole."""
    found = statement_for(actor_of(request), pk)
    name = f"cashback-{found.partner_id.mpn_id}-{found.month:%Y-%m}-{found.currency}.csv"
    worded = Wordings()
    rows = (_row(found, line, worded.of(line)) for line in lines_for_file(found))
    return HttpResponse(
        csv_text(chain([_head()], rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _head() -> list[object]:
    return [
        _("Month"), _("MPN ID"), _("Service"), _("Licence name"), _("Peak seats"), _("On"),
        _("Net price"), _("Billing cycle"), _("Net price of the month"), _("Cashback"),
        _("Currency"), _("Kind"), _("Rule"),
    ]  # fmt: skip


def _row(statement: Statement, line: Line, rule: str) -> list[object]:
    row = line.subscription
    return [
        f"{statement.month:%Y-%m}",
        statement.partner_id.mpn_id,
        row.tenant.service_name if row else "",
        row.name if row else "",
        line.peak_seats,
        line.peak_day or "",
        line.unit_price,
        line.billing_cycle,
        line.base,
        line.amount,
        statement.currency,
        _("closed") if statement.is_frozen else _("estimate"),
        rule,
    ]
