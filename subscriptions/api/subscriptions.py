"""REST of subscriptions: the same calls as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from subscriptions.access import subscription_for
from subscriptions.models import Subscription
from tenants.access import tenant_for


class SubscriptionOut(serializers.ModelSerializer[Subscription]):
    tenant = serializers.CharField(source="tenant.service_name")

    class Meta:
        model = Subscription
        fields = [
            "id", "tenant", "microsoft_id", "name", "licence", "quantity", "status", "term",
            "billing_cycle", "unit_price", "currency", "mpn_id", "auto_renew", "end_choice",
            "scheduled", "cancellable_until", "refundable", "starts_at", "commitment_ends_at",
            "billing_cycle_ends_at", "is_trial", "is_extended", "promotion_id",
            "suspension_reasons", "origin", "as_of", "created_at", "updated_at",
        ]  # fmt: skip


class Subscriptions(ListAPIView[Subscription]):
    """Subscriptions of one tenant."""

    serializer_class = SubscriptionOut
    queryset = Subscription.objects.none()

    def get_queryset(self) -> Any:
        tenant = tenant_for(actor_of(self.request), self.kwargs["service_name"])
        return tenant.subscriptions.select_related("tenant")


class OneSubscription(APIView):
    """One subscription, as Microsoft last showed it."""

    @extend_schema(responses=SubscriptionOut)
    def get(self, request: Request, pk: int) -> Response:
        return Response(SubscriptionOut(subscription_for(actor_of(request), pk)).data)
