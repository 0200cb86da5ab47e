"""Runs: begin, look, decide, launch, undo, give up."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from dnsconfig import intake, services
from dnsconfig.access import domain_for, plan_for, plans_of
from dnsconfig.api.values import DecisionsIn, PlanIn, PlanOut, PlanRow
from dnsconfig.models import DnsPlan
from tenants.access import tenant_for


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
        data = wish.validated_data
        dkim = data.get("dkim", ["", ""])
        plan = intake.begin(
            actor=actor,
            tenant=tenant,
            domain_name=data["domain"],
            wanted=data["services"],
            extras={"dkim1": dkim[0], "dkim2": dkim[1], "report_to": data["dmarc_report_to"]},
            is_dry=data["dry_run"],
        )
        return _accepted(plan)


class OnePlan(APIView):
    """One run: poll it while its state is preparing, writing or publishing."""

    @extend_schema(responses=PlanOut)
    def get(self, request: Request, service_name: str, pk: int) -> Response:
        return Response(PlanOut(plan_for(actor_of(request), service_name, pk)).data)


class Decide(APIView):
    """Choose among the options of changes; only what is named changes."""

    @extend_schema(request=DecisionsIn, responses={202: PlanOut})
    def post(self, request: Request, service_name: str, pk: int) -> Response:
        actor = actor_of(request)
        plan = plan_for(actor, service_name, pk, need=Role.OPERATOR)
        wish = DecisionsIn(data=request.data)
        wish.is_valid(raise_exception=True)
        decisions = wish.validated_data["decisions"]
        return _accepted(services.decide(plan=plan, decisions=decisions, by=actor.by))


class Undo(APIView):
    """Plan the way back from a run; the answer is a run of its own, to be launched."""

    @extend_schema(request=None, responses={202: PlanOut})
    def post(self, request: Request, service_name: str, pk: int) -> Response:
        actor = actor_of(request)
        plan = plan_for(actor, service_name, pk, need=Role.OPERATOR)
        return _accepted(services.undo(plan=plan, by=actor.by))


class Withdraw(APIView):
    """Plan to take away what is still ours in a domain's zone."""

    @extend_schema(request=None, responses={202: PlanOut})
    def post(self, request: Request, service_name: str, name: str) -> Response:
        actor = actor_of(request)
        domain = domain_for(actor, service_name, name, need=Role.OPERATOR)
        return _accepted(services.withdraw(domain=domain, by=actor.by))


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
