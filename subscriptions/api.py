"""REST of subscriptions: the same calls as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut, accepted
from subscriptions import services
from subscriptions.access import subscription_for
from subscriptions.models import Subscription
from tenants.access import tenant_for


class SubscriptionOut(serializers.ModelSerializer[Subscription]):
    tenant = serializers.CharField(source="tenant.service_name")

    class Meta:
        model = Subscription
        fields = [
            "id", "tenant", "microsoft_id", "name", "licence", "quantity", "status", "term",
            "billing_cycle", "unit_price", "currency", "mpn_id", "auto_renew",
            "cancellable_until", "refundable", "commitment_ends_at", "as_of", "created_at",
            "updated_at",
        ]  # fmt: skip


class SeatsIn(serializers.Serializer[Any]):
    quantity = serializers.IntegerField(min_value=1, max_value=100_000)


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


class Seats(APIView):
    """Set the total number of licences."""

    @extend_schema(request=SeatsIn, responses={202: OperationOut, 204: None})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        subscription = subscription_for(actor, pk, need=Role.MANAGER)
        body = SeatsIn(data=request.data)
        body.is_valid(raise_exception=True)
        operation = services.change_seats(
            subscription=subscription, quantity=body.validated_data["quantity"], by=actor.by
        )
        return Response(status=204) if operation is None else accepted(operation)


class Cancel(APIView):
    """Cancel the subscription and all its licences, while its window is open."""

    @extend_schema(request=None, responses={202: OperationOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        subscription = subscription_for(actor, pk, need=Role.MANAGER)
        return accepted(services.cancel(subscription=subscription, by=actor.by))
