"""REST of the customer's contact: hand it out, erase it."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from tenants import personal_data
from tenants.access import tenant_for


class ErasureOut(serializers.Serializer[Any]):
    pseudonym = serializers.CharField(help_text="What stands in the history from now on.")


class Contact(APIView):
    """Personal data of the customer's contact."""

    @extend_schema(responses={200: {"type": "object", "additionalProperties": True}})
    def get(self, request: Request, service_name: str) -> Response:
        """All that is kept of the contact; owners only."""
        tenant = tenant_for(actor_of(request), service_name, need=Role.OWNER)
        return Response(personal_data.export(tenant=tenant), headers={"Cache-Control": "no-store"})

    @extend_schema(responses={200: ErasureOut})
    def delete(self, request: Request, service_name: str) -> Response:
        """Put a pseudonym in its place; it cannot be undone. Owners only."""
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.OWNER)
        erasure = personal_data.erase(tenant=tenant, by=actor.by)
        return Response({"pseudonym": erasure.pseudonym})
