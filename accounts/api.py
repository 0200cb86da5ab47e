"""REST of accounts: who am I, members, MPN IDs; the same calls as the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import remote, services
from accounts.access import actor_of, partner_board, partner_id_for
from accounts.models import Account, Membership, PartnerId, Role
from accounts.operations.api import OperationOut, accepted

PATIENT = 20.0
"""Seconds to wait for Microsoft's word on an MPN ID."""


class AccountOut(serializers.ModelSerializer[Account]):
    class Meta:
        model = Account
        fields = [
            "nic_handle", "name", "country", "region", "language", "time_zone", "currency",
            "spend_limit", "approval_above",
        ]  # fmt: skip


class MeOut(serializers.Serializer[Any]):
    email = serializers.EmailField(help_text="The person the token acts as.")
    role = serializers.ChoiceField(choices=Role.choices, help_text="What the token may do.")
    language = serializers.CharField()
    account = AccountOut()


class MemberOut(serializers.ModelSerializer[Membership]):
    email = serializers.EmailField(source="user.email")
    name = serializers.CharField(source="user.get_full_name")
    services = serializers.SerializerMethodField(help_text="How many services `reach` names.")

    class Meta:
        model = Membership
        fields = ["id", "email", "name", "role", "reach", "services", "created_at"]

    def get_services(self, membership: Membership) -> int:
        return len(membership.chosen)


class PartnerIdOut(serializers.ModelSerializer[PartnerId]):
    reason = serializers.CharField(help_text="Why it is not valid.")
    next_step = serializers.CharField(source="next_step.advice", help_text="What to do about it.")
    next_step_url = serializers.CharField(source="next_step.link")
    services = serializers.SerializerMethodField(help_text="Number of services under it.")

    class Meta:
        model = PartnerId
        fields = [
            "id", "mpn_id", "name", "tenant_id", "state", "code", "reason", "next_step",
            "next_step_url", "services", "invalid_since", "grace_until", "checked_at", "created_at",
        ]  # fmt: skip

    def get_services(self, partner: PartnerId) -> int:
        """Counted with the list; one row alone is counted here."""
        counted: int | None = getattr(partner, "services", None)
        return partner.tenants.count() if counted is None else counted


class PartnerIdIn(serializers.Serializer[Any]):
    mpn_id = serializers.CharField(max_length=40, help_text="5 to 10 digits.")
    confirmed_name = serializers.CharField(
        max_length=200,
        required=False,
        default="",
        help_text="Given: registered only if Microsoft knows the ID by this name.",
    )


class Me(APIView):
    """The person, the account and the role that the token stands for."""

    @extend_schema(responses=MeOut)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        me = {
            "email": actor.user.email,
            "role": actor.role,
            "language": actor.user.language,
            "account": actor.account,
        }
        return Response(MeOut(me).data)


class Members(ListAPIView[Membership]):
    """Members of the account and their roles."""

    serializer_class = MemberOut
    queryset = Membership.objects.none()

    def get_queryset(self) -> QuerySet[Membership]:
        return actor_of(self.request).account.memberships.select_related("user")


class PartnerIds(ListAPIView[PartnerId]):
    """MPN (Partner) IDs of the account; POST asks Microsoft and registers one."""

    serializer_class = PartnerIdOut
    queryset = PartnerId.objects.none()
    filterset_fields = ["state", "mpn_id"]

    def get_queryset(self) -> QuerySet[PartnerId]:
        return partner_board(actor_of(self.request))

    @extend_schema(request=PartnerIdIn, responses={201: PartnerIdOut})
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        actor.need(Role.OWNER)
        body = PartnerIdIn(data=request.data)
        body.is_valid(raise_exception=True)
        mpn_id = body.validated_data["mpn_id"].strip()
        verdict = remote.ask(alias=actor.account.region, mpn_id=mpn_id, timeout=PATIENT)
        partner = services.register_partner_id(
            account=actor.account,
            verdict=verdict,
            confirmed_name=body.validated_data["confirmed_name"],
            by=actor.by,
        )
        location = f"/api/v1/partner-ids/{partner.pk}"
        out = PartnerIdOut(partner).data
        return Response(out, status=status.HTTP_201_CREATED, headers={"Location": location})


class PartnerIdDetail(APIView):
    """One MPN ID."""

    @extend_schema(responses=PartnerIdOut)
    def get(self, request: Request, pk: int) -> Response:
        return Response(PartnerIdOut(partner_id_for(actor_of(request), pk)).data)


class PartnerIdRecheck(APIView):
    """Let Microsoft judge an MPN ID again."""

    @extend_schema(request=None, responses={202: OperationOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        partner = partner_id_for(actor, pk, need=Role.OWNER)
        return accepted(services.recheck(partner_id=partner, by=actor.by))
