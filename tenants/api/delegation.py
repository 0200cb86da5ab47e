"""REST of delegations."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut
from common.refusals import Impossible
from tenants import delegation as services
from tenants import intake
from tenants.access import delegation_for, delegations_of
from tenants.api.agreement import AttestedIn
from tenants.models import Delegation
from tenants.wishes import Attested, DelegationWish, tenant_name


class DelegationIn(serializers.Serializer[Any]):
    """`key` makes a repeated call the same wish."""

    key = serializers.UUIDField()
    mpn_id = serializers.CharField(max_length=20)
    tenant_name = serializers.CharField(
        max_length=70, help_text="The existing tenant's `….onmicrosoft.com`, exactly."
    )
    company = serializers.CharField(max_length=100, min_length=2)
    first_name = serializers.CharField(max_length=50)
    last_name = serializers.CharField(max_length=50)
    email = serializers.EmailField(help_text="The customer's administrator: gets the link.")
    phone = serializers.CharField(max_length=30, required=False, default="", allow_blank=True)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default="en")


class ValidateIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=70, help_text="The tenant's exact name once more.")
    agreement = AttestedIn(
        required=False, default=None, help_text="Not needed where `has_agreement`."
    )


class DelegationRow(serializers.ModelSerializer[Delegation]):
    mpn_id = serializers.CharField(source="partner_id.mpn_id")
    tenant = serializers.CharField(
        source="tenant.service_name", default="", help_text="The service, once it exists."
    )
    reason = serializers.CharField(source="why")

    class Meta:
        model = Delegation
        fields = [
            "id", "tenant_name", "state", "reason", "mpn_id", "company", "wished_by", "wished_at",
            "appeared_at", "validated_by", "validated_at", "tenant",
        ]  # fmt: skip


class DelegationOut(DelegationRow):
    steps = serializers.SerializerMethodField()

    class Meta(DelegationRow.Meta):
        fields = [
            *DelegationRow.Meta.fields, "first_name", "last_name", "email", "phone", "language",
            "link", "microsoft_id", "has_agreement", "agreement_link", "steps",
        ]  # fmt: skip

    def get_steps(self, delegation: Delegation) -> list[dict[str, Any]]:
        return list(OperationOut(delegation.steps(), many=True).data)


class Delegations(ListAPIView[Delegation]):
    """Delegations of the account; POST wishes for one."""

    serializer_class = DelegationRow
    queryset = Delegation.objects.none()

    def get_queryset(self) -> Any:
        return delegations_of(actor_of(self.request))

    @extend_schema(request=DelegationIn, responses={202: DelegationOut})
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        actor.need(Role.MANAGER)
        data = _valid(DelegationIn(data=request.data))
        name = tenant_name(data.pop("tenant_name"))
        wish = DelegationWish(form_key=data.pop("key"), tenant_name=name, **data)
        return _accepted(intake.take_delegation(actor=actor, wish=wish))


class OneDelegation(APIView):
    """One delegation: its state, the consent link, the steps."""

    @extend_schema(responses=DelegationOut)
    def get(self, request: Request, pk: int) -> Response:
        return Response(DelegationOut(delegation_for(actor_of(request), pk)).data)


class ValidateDelegation(APIView):
    """The second validation; the tenant is this account's for ever."""

    @extend_schema(request=ValidateIn, responses={202: DelegationOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        delegation = delegation_for(actor, pk, need=Role.MANAGER)
        data = _valid(ValidateIn(data=request.data))
        said = data["agreement"]
        services.validate(
            delegation=delegation,
            name=data["name"],
            attested=Attested(**said) if said else None,
            actor=actor,
        )
        return _accepted(delegation)


class CancelDelegation(APIView):
    """Give it up, at any stage before the service exists."""

    @extend_schema(request=None, responses=DelegationOut)
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        delegation = delegation_for(actor, pk, need=Role.MANAGER)
        services.give_up(delegation=delegation, by=actor.by)
        return Response(DelegationOut(delegation).data)


class LookAgain(APIView):
    """The customer says that it is done: ask Microsoft now."""

    @extend_schema(request=None, responses={202: DelegationOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        delegation = delegation_for(actor, pk, need=Role.MANAGER)
        if not services.look_again(delegation=delegation, by=actor.by):
            raise Impossible(_("Nothing is waited for."), code="state")
        return _accepted(delegation)


def _valid(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def _accepted(delegation: Delegation) -> Response:
    location = f"/api/v1/delegations/{delegation.pk}"
    return Response(DelegationOut(delegation).data, status=202, headers={"Location": location})
