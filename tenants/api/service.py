"""REST of licence groups."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import Actor, actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut, accepted
from common.refusals import Impossible
from tenants import compliance, rights, services
from tenants.access import credential_for, tenant_for, tenants_of
from tenants.api.agreement import AttestedIn
from tenants.models import Tenant
from tenants.wishes import Attested


class TenantOut(serializers.ModelSerializer[Tenant]):
    mpn_id = serializers.CharField(source="partner_id.mpn_id")
    rights = serializers.CharField(source="gdap.state", default="", help_text="GDAP state.")
    rights_link = serializers.CharField(
        source="gdap.link", default="", help_text="The customer's administrator approves here."
    )

    rights_end_at = serializers.DateTimeField(source="gdap.ends_at", default=None)
    rights_extend = serializers.BooleanField(
        source="gdap.extends", default=False, help_text="Microsoft puts off the end by itself."
    )

    class Meta:
        model = Tenant
        fields = [
            "service_name", "display_name", "microsoft_id", "state", "mpn_id", "company",
            "first_name", "last_name", "email", "phone", "address", "address2", "city", "region",
            "postal_code", "country", "language", "rights", "rights_link",
            "rights_end_at", "rights_extend", "created_at", "updated_at",
        ]  # fmt: skip


class ChangeIn(serializers.Serializer[Any]):
    display_name = serializers.CharField(max_length=100, required=False)
    mpn_id = serializers.CharField(
        max_length=20,
        required=False,
        help_text="A valid MPN ID of the account (owners): orders are placed under it from now on.",
    )


class ResetIn(serializers.Serializer[Any]):
    delivery = serializers.ChoiceField(choices=[services.SHOW, services.MAIL])


RESET_OUT = {
    "allOf": [
        {"$ref": "#/components/schemas/OperationOut"},
        {
            "type": "object",
            "properties": {"credential": {"type": "integer", "description": "For *reveal*."}},
            "required": ["credential"],
        },
    ]
}


class RevealOut(serializers.Serializer[Any]):
    login = serializers.CharField()
    password = serializers.CharField()


class Tenants(ListAPIView[Tenant]):
    """Licence groups of the account."""

    serializer_class = TenantOut
    queryset = Tenant.objects.none()

    def get_queryset(self) -> Any:
        rows = tenants_of(actor_of(self.request))
        return rows.select_related("partner_id", "gdap").order_by("sort_name", "pk")


class OneTenant(APIView):
    """One licence group; PATCH changes its display name, or its MPN ID."""

    @extend_schema(responses=TenantOut)
    def get(self, request: Request, service_name: str) -> Response:
        return Response(TenantOut(tenant_for(actor_of(request), service_name)).data)

    @extend_schema(request=ChangeIn, responses=TenantOut)
    def patch(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
        body = ChangeIn(data=request.data)
        body.is_valid(raise_exception=True)
        if "mpn_id" in body.validated_data:
            actor.need(Role.OWNER)
            _move(actor, tenant, body.validated_data["mpn_id"])
        if "display_name" in body.validated_data:
            name = body.validated_data["display_name"]
            services.rename(tenant=tenant, display_name=name, by=actor.by)
        return Response(TenantOut(tenant).data)


def _move(actor: Actor, tenant: Tenant, mpn_id: str) -> None:
    chosen = actor.account.partner_ids.filter(mpn_id=mpn_id).first()
    if chosen is None:
        raise Impossible(_("Choose a valid MPN ID of your account."), field="mpn_id")
    compliance.move(tenant=tenant, partner_id=chosen, by=actor.by)


class ResetPassword(APIView):
    """A new password for the first administrator: shown once by *reveal*, or mailed."""

    @extend_schema(request=ResetIn, responses={202: RESET_OUT})
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
        body = ResetIn(data=request.data)
        body.is_valid(raise_exception=True)
        delivery = body.validated_data["delivery"]
        operation = services.reset_admin_password(tenant=tenant, delivery=delivery, actor=actor)
        return accepted(operation, credential=operation.params["credential"])


class AcceptAgreement(APIView):
    """The customer has accepted Microsoft's agreement (again): who, and when."""

    @extend_schema(request=AttestedIn, responses={202: OperationOut})
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.MANAGER)
        body = AttestedIn(data=request.data)
        body.is_valid(raise_exception=True)
        attested = Attested(**body.validated_data)
        return accepted(services.accept_agreement(tenant=tenant, attested=attested, by=actor.by))


class RenewRights(APIView):
    """Put off the end of the delegated rights, or ask the customer anew after it."""

    @extend_schema(request=None, responses={202: OperationOut})
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
        return accepted(rights.renew_rights(tenant=tenant, by=actor.by))


class Reveal(APIView):
    """The password, once, to the one who asked for the reset."""

    @extend_schema(request=None, responses=RevealOut)
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        credential = credential_for(actor, pk)
        actor.need(Role.OPERATOR)
        password = services.reveal(credential=credential, by=actor.by)
        return Response(
            {"login": credential.login, "password": password},
            headers={"Cache-Control": "no-store"},
        )
