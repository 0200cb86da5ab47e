"""All services of an account."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from common.clock import microsoft_now
from common.templatetags.values import contract_day, moment
from panel.lists import cells
from panel.lists.filters import Filters, choice, days
from panel.lists.licences import licence_choices
from panel.lists.listing import Column, Empty, Listing
from subscriptions.models import Status, Subscription
from tenants.access import tenants_of
from tenants.finding import named
from tenants.models import Tenant, TenantState

STANDING = [Status.ACTIVE, Status.SUSPENDED]


class TenantFilters(Filters):
    """By text, state, licence held, and the next end of a term."""

    state = choice(_("Status"), TenantState.choices)
    licence = choice(_("Licence"), [])
    ends_within = days(_("A term ends within (days)"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        licence_choices(self)

    def by_search(self, rows: QuerySet[Tenant], text: str) -> QuerySet[Tenant]:
        """Display name, internal name, company."""
        return rows.filter(named(text))

    def by_state(self, rows: QuerySet[Tenant], state: str) -> QuerySet[Tenant]:
        return rows.filter(state=state)

    def by_licence(self, rows: QuerySet[Tenant], name: str) -> QuerySet[Tenant]:
        held = Subscription.objects.filter(tenant=OuterRef("pk"), status__in=STANDING)
        return rows.filter(Exists(held.filter(licence__name=name)))

    def by_ends_within(self, rows: QuerySet[Tenant], number: int) -> QuerySet[Tenant]:
        now = microsoft_now()
        ending = Subscription.objects.filter(tenant=OuterRef("pk"), status__in=STANDING)
        span = (now, now + timedelta(days=number))
        return rows.filter(Exists(ending.filter(commitment_ends_at__range=span)))


def _rows(actor: Actor) -> QuerySet[Tenant]:
    standing = Subscription.objects.filter(tenant=OuterRef("pk"), status__in=STANDING)
    of_one = standing.order_by().values("tenant")
    ahead = of_one.filter(commitment_ends_at__gte=microsoft_now())
    whole = IntegerField()
    return (
        tenants_of(actor)
        .select_related("partner_id")
        .annotate(
            held=Coalesce(Subquery(of_one.values(n=Count("pk"))), 0, output_field=whole),
            seats=Coalesce(Subquery(of_one.values(n=Sum("quantity"))), 0, output_field=whole),
            next_end=Subquery(ahead.values(at=Min("commitment_ends_at"))),
        )
    )


COLUMNS: tuple[Column[Tenant], ...] = (
    Column(
        "name",
        _("Service"),
        lambda row: row.display_name,
        cell=lambda row: cells.link(row, row.display_name),
        sort="sort_name",
    ),
    Column(
        "service_name",
        _("Internal service name"),
        lambda row: row.service_name,
        cell=lambda row: cells.code(row.service_name),
        sort="service_name",
    ),
    Column(
        "state",
        _("Status"),
        lambda row: row.state,
        text=lambda row: row.get_state_display(),
        cell=cells.state,
        sort="state",
    ),
    Column("company", _("End customer"), lambda row: row.company, sort="company"),
    Column("mpn_id", _("MPN ID"), lambda row: row.partner_id.mpn_id, sort="partner_id__mpn_id"),
    Column("subscriptions", _("Subscriptions"), lambda row: row.held, sort="held", is_number=True),
    Column("seats", _("Licences"), lambda row: row.seats, sort="seats", is_number=True),
    Column(
        "next_end",
        _("Next end of a term"),
        lambda row: row.next_end,
        cell=lambda row: contract_day(row.next_end),
        sort="next_end",
        has_gaps=True,
    ),
    Column(
        "created",
        _("Created"),
        lambda row: row.created_at,
        cell=lambda row: moment(row.created_at),
        sort="pk",
        is_usual=False,
    ),
    Column("country", _("Country"), lambda row: row.country, sort="country", is_usual=False),
    Column(
        "microsoft_id",
        _("Microsoft tenant ID"),
        lambda row: row.microsoft_id,
        cell=lambda row: cells.code(row.microsoft_id),
        is_usual=False,
    ),
)

SERVICES: Listing[Tenant] = Listing(
    name="services",
    title=_("Services"),
    lead=_("Every licence group of your customers, with what it holds and what ends next."),
    rows=_rows,
    columns=COLUMNS,
    filters=TenantFilters,
    first_sort="name",
    empty=Empty(
        icon="building",
        title=_("No service yet."),
        text=_("The licence groups of your customers will be listed here."),
        to="orders:new",
        label=_("Order the first one"),
    ),
)
