"""Staff's view of the catalogue and of subscriptions."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.admin import (
    ConfigurationAdmin,
    ReadOnlyAdmin,
    ReadOnlyInline,
    WordsFilter,
    by_of,
    in_words,
)
from common.previews import Preview, PreviewedAdmin
from subscriptions import catalogue, previews
from subscriptions.models import HoldingChange, Licence, MarginRule, Plan, Price, Subscription
from subscriptions.words import CYCLES, TERMS

TERM = in_words("term", TERMS, _("term"))
CYCLE = in_words("billing_cycle", CYCLES, _("billing"))


class TermFilter(WordsFilter):
    title, parameter_name, words = _("term"), "term", TERMS


class CycleFilter(WordsFilter):
    title, parameter_name, words = _("billing"), "billing_cycle", CYCLES


class PlanInline(ReadOnlyInline):
    model = Plan
    readonly_fields = (TERM, CYCLE)
    fields = (TERM, CYCLE, "description", "refunds", "valid_from", "valid_to")


class PriceInline(ReadOnlyInline):
    model = Price
    verbose_name_plural = _("prices, with their history and next month's preview")
    readonly_fields = (TERM, CYCLE)
    fields = (
        TERM, CYCLE, "currency", "amount", "retail", "valid_from", "valid_to",
        "is_announced",
    )  # fmt: skip


@admin.register(MarginRule)
class MarginRuleAdmin(PreviewedAdmin, ConfigurationAdmin):
    """A rule is ended by its date, never deleted: old prices stay explained."""

    list_display = [
        "account", "licence_code", "segment", "value", "kind", "basis", "currency", "floor",
        "cap", "valid_from", "valid_to",
    ]  # fmt: skip
    list_display_links = ["value"]
    list_filter = ["kind", "basis", "segment", "currency"]
    list_select_related = ["account"]
    search_fields = ["account__name", "account__nic_handle", "licence_code"]

    def preview(self, row: MarginRule, before: MarginRule | None) -> Preview:
        """Resellers, seats and sums before and after."""
        return previews.preview(row, before)


@admin.register(Licence)
class LicenceAdmin(ReadOnlyAdmin):
    list_display = [
        "name", "sku", "market", "country", "segment", "is_addon", "is_trial", "valid_from",
        "valid_to",
    ]  # fmt: skip
    list_filter = ["market", "country", "segment", "is_addon", "is_trial"]
    search_fields = ["name", "product_id", "sku_id"]
    inlines = [PlanInline, PriceInline]
    actions = ("synchronise",)

    @admin.display(description=_("code"), ordering="product_id")
    def sku(self, row: Licence) -> str:
        return row.code

    @admin.action(
        description=_("Fetch catalogue and prices of these countries"), permissions=["act"]
    )
    def synchronise(self, request: HttpRequest, rows: QuerySet[Licence]) -> None:
        for market, country in set(rows.values_list("market", "country")):
            catalogue.ask_sync(market=market, country=country, by=by_of(request))


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ["id", "tenant", "name", "quantity", "status", TERM, "as_of", "updated_at"]
    list_filter = ["status", "origin", "end_choice", "is_trial", TermFilter, CycleFilter]
    list_select_related = ["tenant"]
    exclude = ["term", "billing_cycle"]
    readonly_fields = [TERM, CYCLE, "margin"]
    search_fields = ["name", "microsoft_id", "tenant__service_name", "tenant__display_name"]

    @admin.display(description=_("margin per seat and period"))
    def margin(self, row: Subscription) -> str:
        return "–" if row.unit_cost is None else f"{row.unit_price - row.unit_cost} {row.currency}"


@admin.register(HoldingChange)
class HoldingChangeAdmin(ReadOnlyAdmin):
    list_display = ["tenant", "day", "seats", "per_month", "currency"]
    list_filter = ["currency"]
    list_select_related = ["tenant"]
    date_hierarchy = "day"
    search_fields = ["tenant__service_name", "tenant__display_name"]
