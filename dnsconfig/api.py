"""REST of the automatic domain configuration: the same calls as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut
from dnsconfig import intake, services, shown
from dnsconfig.access import connections_of, domains_of, plan_for, plans_of
from dnsconfig.desired import SERVICES
from dnsconfig.models import DnsPlan, Domain
from journal.models import Operation
from tenants.access import tenant_for


class ZoneOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    provider = serializers.CharField()
    connection = serializers.CharField(help_text="The name that its owner gave the keys.")


class PlanIn(serializers.Serializer[Any]):
    domain = serializers.CharField(max_length=300, help_text="In, or equal to, one of the zones.")
    services = serializers.ListField(
        child=serializers.ChoiceField(choices=SERVICES), allow_empty=False
    )


class DomainOut(serializers.ModelSerializer[Domain]):
    class Meta:
        model = Domain
        fields = ["name", "zone", "services", "verified_at", "configured_at", "created_at"]


class ChangeOut(serializers.Serializer[Any]):
    action = serializers.ChoiceField(choices=["add", "keep", "conflict"])
    name = serializers.CharField()
    type = serializers.CharField()
    value = serializers.CharField()
    found = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField()


class PlanRow(serializers.ModelSerializer[DnsPlan]):
    domain = serializers.CharField(source="domain.name")
    state = serializers.CharField(help_text="One of the states of a single run.")

    class Meta:
        model = DnsPlan
        fields = ["id", "domain", "services", "state", "created_at", "finished_at"]


class PlanOut(serializers.ModelSerializer[DnsPlan]):
    """A run with its diff, the servers' answers and its steps."""

    domain = serializers.CharField(source="domain.name")
    zone = serializers.CharField(source="domain.zone")
    changes = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()
    problem = serializers.SerializerMethodField()
    operations = serializers.SerializerMethodField()

    class Meta:
        model = DnsPlan
        fields = [
            "id", "domain", "zone", "services", "state", "is_stale", "changes", "warnings",
            "problem", "published", "operations", "by_label", "created_at", "launched_at",
            "finished_at",
        ]  # fmt: skip

    @extend_schema_field(ChangeOut(many=True))
    def get_changes(self, plan: DnsPlan) -> list[dict[str, Any]]:
        return list(ChangeOut(shown.rows_of(plan), many=True).data)

    def get_warnings(self, plan: DnsPlan) -> list[str]:
        return shown.cautions_of(plan)

    def get_problem(self, plan: DnsPlan) -> str:
        return shown.problem_of(plan)

    @extend_schema_field(OperationOut(many=True))
    def get_operations(self, plan: DnsPlan) -> list[dict[str, Any]]:
        steps = Operation.objects.filter(journey=plan.journey).order_by("pk")
        return list(OperationOut(steps, many=True).data)


class Zones(APIView):
    """The account's zones, as last listed."""

    @extend_schema(responses=ZoneOut(many=True))
    def get(self, request: Request) -> Response:
        rows = [
            {"name": zone, "provider": connection.provider, "connection": connection.label}
            for connection in connections_of(actor_of(request))
            for zone in connection.zones
        ]
        return Response(ZoneOut(rows, many=True).data)


class Domains(ListAPIView[Domain]):
    """Domains of a tenant."""

    serializer_class = DomainOut
    queryset = Domain.objects.none()

    def get_queryset(self) -> Any:
        return domains_of(tenant_for(actor_of(self.request), self.kwargs["service_name"]))


class Plans(ListAPIView[DnsPlan]):
    """Runs of a tenant's domains, newest first; POST begins one."""

    serializer_class = PlanRow
    queryset = DnsPlan.objects.none()

    def get_queryset(self) -> Any:
        return plans_of(tenant_for(actor_of(self.request), self.kwargs["service_name"]))

    @extend_schema(request=PlanIn, responses={202: PlanOut})
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
        wish = PlanIn(data=request.data)
        wish.is_valid(raise_exception=True)
        plan = intake.begin(
            actor=actor,
            tenant=tenant,
            domain_name=wish.validated_data["domain"],
            wanted=wish.validated_data["services"],
        )
        return _accepted(plan)


class OnePlan(APIView):
    """One run: poll it while its state is preparing, writing or publishing."""

    @extend_schema(responses=PlanOut)
    def get(self, request: Request, service_name: str, pk: int) -> Response:
        return Response(PlanOut(plan_for(actor_of(request), service_name, pk)).data)


class Launch(APIView):
    """Write the records of a plan that is ready."""

    @extend_schema(request=None, responses={202: PlanOut})
    def post(self, request: Request, service_name: str, pk: int) -> Response:
        actor = actor_of(request)
        plan = plan_for(actor, service_name, pk, need=Role.OPERATOR)
        return _accepted(services.launch(plan=plan, by=actor.by))


class GiveUp(APIView):
    """End a run; what is written stays."""

    @extend_schema(request=None, responses=PlanOut)
    def post(self, request: Request, service_name: str, pk: int) -> Response:
        actor = actor_of(request)
        plan = plan_for(actor, service_name, pk, need=Role.OPERATOR)
        services.give_up(plan=plan, by=actor.by)
        return Response(PlanOut(plan).data)


def _accepted(plan: DnsPlan) -> Response:
    tenant = plan.domain.tenant.service_name
    location = f"/api/v1/tenants/{tenant}/dns-plans/{plan.pk}"
    return Response(PlanOut(plan).data, status=202, headers={"Location": location})
