"""REST of the catalogue: what may be bought at the reseller's own prices, and their changes."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from subscriptions.access import catalogue_for
from subscriptions.models import Licence, Price
from subscriptions.price_changes import affected, changes_of
from subscriptions.tariff import Tariff
from tenants.access import tenant_for


class PriceOut(serializers.ModelSerializer[Price]):
    """One seat per billing period, at the reseller's price."""

    amount = serializers.SerializerMethodField()

    class Meta:
        model = Price
        fields = ["term", "billing_cycle", "currency", "amount"]

    def get_amount(self, price: Price) -> str:
        tariff: Tariff = self.context["tariff"]
        return f"{tariff.price(price.licence, price):.4f}"


class LicenceOut(serializers.ModelSerializer[Licence]):
    prices = PriceOut(source="prices_now", many=True)

    class Meta:
        model = Licence
        fields = [
            "id", "product_id", "sku_id", "segment", "name", "description", "is_addon",
            "is_trial", "prerequisites", "minimum", "maximum", "prices",
        ]  # fmt: skip


class Catalogue(ListAPIView[Licence]):
    """What the account may order for any customer, at its own prices."""

    serializer_class = LicenceOut
    queryset = Licence.objects.none()

    def get_queryset(self) -> Any:
        return catalogue_for(actor_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if self.request is not None and self.request.auth is not None:
            context["tariff"] = Tariff.of(actor_of(self.request).account)
        return context


class TenantCatalogue(Catalogue):
    """What may be ordered for one customer: also of the segments it is approved for."""

    def get_queryset(self) -> Any:
        actor = actor_of(self.request)
        return catalogue_for(actor, tenant_for(actor, self.kwargs["service_name"]))


class PastPriceOut(serializers.Serializer[Any]):
    term = serializers.CharField()
    billing_cycle = serializers.CharField()
    currency = serializers.CharField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=4)
    valid_from = serializers.DateTimeField()
    valid_to = serializers.DateTimeField(allow_null=True)
    is_announced = serializers.BooleanField(help_text="From next month's price list.")


class PriceHistory(APIView):
    """The prices of one licence over time, the announced ones included, newest first."""

    @extend_schema(responses=PastPriceOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        account = actor_of(request).account
        rows = Licence.objects.filter(market=account.region, country=account.country, pk=pk)
        licence = rows.first()
        if licence is None:
            raise Http404
        prices = list(licence.prices.filter(currency=account.currency).order_by("-valid_from"))
        days = {price.valid_from.date() for price in prices}
        tariffs = {day: Tariff.of(account, day) for day in days}
        past = [
            {
                "term": price.term,
                "billing_cycle": price.billing_cycle,
                "currency": price.currency,
                "amount": tariffs[price.valid_from.date()].price(licence, price),
                "valid_from": price.valid_from,
                "valid_to": price.valid_to,
                "is_announced": price.is_announced,
            }
            for price in prices
        ]
        return Response(PastPriceOut(past, many=True).data)


class PriceChangeOut(serializers.Serializer[Any]):
    subscription = serializers.IntegerField(source="subscription.pk")
    tenant = serializers.CharField(source="subscription.tenant.service_name")
    licence = serializers.CharField(source="subscription.name")
    quantity = serializers.IntegerField(source="subscription.quantity")
    before = serializers.DecimalField(max_digits=12, decimal_places=4)
    after = serializers.DecimalField(max_digits=12, decimal_places=4)
    currency = serializers.CharField(source="subscription.currency")
    announced_for = serializers.DateTimeField(source="from_at")
    renews_at = serializers.DateTimeField(
        allow_null=True, help_text="The old price holds until the term ends."
    )


class PriceChanges(APIView):
    """Price changes announced for what the account's customers hold."""

    @extend_schema(responses=PriceChangeOut(many=True))
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        changes = changes_of(actor.account, list(affected(actor)[:1000]))
        return Response(PriceChangeOut(changes, many=True).data)
