"""Staff's view of the catalogue and of subscriptions."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnlyAdmin, ReadOnlyInline, by_of
from subscriptions import catalogue
from subscriptions.models import Licence, Price, Subscription


class PriceInline(ReadOnlyInline):
    model = Price


@admin.register(Licence)
class LicenceAdmin(ReadOnlyAdmin):
    list_display = ["name", "market", "country", "segment", "is_addon", "is_trial", "withdrawn_at"]
    list_filter = ["market", "country", "is_addon", "is_trial"]
    search_fields = ["name", "product_id", "sku_id"]
    inlines = [PriceInline]
    actions = ("synchronise",)

    @admin.action(
        description=_("Fetch catalogue and prices of these countries"), permissions=["act"]
    )
    def synchronise(self, request: HttpRequest, rows: QuerySet[Licence]) -> None:
        for market, country in set(rows.values_list("market", "country")):
            catalogue.ask_sync(market=market, country=country, by=by_of(request))


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ["pk", "tenant", "name", "quantity", "status", "term", "as_of", "updated_at"]
    list_filter = ["status", "term", "billing_cycle"]
    list_select_related = ["tenant"]
    search_fields = ["name", "microsoft_id", "tenant__service_name", "tenant__display_name"]
