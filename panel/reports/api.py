"""REST of reports: the same columns and doors as the pages."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from common.rest import Pages
from panel.lists.export import plain
from panel.reports.catalogue import REPORTS


class ReportOut(serializers.Serializer[Any]):
    name = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    parameters = serializers.ListField(child=serializers.CharField())
    columns = serializers.DictField(child=serializers.CharField(), help_text="Title by name.")


class RowsOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = serializers.ListField(
        child=serializers.DictField(),
        help_text="One object per row, by column; identifiers and amounts as text.",
    )


class Reports(APIView):
    """The reports there are."""

    @extend_schema(responses=ReportOut(many=True))
    def get(self, request: Request) -> Response:
        actor_of(request)
        found = [
            {
                "name": report.name,
                "title": report.title,
                "lead": report.lead,
                "parameters": list(report.parameters.base_fields),
                "columns": {column.name: column.label for column in report.columns},
            }
            for report in REPORTS.values()
        ]
        return Response(ReportOut(found, many=True).data)


class OneReport(APIView):
    """The rows of a report, in pages."""

    @extend_schema(
        parameters=[
            OpenApiParameter("month", str, description="`2027-03`, where the report has a month."),
            OpenApiParameter("state", str, description="Status of the services."),
            OpenApiParameter("page", OpenApiTypes.INT),
            OpenApiParameter("page_size", OpenApiTypes.INT, description="At most 200."),
        ],
        responses=RowsOut,
    )
    def get(self, request: Request, which: str) -> Response:
        actor = actor_of(request)
        report = REPORTS.get(which)
        if report is None:
            raise NotFound
        parameters = report.parameters(request.query_params)
        if parameters.errors:
            raise serializers.ValidationError(
                {name: [str(text) for text in said] for name, said in parameters.errors.items()}
            )
        pages = Pages()
        rows = pages.paginate_queryset(report.rows(actor, parameters.asked), request, view=self)
        found = [
            {column.name: plain(column.value(row)) for column in report.columns}
            for row in report.dressed(actor, list(rows or []))
        ]
        return pages.get_paginated_response(found)
