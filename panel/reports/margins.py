"""What a reseller could earn: its own price beside the retail price that Microsoft recommends."""

from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import NullIf
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from common.templatetags.values import money
from panel.lists import cells
from panel.reports.parameters import Asked, StateParameters
from panel.reports.report import Item, Report, Totals, amount, number
from subscriptions.access import subscriptions_of
from subscriptions.models import Price, Status, Subscription
from subscriptions.plans import plan_label
from subscriptions.spend import with_monthly


def _rows(actor: Actor, asked: Asked) -> QuerySet[Subscription]:
    """Active ones that are paid for; `retail` is today's, nothing where Microsoft names none."""
    price = Price.objects.current().filter(
        licence=OuterRef("licence"),
        term=OuterRef("term"),
        billing_cycle=OuterRef("billing_cycle"),
        currency=OuterRef("currency"),
    )
    rows = subscriptions_of(actor).filter(status=Status.ACTIVE, is_trial=False)
    if "state" in asked:
        rows = rows.filter(tenant__state=asked["state"])
    rows = rows.annotate(retail=NullIf(Subquery(price.values("retail")[:1]), Decimal(0)))
    rows = rows.select_related("tenant").defer("microsoft", "refundable", "scheduled")
    return rows.order_by("tenant__sort_name", "tenant_id", "folded", "pk")


def _margin(row: Any) -> Decimal | None:
    return None if row.retail is None else row.retail - row.unit_price


def _whole(row: Any) -> Decimal | None:
    margin = _margin(row)
    return None if margin is None else margin * row.quantity


def _percent(row: Any) -> Decimal | None:
    """Of the retail price."""
    margin = _margin(row)
    return None if margin is None else (100 * margin / row.retail).quantize(Decimal("0.1"))


def _percent_words(row: Any) -> str:
    percent = _percent(row)
    if percent is None:
        return "–"
    return gettext("%(number)s%%") % {"number": number_format(percent, 1)}


def _totals(actor: Actor, asked: Asked) -> list[Totals]:
    rows = with_monthly(_rows(actor, asked)).exclude(retail=None).exclude(unit_price=0).order_by()
    sums = (
        rows.annotate(earned=F("monthly") * (F("retail") - F("unit_price")) / F("unit_price"))
        .values("currency")
        .annotate(seats=Sum("quantity"), paid=Sum("monthly"), left=Sum("earned"))
        .order_by("currency")
    )
    lines = [
        [
            row["currency"],
            row["seats"],
            money(row["paid"], row["currency"]),
            money(row["left"], row["currency"]),
        ]
        for row in sums
    ]
    heads = [_("Currency"), _("Licences"), _("You pay per month"), _("Left per month (estimate)")]
    return [Totals(_("Totals per currency"), heads, lines)] if lines else []


MARGINS = Report(
    name="margins",
    title=_("Margins (estimate)"),
    lead=_("What is left if you sell at the retail price that Microsoft recommends today."),
    icon="tag",
    rows=_rows,
    columns=(
        Item(
            "service",
            _("Service"),
            lambda row: row.tenant.display_name,
            cell=lambda row: cells.link(row.tenant, row.tenant.display_name),
            is_wide=True,
        ),
        Item("licence", _("Licence name"), lambda row: row.name, is_wide=True),
        Item(
            "plan",
            _("Term and payment"),
            lambda row: f"{row.term} {row.billing_cycle}",
            text=lambda row: plan_label(row.term, row.billing_cycle),
        ),
        number("licences", _("Licences"), lambda row: row.quantity),
        amount("unit_price", _("You pay"), lambda row: row.unit_price),
        amount("retail", _("Recommended"), lambda row: row.retail),
        Item("percent", _("Left in %"), _percent, words=_percent_words, is_number=True),
        amount("margin", _("Left per billing period"), _whole),
        Item("currency", _("Currency"), lambda row: row.currency),
    ),
    parameters=StateParameters,
    empty=_("No customer holds a licence."),
    totals=_totals,
    notes=lambda _actor, _asked: [
        gettext(
            "An estimate: the portal does not know at which prices you sell. It is before taxes,"
            " your own discounts, exchange rates, refunds and cashback."
        ),
        gettext("Where Microsoft recommends no price there is no figure, and none in the totals."),
    ],
)
