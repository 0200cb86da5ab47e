"""The licences of all tenants: one row per subscription that stands, and the same by service."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from common.templatetags.values import contract_day, money
from panel.lists import cells
from panel.reports.parameters import Asked, StateParameters
from panel.reports.report import Item, Report, Totals, amount, number
from subscriptions.access import subscriptions_of
from subscriptions.models import Status, Subscription
from subscriptions.plans import plan_label
from subscriptions.renewals import ENDS, with_outlook
from subscriptions.spend import with_monthly
from tenants.models import LicenceUse, Tenant

STANDING = [Status.ACTIVE, Status.SUSPENDED]
SHOWN = (
    "name", "quantity", "term", "billing_cycle", "unit_price", "currency", "commitment_ends_at",
    "tenant__display_name", "tenant__service_name",
)  # fmt: skip
"""Columns that a row is made of: a file holds tens of thousands."""


def standing(actor: Actor, asked: Asked) -> QuerySet[Subscription]:
    """What the account's customers hold now."""
    rows = subscriptions_of(actor).filter(status__in=STANDING)
    return rows.filter(tenant__state=asked["state"]) if "state" in asked else rows


def _rows(actor: Actor, asked: Asked) -> QuerySet[Subscription]:
    use = LicenceUse.objects.filter(
        tenant=OuterRef("tenant"), sku_id=OuterRef("licence__provisioning_id")
    )
    rows = with_outlook(standing(actor, asked)).annotate(
        assigned=Subquery(use.values("used")[:1]), counted=Subquery(use.values("total")[:1])
    )
    rows = rows.select_related("tenant").only(*SHOWN)
    return rows.order_by("tenant__sort_name", "tenant_id", "folded", "pk")


def _free(row: Any) -> int | None:
    return None if row.assigned is None else max(row.counted - row.assigned, 0)


COLUMNS = (
    Item(
        "service",
        _("Service"),
        lambda row: row.tenant.display_name,
        cell=lambda row: cells.link(row.tenant, row.tenant.display_name),
        is_wide=True,
    ),
    Item(
        "licence",
        _("Licence name"),
        lambda row: row.name,
        cell=lambda row: cells.link(row, row.name),
        is_wide=True,
    ),
    Item(
        "plan",
        _("Term and payment"),
        lambda row: f"{row.term} {row.billing_cycle}",
        text=lambda row: plan_label(row.term, row.billing_cycle),
    ),
    number("bought", _("Seats bought"), lambda row: row.quantity),
    number("assigned", _("Assigned"), lambda row: row.assigned),
    number("free", _("Free"), _free),
    amount("unit_price", _("Unit price"), lambda row: row.unit_price),
    amount("amount", _("Per billing period"), lambda row: row.period_amount),
    Item(
        "outlook",
        _("At the end of the term"),
        lambda row: row.outlook,
        text=lambda row: dict(ENDS).get(row.outlook, row.outlook),
    ),
    Item(
        "ends",
        _("Term ends (UTC)"),
        lambda row: row.commitment_ends_at,
        words=lambda row: contract_day(row.commitment_ends_at),
    ),
)


def _totals(actor: Actor, asked: Asked) -> list[Totals]:
    rows = with_monthly(standing(actor, asked)).order_by()
    licences = (
        rows.values("currency", held=Coalesce("licence__name", "name"))
        .annotate(services=Count("tenant", distinct=True), seats=Sum("quantity"))
        .annotate(cost=Sum("monthly"))
        .order_by("held", "currency")
    )
    lines = [
        [row["held"], row["services"], row["seats"], money(row["cost"], row["currency"])]
        for row in licences
    ]
    sums: dict[str, list[Any]] = defaultdict(lambda: [0, None])
    for row in licences:
        whole_sum = sums[row["currency"]]
        whole_sum[0] += row["seats"]
        if row["cost"] is not None:
            whole_sum[1] = (whole_sum[1] or 0) + row["cost"]
    whole = [
        [gettext("All licences"), "", seats, money(cost, currency)]
        for currency, (seats, cost) in sorted(sums.items())
    ]
    heads = [_("Licence name"), _("Services"), _("Seats bought"), _("Per month")]
    return [Totals(_("Totals per licence"), heads, lines, whole)] if sums else []


def _notes(actor: Actor, asked: Asked) -> list[str]:
    return [
        gettext("Prices are before taxes; per month, a yearly payment counts a twelfth."),
        gettext(
            "Assigned and free are counted by Microsoft per licence in a service, whoever sold it."
        ),
    ]


LICENCES = Report(
    name="licences",
    title=_("Licences of all services"),
    lead=_("What every customer holds, what it costs, how much of it is used and when it renews."),
    icon="card-checklist",
    rows=_rows,
    columns=COLUMNS,
    parameters=StateParameters,
    empty=_("No customer holds a licence."),
    totals=_totals,
    notes=_notes,
)


def _per_service(actor: Actor, asked: Asked) -> QuerySet[Any]:
    held = with_monthly(standing(actor, asked)).order_by()
    return (  # type: ignore[no-any-return]  # Any after the first annotation
        held.values("tenant_id", "tenant__display_name", "tenant__company", "currency")
        .annotate(subscriptions=Count("pk"), seats=Sum("quantity"))
        .annotate(cost=Coalesce(Sum("monthly"), Decimal(0)))
        .order_by("tenant__sort_name", "tenant_id", "currency")
    )


def _service_link(row: dict[str, Any]) -> object:
    tenant = Tenant(service_name=row["service_name"])
    return cells.link(tenant, row["tenant__display_name"])


def _named(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    pks = [row["tenant_id"] for row in rows]
    names = dict(Tenant.objects.filter(pk__in=pks).values_list("pk", "service_name"))
    return [{**row, "service_name": names[row["tenant_id"]]} for row in rows]


SERVICES = Report(
    name="services",
    title=_("Totals per service"),
    lead=_("How many licences every customer holds, and what they cost in a month."),
    icon="building",
    rows=_per_service,
    columns=(
        Item(
            "service",
            _("Service"),
            lambda row: row["tenant__display_name"],
            cell=_service_link,
            is_wide=True,
        ),
        Item("service_name", _("Internal service name"), lambda row: row["service_name"]),
        Item("company", _("End customer"), lambda row: row["tenant__company"], is_wide=True),
        number("subscriptions", _("Subscriptions"), lambda row: row["subscriptions"]),
        number("bought", _("Seats bought"), lambda row: row["seats"]),
        amount("monthly", _("Per month"), lambda row: row["cost"], lambda row: row["currency"]),
        Item("currency", _("Currency"), lambda row: row["currency"]),
    ),
    parameters=StateParameters,
    empty=_("No customer holds a licence."),
    totals=_totals,
    notes=lambda actor, asked: _notes(actor, asked)[:1],
    dressed=_named,
)
