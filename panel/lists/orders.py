"""All orders of an account."""

from django.db.models import F, Q, QuerySet, Value
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Actor
from accounts.models import Role
from common.templatetags.marks import badge
from common.templatetags.values import moment, money
from orders.access import orders_of
from orders.models import Order, OrderKind
from orders.state import OrderState, with_state
from panel.lists import cells
from panel.lists.filters import Filters, choice
from panel.lists.listing import Column, Empty, Listing
from tenants.finding import named


class OrderFilters(Filters):
    """By text, state and kind."""

    state = choice(_("Status"), OrderState.choices)
    kind = choice(_("Kind of order"), OrderKind.choices)

    def by_search(self, rows: QuerySet[Order], text: str) -> QuerySet[Order]:
        """Its number, the service, who has placed it, the MPN ID."""
        number = text.removeprefix("#")
        found = named(text, through="tenant__") | Q(placed_by__icontains=text) | Q(mpn_id=text)
        is_number = number.isdecimal() and number.isascii() and len(number) < 19
        return rows.filter(found | Q(pk=int(number)) if is_number else found)

    def by_state(self, rows: QuerySet[Order], state: str) -> QuerySet[Order]:
        return rows.filter(Exact(F("state"), Value(state)))

    def by_kind(self, rows: QuerySet[Order], kind: str) -> QuerySet[Order]:
        return rows.filter(kind=kind)


def _rows(actor: Actor) -> QuerySet[Order]:
    return with_state(orders_of(actor))


def _state_text(order: Order) -> str:
    return str(OrderState(order.state).label)  # type: ignore[attr-defined]  # with_state


def _again_url(order: Order) -> str:
    """Where the same is ordered once more; empty while the order is not done."""
    is_done = order.state == OrderState.DONE  # type: ignore[attr-defined]  # with_state
    return reverse("orders:again", args=[order.pk]) if is_done else ""


def _again(order: Order) -> str:
    if not (url := _again_url(order)):
        return ""
    return cells.deed(url, "arrow-repeat", gettext("Order %(number)s again") % {"number": order.pk})


COLUMNS: tuple[Column[Order], ...] = (
    Column(
        "id",
        _("Order number"),
        lambda row: str(row.pk),
        cell=lambda row: cells.link(row, f"#{row.pk}"),
        sort="pk",
    ),
    Column(
        "service",
        _("Service"),
        lambda row: row.tenant.display_name,
        cell=lambda row: cells.link(row.tenant, row.tenant.display_name),
        sort="tenant__sort_name",
    ),
    Column(
        "kind",
        _("Kind of order"),
        lambda row: row.kind,
        text=lambda row: row.get_kind_display(),
        sort="kind",
    ),
    Column(
        "state",
        _("Status"),
        lambda row: row.state,
        text=_state_text,
        cell=lambda row: badge(row.state, _state_text(row)),
    ),
    Column(
        "total",
        _("Total"),
        lambda row: row.total,
        cell=lambda row: money(row.total, row.currency),
        sort="total",
        is_number=True,
    ),
    Column("by", _("Placed by"), lambda row: row.placed_by, sort="placed_by"),
    Column(
        "placed",
        _("Placed"),
        lambda row: row.placed_at,
        cell=lambda row: moment(row.placed_at),
        sort="pk",
    ),
    Column(
        "again",
        _("Order again"),
        _again_url,
        cell=_again,
        need=Role.MANAGER,
        is_deed=True,
    ),
    Column("currency", _("Currency"), lambda row: row.currency, is_usual=False),
    Column("mpn_id", _("MPN ID"), lambda row: row.mpn_id, sort="mpn_id", is_usual=False),
    Column(
        "service_name",
        _("Internal service name"),
        lambda row: row.tenant.service_name,
        cell=lambda row: cells.code(row.tenant.service_name),
        is_usual=False,
    ),
    Column(
        "microsoft_id",
        _("Microsoft order ID"),
        lambda row: row.microsoft_id,
        cell=lambda row: cells.code(row.microsoft_id),
        is_usual=False,
    ),
)

ORDERS: Listing[Order] = Listing(
    name="orders",
    title=_("Orders"),
    lead=_("Everything that was ordered, and how far it is."),
    rows=_rows,
    columns=COLUMNS,
    filters=OrderFilters,
    first_sort="-placed",
    empty=Empty(
        icon="receipt",
        title=_("No order yet."),
        text=_("Orders will be listed here with each step, from the wish to the licences."),
        to="orders:new",
        label=_("New order"),
    ),
)
