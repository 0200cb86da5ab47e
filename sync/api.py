"""REST of changes made elsewhere."""

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
from sync import services
from sync.access import drift_for, drifts_of
from sync.models import Drift
from tenants.access import tenant_for


class DriftOut(serializers.ModelSerializer[Drift]):
    tenant = serializers.CharField(source="tenant.service_name")

    class Meta:
        model = Drift
        fields = [
            "id", "tenant", "subscription", "name", "field", "ours", "theirs", "changed_by",
            "changed_at", "found_at", "noted_at", "noted_by",
        ]  # fmt: skip


class Drifts(ListAPIView[Drift]):
    """Changes that were made elsewhere, newest first."""

    serializer_class = DriftOut
    queryset = Drift.objects.none()

    def get_queryset(self) -> Any:
        return drifts_of(actor_of(self.request))


class Note(APIView):
    """Note a change as seen."""

    @extend_schema(request=None, responses=DriftOut)
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        drift = drift_for(actor, pk, need=Role.OPERATOR)
        drift.note(actor.by)
        drift.refresh_from_db()
        return Response(DriftOut(drift).data)


class Look(APIView):
    """Read a tenant's subscriptions at Microsoft now."""

    @extend_schema(request=None, responses={202: OperationOut})
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
        return accepted(services.ask_look(tenant=tenant, by=actor.by))
