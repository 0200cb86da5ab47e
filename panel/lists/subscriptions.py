"""All subscriptions in the services of an account."""

from datetime import timedelta
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from common.clock import microsoft_now
from common.templatetags.values import contract_day, moment, money
from panel.lists import cells
from panel.lists.filters import Filters, choice, days
from panel.lists.licences import licence_choices
from panel.lists.listing import Column, Empty, Listing
from subscriptions.access import subscriptions_of
from subscriptions.finding import bought
from subscriptions.models import Origin, Status, Subscription
from subscriptions.plans import plan_label
from subscriptions.renewals import ENDS, with_outlook


class SubscriptionFilters(Filters):
    """By text, status, licence, the end of the term and what happens then."""

    state = choice(_("Status"), Status.choices)
    licence = choice(_("Licence"), [])
    ends_within = days(_("Its term ends within (days)"))
    outlook = choice(_("At the end of the term"), ENDS)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        licence_choices(self)

    def by_search(self, rows: QuerySet[Subscription], text: str) -> QuerySet[Subscription]:
        """Licence name, service, Microsoft's id."""
        return rows.filter(bought(text))

    def by_state(self, rows: QuerySet[Subscription], status: str) -> QuerySet[Subscription]:
        return rows.filter(status=status)

    def by_licence(self, rows: QuerySet[Subscription], name: str) -> QuerySet[Subscription]:
        return rows.filter(licence__name=name)

    def by_ends_within(self, rows: QuerySet[Subscription], number: int) -> QuerySet[Subscription]:
        now = microsoft_now()
        standing = rows.filter(status__in=[Status.ACTIVE, Status.SUSPENDED])
        return standing.filter(commitment_ends_at__range=(now, now + timedelta(days=number)))

    def by_outlook(self, rows: QuerySet[Subscription], outlook: str) -> QuerySet[Subscription]:
        return rows.filter(Exact(F("outlook"), Value(outlook)))


def _rows(actor: Actor) -> QuerySet[Subscription]:
    rows = subscriptions_of(actor).select_related("tenant")
    return with_outlook(rows.defer("microsoft", "refundable", "scheduled"))


COLUMNS: tuple[Column[Subscription], ...] = (
    Column(
        "name",
        _("Licence name"),
        lambda row: row.name,
        cell=lambda row: cells.link(row, row.name),
        sort="folded",
    ),
    Column(
        "service",
        _("Service"),
        lambda row: row.tenant.display_name,
        cell=lambda row: cells.link(row.tenant, row.tenant.display_name),
        sort="tenant__sort_name",
    ),
    Column(
        "state",
        _("Status"),
        lambda row: row.status,
        text=lambda row: row.get_status_display(),
        cell=cells.status,
        sort="status",
    ),
    Column("quantity", _("Licences"), lambda row: row.quantity, sort="quantity", is_number=True),
    Column(
        "plan",
        _("Term and payment"),
        lambda row: f"{row.term} {row.billing_cycle}",
        text=lambda row: plan_label(row.term, row.billing_cycle),
        sort="term",
    ),
    Column(
        "amount",
        _("Per billing period"),
        lambda row: row.period_amount,
        cell=lambda row: money(row.period_amount, row.currency),
        is_number=True,
    ),
    Column(
        "ends",
        _("Term ends (UTC)"),
        lambda row: row.commitment_ends_at,
        cell=lambda row: contract_day(row.commitment_ends_at),
        sort="commitment_ends_at",
        has_gaps=True,
    ),
    Column(
        "outlook",
        _("At the end of the term"),
        lambda row: row.outlook,
        text=lambda row: dict(ENDS).get(row.outlook, row.outlook),
        is_usual=False,
    ),
    Column("id", "ID", lambda row: str(row.pk), sort="pk", is_usual=False),
    Column(
        "service_name",
        _("Internal service name"),
        lambda row: row.tenant.service_name,
        cell=lambda row: cells.code(row.tenant.service_name),
        sort="tenant__service_name",
        is_usual=False,
    ),
    Column(
        "unit_price",
        _("Unit price"),
        lambda row: row.unit_price,
        cell=lambda row: money(row.unit_price, row.currency),
        sort="unit_price",
        is_number=True,
        is_usual=False,
    ),
    Column("currency", _("Currency"), lambda row: row.currency, is_usual=False),
    Column("mpn_id", _("MPN ID"), lambda row: row.mpn_id, sort="mpn_id", is_usual=False),
    Column(
        "origin",
        _("Bought"),
        lambda row: row.origin,
        text=lambda row: dict(Origin.choices).get(row.origin, row.origin),
        is_usual=False,
    ),
    Column(
        "created",
        _("Creation date"),
        lambda row: row.created_at,
        cell=lambda row: moment(row.created_at),
        sort="created_at",
        is_usual=False,
    ),
    Column(
        "updated",
        _("Last update"),
        lambda row: row.updated_at,
        cell=lambda row: moment(row.updated_at),
        sort="updated_at",
        is_usual=False,
    ),
    Column(
        "microsoft_id",
        _("Microsoft subscription ID"),
        lambda row: row.microsoft_id,
        cell=lambda row: cells.code(row.microsoft_id),
        is_usual=False,
    ),
)

SUBSCRIPTIONS: Listing[Subscription] = Listing(
    name="subscriptions",
    title=_("Subscriptions"),
    lead=_("What all your customers hold, in one table."),
    rows=_rows,
    columns=COLUMNS,
    filters=SubscriptionFilters,
    first_sort="-id",
    empty=Empty(
        icon="card-checklist",
        title=_("No subscription yet."),
        text=_("Everything that is bought for your customers will be listed here."),
        to="orders:new",
        label=_("New order"),
    ),
)
