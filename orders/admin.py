"""Staff's view of orders; their steps are operations of the journal."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnlyAdmin, ReadOnlyInline
from orders.models import Order, OrderLine
from orders.state import state_of


class LineInline(ReadOnlyInline):
    """Staff alone sees what a line costs the provider, and the margin."""

    model = OrderLine
    fields = (
        "number", "licence", "quantity", "term", "billing_cycle", "unit_cost", "unit_price",
        "margin", "subscription",
    )  # fmt: skip
    readonly_fields = ("margin",)

    @admin.display(description=_("margin of the first period"))
    def margin(self, line: OrderLine) -> str:
        return f"{(line.unit_price - line.unit_cost) * line.quantity:.2f}"


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = [
        "pk",
        "account",
        "tenant",
        "kind",
        "total",
        "currency",
        "placed_by",
        "placed_at",
    ]
    list_filter = ["kind", "currency"]
    list_select_related = ["account", "tenant"]
    search_fields = ["tenant__service_name", "account__nic_handle", "microsoft_id"]
    readonly_fields = ["journey_state"]
    inlines = [LineInline]

    @admin.display(description=_("state"))
    def journey_state(self, order: Order) -> str:
        return str(state_of(order.steps()).label)
