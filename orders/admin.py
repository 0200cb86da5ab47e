"""Staff's view of orders; their steps are operations of the journal."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnlyAdmin, ReadOnlyInline, in_words
from orders.models import Draft, Order, OrderLine, Upload, UploadRow
from orders.state import state_of
from subscriptions.words import CYCLES, TERMS

TERM = in_words("term", TERMS, _("term"))
CYCLE = in_words("billing_cycle", CYCLES, _("billing"))


class LineInline(ReadOnlyInline):
    """Staff alone sees what a line costs the provider, and the margin."""

    model = OrderLine
    fields = (
        "number", "licence", "quantity", TERM, CYCLE, "unit_cost", "unit_price",
        "margin", "subscription",
    )  # fmt: skip
    readonly_fields = (TERM, CYCLE, "margin")

    @admin.display(description=_("margin of the first period"))
    def margin(self, line: OrderLine) -> str:
        return f"{(line.unit_price - line.unit_cost) * line.quantity:.2f}"


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = [
        "id",
        "account",
        "tenant",
        "kind",
        "total",
        "currency",
        "approval",
        "placed_by",
        "placed_at",
    ]
    list_filter = ["kind", "currency", "approval"]
    list_select_related = ["account", "tenant"]
    search_fields = ["tenant__service_name", "account__nic_handle", "microsoft_id"]
    readonly_fields = ["journey_state"]
    inlines = [LineInline]

    @admin.display(description=_("state"))
    def journey_state(self, order: Order) -> str:
        return str(state_of(order.steps()).label)


@admin.register(Draft)
class DraftAdmin(ReadOnlyAdmin):
    """That something was begun; what was typed stays sealed."""

    list_display = ["id", "account", "user", "tenant", "updated_at"]
    list_select_related = ["account", "user", "tenant"]
    fields = ["account", "user", "tenant", "created_at", "updated_at"]


@admin.register(Upload)
class UploadAdmin(ReadOnlyAdmin):
    list_display = ["id", "account", "user", "name", "created_at"]
    list_select_related = ["account", "user"]


@admin.register(UploadRow)
class UploadRowAdmin(ReadOnlyAdmin):
    """How far a customer of a file is; what the file says of it stays sealed."""

    list_display = ["id", "upload", "number", "state", "order"]
    list_select_related = ["upload", "order"]
    list_filter = ["state"]
    fields = ["upload", "number", "state", "order"]
