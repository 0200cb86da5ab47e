"""REST of the health of domains."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut, accepted
from dnsconfig.health import results, services, shown
from dnsconfig.health.access import domain_for
from dnsconfig.models import Domain


class CheckOut(serializers.Serializer[Any]):
    check = serializers.CharField(help_text="Which check, e.g. mx.")
    state = serializers.ChoiceField(choices=[one.value for one in results.Health], source="health")
    code = serializers.CharField(source="result.code", help_text="What was seen, for programs.")
    label = serializers.CharField()  # type: ignore[assignment]
    text = serializers.CharField(help_text="What was seen and what to do, for people.")
    weight = serializers.IntegerField(help_text="What it counts in the score.")
    facts = serializers.DictField(source="result.facts")


class HealthOut(serializers.Serializer[Any]):
    domain = serializers.CharField()
    score = serializers.IntegerField(
        min_value=0, max_value=100, allow_null=True, help_text="Null while nothing is known."
    )
    checked_at = serializers.DateTimeField(allow_null=True)
    checks = CheckOut(many=True)


class Health(APIView):
    """The latest look at a domain; POST looks again."""

    @extend_schema(responses=HealthOut)
    def get(self, request: Request, service_name: str, name: str) -> Response:
        domain = domain_for(actor_of(request), service_name, name)
        return Response(HealthOut(_latest(domain)).data)

    @extend_schema(request=None, responses={202: OperationOut})
    def post(self, request: Request, service_name: str, name: str) -> Response:
        actor = actor_of(request)
        domain = domain_for(actor, service_name, name, need=Role.OPERATOR)
        return accepted(services.check_now(domain=domain, by=actor.by))


def _latest(domain: Domain) -> dict[str, Any]:
    look = domain.health_checks.first()
    return {
        "domain": domain.name,
        "score": look.score if look else None,
        "checked_at": look.checked_at if look else None,
        "checks": shown.rows_of(look) if look else [],
    }
