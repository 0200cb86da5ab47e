"""Cashback by month and MPN ID."""

from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from cashback.access import statements_for
from cashback.models import Statement
from common.templatetags.values import moment, money
from panel.lists import cells
from panel.reports.parameters import Asked, Parameters
from panel.reports.report import Item, Report, Totals, amount


def _rows(actor: Actor, asked: Asked) -> QuerySet[Statement]:
    return statements_for(actor)


def _totals(actor: Actor, asked: Asked) -> list[Totals]:
    closed = Q(frozen_at=None)
    sums = (
        _rows(actor, asked)
        .order_by()
        .values("currency")
        .annotate(fixed=Sum("total", filter=~closed), open=Sum("total", filter=closed))
        .order_by("currency")
    )
    lines = [
        [row["currency"], money(row["fixed"], row["currency"]), money(row["open"], row["currency"])]
        for row in sums
    ]
    heads = [_("Currency"), _("Closed months"), _("Estimates")]
    return [Totals(_("Totals per currency"), heads, lines)] if lines else []


def _kind(row: Any) -> str:
    return gettext("closed") if row.is_frozen else gettext("estimate")


CASHBACK = Report(
    name="cashback",
    title=_("Cashback"),
    lead=_("What the subscriptions under each MPN ID have earned back, month by month."),
    icon="receipt",
    rows=_rows,
    columns=(
        Item(
            "month",
            _("Month"),
            lambda row: f"{row.month:%Y-%m}",
            words=lambda row: date_format(row.month, "F Y"),
            cell=lambda row: cells.link(row, date_format(row.month, "F Y")),
        ),
        Item("mpn_id", _("MPN ID"), lambda row: row.partner_id.mpn_id),
        Item("partner", _("Name"), lambda row: row.partner_id.name, is_wide=True),
        amount("total", _("Cashback"), lambda row: row.total),
        Item("currency", _("Currency"), lambda row: row.currency),
        Item("kind", _("Kind"), lambda row: "closed" if row.is_frozen else "estimate", text=_kind),
        Item(
            "as_of",
            _("As of"),
            lambda row: row.computed_at,
            words=lambda row: moment(row.computed_at),
        ),
    ),
    parameters=Parameters,
    empty=_("Seats are counted every night; the first estimate appears the day after."),
    totals=_totals,
    notes=lambda _actor, _asked: [
        gettext("A month is an estimate until it is over; then it is closed and no longer changes.")
    ],
    about=lambda _rows: [],
)
