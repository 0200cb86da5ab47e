"""Zones of the account, domains of its tenants."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from dnsconfig.access import connections_of, domains_of, zones_beyond
from dnsconfig.api.values import DomainOut, ZoneOut
from dnsconfig.models import Domain
from tenants.access import tenant_for


class Zones(APIView):
    """The account's zones, as last listed."""

    @extend_schema(responses=ZoneOut(many=True))
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        beyond = zones_beyond(actor)
        rows = [
            {"name": zone, "provider": connection.provider, "connection": connection.label}
            for connection in connections_of(actor)
            for zone in connection.zones
            if zone not in beyond
        ]
        return Response(ZoneOut(rows, many=True).data)


class Domains(ListAPIView[Domain]):
    """Domains of a tenant."""

    serializer_class = DomainOut
    queryset = Domain.objects.none()

    def get_queryset(self) -> Any:
        return domains_of(tenant_for(actor_of(self.request), self.kwargs["service_name"]))
