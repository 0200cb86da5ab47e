"""REST of the cashback: statements and their lines."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from cashback.access import lines_of, statement_for, statements_for
from cashback.models import Line, Statement
from cashback.wording import rule_of


class StatementOut(serializers.ModelSerializer[Statement]):
    mpn_id = serializers.CharField(source="partner_id.mpn_id")
    is_estimate = serializers.SerializerMethodField(help_text="True until the month is closed.")

    class Meta:
        model = Statement
        fields = [
            "id", "mpn_id", "month", "currency", "total", "is_estimate", "computed_at", "frozen_at",
        ]  # fmt: skip

    def get_is_estimate(self, statement: Statement) -> bool:
        return not statement.is_frozen


class CashbackLineOut(serializers.ModelSerializer[Line]):
    rule = serializers.SerializerMethodField(help_text="The rule that produced the amount.")
    service_name = serializers.CharField(source="subscription.tenant.service_name", default="")
    licence_name = serializers.CharField(source="subscription.name", default="")

    class Meta:
        model = Line
        fields = [
            "number", "subscription", "service_name", "licence_name", "peak_seats", "peak_day",
            "unit_price", "billing_cycle", "base", "amount", "volume", "rule", "is_capped",
            "corrects",
        ]  # fmt: skip

    def get_rule(self, line: Line) -> str:
        return rule_of(line)


class Statements(ListAPIView[Statement]):
    """Cashback per MPN ID, month and currency; an estimate until the month is closed."""

    serializer_class = StatementOut
    queryset = Statement.objects.none()
    filterset_fields = ["month", "currency"]

    def get_queryset(self) -> Any:
        return statements_for(actor_of(self.request))


class OneStatement(APIView):
    """One statement."""

    @extend_schema(responses=StatementOut)
    def get(self, request: Request, pk: int) -> Response:
        return Response(StatementOut(statement_for(actor_of(request), pk)).data)


class Lines(ListAPIView[Line]):
    """The lines of a statement, each with its rule."""

    serializer_class = CashbackLineOut
    queryset = Line.objects.none()

    def get_queryset(self) -> Any:
        return lines_of(statement_for(actor_of(self.request), self.kwargs["pk"]))
