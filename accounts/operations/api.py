"""REST of operations and events; what others answer with `202`."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from accounts.operations import services
from accounts.operations.access import events_for, operation_for, operations_for
from accounts.operations.labels import label_of
from journal.models import Event, Operation


class OperationOut(serializers.ModelSerializer[Operation]):
    """An operation without what is sent and without secrets."""

    function = serializers.SerializerMethodField(help_text="What it does, in words.")
    error_text = serializers.SerializerMethodField(help_text="Last error, or what it waits for.")
    attempts = serializers.IntegerField(source="attempt", help_text="How often it was tried.")

    class Meta:
        model = Operation
        fields = [
            "id", "kind", "function", "subject", "listed_under", "journey", "state", "next_actor",
            "error_code", "error_text", "error_field", "attempts", "request_id", "by_label",
            "created_at", "started_at", "finished_at", "updated_at",
        ]  # fmt: skip

    def get_function(self, operation: Operation) -> str:
        return label_of(operation.kind)

    def get_error_text(self, operation: Operation) -> str:
        return gettext(operation.error_text) if operation.error_text else ""


class EventOut(serializers.ModelSerializer[Event]):
    class Meta:
        model = Event
        fields = ["id", "kind", "subject", "listed_under", "data", "operation", "by_label", "at"]


def accepted(operation: Operation, **more: Any) -> Response:
    """`202 Accepted`: the operation, where to ask for it, and what else the caller needs."""
    place = reverse("operations:api_operation", args=[operation.pk])
    body = {**OperationOut(operation).data, **more}
    return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": place})


class Operations(ListAPIView[Operation]):
    """Tasks of the account, newest first."""

    serializer_class = OperationOut
    queryset = Operation.objects.none()
    filterset_fields = ["state", "kind", "subject", "listed_under", "journey", "next_actor"]

    def get_queryset(self) -> QuerySet[Operation]:
        return operations_for(actor_of(self.request))


class OneOperation(APIView):
    """One task."""

    @extend_schema(responses=OperationOut)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OperationOut(operation_for(actor_of(request), pk)).data)


class RetryOperation(APIView):
    """Try a failed task again, once what was wrong has been corrected."""

    @extend_schema(request=None, responses={202: OperationOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        operation = operation_for(actor, pk, change=True)
        return accepted(services.retry(operation=operation, actor=actor))


class CancelOperation(APIView):
    """Give up a task and all that waits for it; only what was not sent yet."""

    @extend_schema(request=None, responses=OperationOut)
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        operation = operation_for(actor, pk, change=True)
        return Response(OperationOut(services.cancel(operation=operation, actor=actor)).data)


class Events(ListAPIView[Event]):
    """What has happened in the account, newest first; for managers, as the audit's page is."""

    serializer_class = EventOut
    queryset = Event.objects.none()
    filterset_fields = ["kind", "subject", "listed_under"]

    def get_queryset(self) -> QuerySet[Event]:
        actor = actor_of(self.request)
        actor.need(Role.MANAGER)
        return events_for(actor)
