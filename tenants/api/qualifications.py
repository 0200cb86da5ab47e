"""REST of qualifications: the same calls as the page."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut, accepted
from tenants import qualifications, terms
from tenants.access import tenant_for
from tenants.models import EducationKind, Qualification


class QualificationOut(serializers.ModelSerializer[Qualification]):
    class Meta:
        model = Qualification
        fields = [
            "segment", "state", "reason", "education_kind", "website", "asked_by", "asked_at",
            "vetting_since", "decided_at", "as_of",
        ]  # fmt: skip


class QualificationIn(serializers.Serializer[Any]):
    segment = serializers.CharField(help_text="education, nonprofit, government.")
    education_kind = serializers.ChoiceField(
        choices=EducationKind.choices, required=False, default="", allow_blank=True
    )
    website = serializers.URLField(required=False, default="", allow_blank=True)


class TermsOut(serializers.Serializer[Any]):
    segment = serializers.CharField()
    version = serializers.CharField()
    url = serializers.URLField()
    accepted_by = serializers.CharField(help_text="Empty: nobody has accepted this version.")
    accepted_at = serializers.DateTimeField(allow_null=True)


class Qualifications(APIView):
    """How far Microsoft is with the segments of a customer; POST asks for one more."""

    @extend_schema(responses=QualificationOut(many=True))
    def get(self, request: Request, service_name: str) -> Response:
        tenant = tenant_for(actor_of(request), service_name)
        return Response(QualificationOut(tenant.qualifications.all(), many=True).data)

    @extend_schema(request=QualificationIn, responses={202: OperationOut})
    def post(self, request: Request, service_name: str) -> Response:
        actor = actor_of(request)
        tenant = tenant_for(actor, service_name, need=Role.MANAGER)
        body = QualificationIn(data=request.data)
        body.is_valid(raise_exception=True)
        asked = qualifications.ask_qualification(tenant=tenant, by=actor.by, **body.validated_data)
        return accepted(asked)


class SpecialTerms(APIView):
    """Microsoft's special terms for the segments of a customer, and who has accepted them."""

    @extend_schema(responses=TermsOut(many=True))
    def get(self, request: Request, service_name: str) -> Response:
        tenant = tenant_for(actor_of(request), service_name)
        language = get_language() or "en"
        return Response(TermsOut(terms.overview(tenant=tenant, language=language), many=True).data)
