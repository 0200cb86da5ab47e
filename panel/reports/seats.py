"""Seats bought, assigned and free, as Microsoft counts them."""

from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from common.templatetags.values import moment
from panel.lists import cells
from panel.reports.parameters import Asked, StateParameters
from panel.reports.report import Item, Report, Totals, number
from subscriptions.models import Status, Subscription
from tenants.access import tenants_of
from tenants.models import LicenceUse, Tenant


def _tenants(actor: Actor, asked: Asked) -> QuerySet[Tenant]:
    rows = tenants_of(actor)
    return rows.filter(state=asked["state"]) if "state" in asked else rows


def _counted(actor: Actor, asked: Asked) -> QuerySet[LicenceUse]:
    """Free is what one could assign today: never less than none."""
    rows = LicenceUse.objects.filter(tenant__in=_tenants(actor, asked))
    return rows.annotate(unused=Greatest(F("total") - F("used"), 0))


def _rows(actor: Actor, asked: Asked) -> QuerySet[Any]:
    ours = Subscription.objects.filter(
        tenant=OuterRef("tenant"),
        licence__provisioning_id=OuterRef("sku_id"),
        status=Status.ACTIVE,
    ).order_by()
    bought = Subquery(ours.values("tenant").annotate(n=Sum("quantity")).values("n"))
    return (
        _counted(actor, asked)
        .annotate(bought=Coalesce(bought, 0, output_field=IntegerField()))
        .select_related("tenant")
        .order_by("tenant__sort_name", "tenant_id", "name", "pk")
    )


def _totals(actor: Actor, asked: Asked) -> list[Totals]:
    rows = _counted(actor, asked).order_by().values("name")
    sums = rows.annotate(all=Sum("total"), assigned=Sum("used"), left=Sum("unused"))
    lines: list[list[object]] = [
        [row["name"], row["all"], row["assigned"], row["left"]] for row in sums.order_by("name")
    ]
    if not lines:
        return []
    whole = _counted(actor, asked).aggregate(a=Sum("total"), u=Sum("used"), f=Sum("unused"))
    all_ = [[gettext("All licences"), whole["a"], whole["u"], whole["f"]]]
    heads = [_("Licence name"), _("In the services"), _("Assigned"), _("Free")]
    return [Totals(_("Totals per licence"), heads, lines, all_)]


def _notes(actor: Actor, asked: Asked) -> list[str]:
    notes = [
        gettext(
            "Microsoft counts what is in a service, whoever sold it; bought here is what stands"
            " in this portal. The figures are read once a day."
        )
    ]
    unread = _tenants(actor, asked).filter(~Q(microsoft_id=""), licence_uses=None).count()
    if unread:
        text = ngettext(
            "%(number)s service has not been counted yet.",
            "%(number)s services have not been counted yet.",
            unread,
        )
        notes.append(text % {"number": unread})
    return notes


SEATS = Report(
    name="seats",
    title=_("Seats bought, assigned, free"),
    lead=_("Which licences nobody uses, and which are all taken."),
    icon="people",
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
        number("bought", _("Bought here"), lambda row: row.bought),
        number("total", _("In the service"), lambda row: row.total),
        number("assigned", _("Assigned"), lambda row: row.used),
        number("free", _("Free"), lambda row: row.unused),
        Item(
            "as_of",
            _("As of"),
            lambda row: row.counted_at,
            words=lambda row: moment(row.counted_at),
        ),
    ),
    parameters=StateParameters,
    empty=_("Nothing has been counted yet. It is done once a day."),
    totals=_totals,
    notes=_notes,
)
