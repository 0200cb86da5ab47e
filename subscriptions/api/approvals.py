"""REST of changes that wait for an owner."""

from typing import Any, Final, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut, accepted
from common.refusals import Impossible
from journal.models import Operation
from subscriptions.access import subscription_for, undecided_for, waiting_change_for
from subscriptions.api.values import PreviewOut, told
from subscriptions.services import Seen
from subscriptions.waiting import deciding
from subscriptions.waiting.asked import STATES, WaitingChange

STATE_NAMES: Final = [(state, state) for state in STATES]


class WaitingChangeOut(serializers.Serializer[Any]):
    """A change that waits for an owner, as it was asked for."""

    id = serializers.IntegerField(source="step.pk", help_text="Of the operation that waits.")
    url = serializers.CharField(source="get_absolute_url", help_text="Its page.")
    subscription = serializers.IntegerField(source="subscription_id")
    name = serializers.CharField(help_text="Of the subscription.")
    change = serializers.DictField(source="step.params.change")
    text = serializers.CharField(help_text="The change in words.")
    amount_now = serializers.DecimalField(
        source="amount", max_digits=14, decimal_places=2, help_text="The first charge, as asked."
    )
    currency = serializers.CharField()
    asked_by = serializers.CharField(source="step.by_label")
    asked_at = serializers.DateTimeField(source="step.created_at")
    state = serializers.ChoiceField(choices=STATE_NAMES)


class DecidedChangeOut(WaitingChangeOut):
    """The same with what it would do today, or what has become of it."""

    today = PreviewOut(allow_null=True, help_text="While it waits.")
    problem = serializers.CharField(allow_blank=True, help_text="Why it is impossible by now.")
    decided_by = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    operation = serializers.IntegerField(allow_null=True, help_text="What carries it out.")


class RefusalIn(serializers.Serializer[Any]):
    reason = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True,
        help_text="The person who asked reads it; needed for a refusal.",
    )  # fmt: skip


class ApprovalIn(RefusalIn):
    expected_amount = serializers.DecimalField(
        required=False, max_digits=14, decimal_places=2,
        help_text="`amount_now` of `today`; without it no more is spent than was asked for.",
    )  # fmt: skip


class WaitingChanges(ListAPIView[Any]):
    """Changes that wait for an owner of the account, the oldest first."""

    serializer_class = WaitingChangeOut
    queryset = Operation.objects.none()

    def get_queryset(self) -> QuerySet[Operation]:
        return undecided_for(actor_of(self.request))

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        return [WaitingChange(step) for step in super().paginate_queryset(queryset) or ()]


class OneWaitingChange(APIView):
    """One change that waits, or has waited."""

    @extend_schema(responses=DecidedChangeOut)
    def get(self, request: Request, pk: int) -> Response:
        return _answered(request, waiting_change_for(actor_of(request), pk))


class Approve(APIView):
    """An owner approves a change, which is made."""

    @extend_schema(request=ApprovalIn, responses={202: OperationOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        waiting = waiting_change_for(actor, pk, need=Role.OWNER)
        body = ApprovalIn(data=request.data)
        body.is_valid(raise_exception=True)
        expected, reason = body.validated_data.get("expected_amount"), body.validated_data["reason"]
        seen = None if expected is None else Seen(expected)
        return accepted(deciding.approve(waiting=waiting, actor=actor, reason=reason, seen=seen))


class Refuse(APIView):
    """An owner does not approve a change; nothing is changed."""

    @extend_schema(request=RefusalIn, responses=DecidedChangeOut)
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        waiting = waiting_change_for(actor, pk, need=Role.OWNER)
        body = RefusalIn(data=request.data)
        body.is_valid(raise_exception=True)
        deciding.refuse(waiting=waiting, actor=actor, reason=body.validated_data["reason"])
        return _answered(request, waiting)


class TakeBack(APIView):
    """The person who asked takes the change back."""

    @extend_schema(request=None, responses=DecidedChangeOut)
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        waiting = waiting_change_for(actor, pk, need=Role.MANAGER)
        deciding.take_back(waiting=waiting, actor=actor)
        return _answered(request, waiting)


def shown(step: Operation) -> dict[str, Any]:
    """What waits, beside the operation that a change answers with."""
    return cast(dict[str, Any], WaitingChangeOut(WaitingChange(step)).data)


def _answered(request: Request, waiting: WaitingChange) -> Response:
    today, problem = None, ""
    if waiting.is_undecided:
        try:
            row = subscription_for(actor_of(request), waiting.subscription_id)
            today = told(deciding.preview_of(waiting, row))
        except Impossible as error:
            problem = str(error)
    ended, change = waiting.ended_by(), waiting.carried_out_by()
    facts = {
        "today": today,
        "problem": problem,
        "decided_by": ended.by_label if ended else "",
        "decided_at": ended.at if ended else None,
        "reason": ended.data.get("reason", "") if ended else "",
        "operation": change.pk if change else None,
    }
    return Response({**shown(waiting.step), **facts})
