"""REST of the renewal calendar."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import actor_of
from subscriptions.access import renewals_for
from subscriptions.models import Subscription
from subscriptions.renewals import ENDS, RenewalFilter, with_next_term

FILTERS = [
    OpenApiParameter("outlook", enum=[value for value, _label in ENDS]),
    OpenApiParameter("month", description="Year and month, for example 2027-03."),
    OpenApiParameter("day", OpenApiTypes.DATE, description="Of the renewal, or the last one."),
    OpenApiParameter("tenant", description="Part of the service's name."),
    OpenApiParameter("name", description="Part of the licence's name."),
]


class RenewalOut(serializers.ModelSerializer[Subscription]):
    tenant = serializers.CharField(source="tenant.service_name")
    ends_at = serializers.DateTimeField(source="commitment_ends_at")
    outlook = serializers.CharField(help_text="renew, cancel, extend, undecided.")
    next_quantity = serializers.IntegerField(help_text="Licences after the renewal.")
    next_amount = serializers.DecimalField(
        max_digits=14, decimal_places=4, help_text="Per billing period, at today's price."
    )

    class Meta:
        model = Subscription
        fields = [
            "id", "tenant", "name", "quantity", "term", "billing_cycle", "ends_at", "outlook",
            "next_quantity", "next_amount", "currency", "scheduled",
        ]  # fmt: skip


class Renewals(ListAPIView[Subscription]):
    """Terms by the day they end, with what happens then."""

    serializer_class = RenewalOut
    queryset = with_next_term(Subscription.objects.none())

    @extend_schema(parameters=FILTERS)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """By the day they end, the next one first."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Subscription]:
        return RenewalFilter(self.request.query_params).kept(renewals_for(actor_of(self.request)))
