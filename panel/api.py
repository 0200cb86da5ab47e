"""REST of the guide for changing provider."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from panel.switching import seats_of
from tenants.access import tenant_for
from tenants.models import SwitchStep, Tenant
from tenants.switching import checklist, tick


class SeatsOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    total = serializers.IntegerField(help_text="In the tenant, whoever sold them.")
    used = serializers.IntegerField()
    ours = serializers.IntegerField(help_text="Bought through this portal.")
    old = serializers.IntegerField(help_text="Sold by somebody else.")
    before = serializers.IntegerField(allow_null=True, help_text="When it was taken over.")


class StepOut(serializers.Serializer[Any]):
    key = serializers.CharField()
    text = serializers.CharField()
    ticked_by = serializers.CharField(source="tick.by_label", default=None, allow_null=True)
    ticked_at = serializers.DateTimeField(source="tick.at", default=None, allow_null=True)


class SwitchingOut(serializers.Serializer[Any]):
    is_live = serializers.BooleanField(help_text="Counted now; else when it was taken over.")
    counted_at = serializers.DateTimeField(allow_null=True)
    seats = SeatsOut(many=True)
    steps = StepOut(many=True)


class TickIn(serializers.Serializer[Any]):
    step = serializers.ChoiceField(choices=SwitchStep.values)
    done = serializers.BooleanField()


class Switching(APIView):
    """Old and new seats of a service, and the checklist; POST ticks or unticks a step."""

    @extend_schema(responses=SwitchingOut)
    def get(self, request: Request, service_name: str) -> Response:
        return _shown(tenant_for(actor_of(request), service_name))

    @extend_schema(request=TickIn, responses=SwitchingOut)
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
        body = TickIn(data=request.data)
        body.is_valid(raise_exception=True)
        data = body.validated_data
        tick(tenant=tenant, step=data["step"], is_done=data["done"], by=actor.by)
        return _shown(tenant)


def _shown(tenant: Tenant) -> Response:
    seats = seats_of(tenant)
    value = {
        "is_live": seats.is_live,
        "counted_at": seats.counted_at,
        "seats": seats.rows,
        "steps": checklist(tenant),
    }
    return Response(SwitchingOut(value).data)
