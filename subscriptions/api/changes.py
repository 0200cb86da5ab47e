"""REST of changes: the same calls as the pages."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import Actor, actor_of
from accounts.models import Role
from accounts.operations.api import OperationOut, accepted
from journal.models import Operation
from subscriptions import services
from subscriptions.access import subscription_for
from subscriptions.api.approvals import shown
from subscriptions.api.values import ChangeIn, PreviewOut, ScheduledOut, told
from subscriptions.contracts import contract_of
from subscriptions.intake import offered
from subscriptions.models import Subscription
from subscriptions.rules import Cancel as CancelNow
from subscriptions.rules import Change, ClearSchedule, Rename, SetSeats
from subscriptions.waiting.asked import APPROVAL

DRY_RUN = OpenApiParameter(
    "dry_run", OpenApiTypes.BOOL, description="`true`: answer the preview, do nothing."
)


class SeatsIn(serializers.Serializer[Any]):
    quantity = serializers.IntegerField(min_value=1, max_value=100_000)


class TargetOut(serializers.Serializer[Any]):
    """A licence that the subscription may become, or not."""

    code = serializers.CharField(help_text="`product:sku`.")
    title = serializers.CharField()
    is_eligible = serializers.BooleanField()
    reason = serializers.CharField(help_text="Microsoft's words when it is not.", allow_blank=True)


class UpgradesOut(serializers.Serializer[Any]):
    upgrades = TargetOut(many=True)
    problem = serializers.CharField(help_text="Why there is none, in words.", allow_blank=True)


class PreviewChange(APIView):
    """What a change would do today; asks nobody and changes nothing."""

    @extend_schema(request=ChangeIn, responses=PreviewOut)
    def post(self, request: Request, pk: int) -> Response:
        subscription = subscription_for(actor_of(request), pk)
        body = ChangeIn(data=request.data)
        body.is_valid(raise_exception=True)
        return _previewed(subscription, body.wish(subscription))


class Changes(APIView):
    """Change a subscription; `204` when it is so already.

    Above the account's amount it waits for an owner: the answer then holds `approval`.
    """

    @extend_schema(
        request=ChangeIn,
        parameters=[DRY_RUN],
        responses={200: PreviewOut, 202: OperationOut, 204: None},
    )
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        subscription = subscription_for(actor, pk, need=Role.OPERATOR)
        body = ChangeIn(data=request.data)
        body.is_valid(raise_exception=True)
        wish = body.wish(subscription)
        actor.need(Role.OPERATOR if isinstance(wish, Rename) else Role.MANAGER)
        if request.query_params.get("dry_run", "").lower() in ("1", "true"):
            return _previewed(subscription, wish)
        expected = body.validated_data.get("expected_amount")
        return _asked(
            services.change(
                subscription=subscription,
                change=wish,
                seen=None if expected is None else services.Seen(expected),
                keep_schedule=body.validated_data["keep_schedule"],
                by=actor.by,
            )
        )


class Seats(APIView):
    """Set the total number of licences."""

    @extend_schema(request=SeatsIn, responses={202: OperationOut, 204: None})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        subscription = subscription_for(actor, pk, need=Role.MANAGER)
        body = SeatsIn(data=request.data)
        body.is_valid(raise_exception=True)
        return _carried_out(actor, subscription, SetSeats(**body.validated_data))


class Cancel(APIView):
    """Cancel the subscription and all its licences, while its window is open."""

    @extend_schema(request=None, responses={202: OperationOut})
    def post(self, request: Request, pk: int) -> Response:
        actor = actor_of(request)
        subscription = subscription_for(actor, pk, need=Role.MANAGER)
        return _carried_out(actor, subscription, CancelNow())


class Schedule(APIView):
    """What the renewal will change."""

    @extend_schema(responses=ScheduledOut(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """What waits for the renewal: a list with one entry, or none."""
        kept = contract_of(subscription_for(actor_of(request), pk)).scheduled
        return Response([kept.to_json()] if kept else [])

    @extend_schema(request=None, responses={202: OperationOut, 204: None})
    def delete(self, request: Request, pk: int) -> Response:
        """Renew as it is."""
        actor = actor_of(request)
        subscription = subscription_for(actor, pk, need=Role.MANAGER)
        return _carried_out(actor, subscription, ClearSchedule())


class Upgrades(APIView):
    """The licences that this one may become, asked of Microsoft now."""

    @extend_schema(responses=UpgradesOut)
    def get(self, request: Request, pk: int) -> Response:
        targets, problem = offered(subscription_for(actor_of(request), pk))
        body = {"upgrades": [asdict(target) for target in targets], "problem": problem}
        return Response(body)


def _carried_out(actor: Actor, subscription: Subscription, wish: Change) -> Response:
    return _asked(services.change(subscription=subscription, change=wish, by=actor.by))


def _asked(operation: Operation | None) -> Response:
    if operation is None:
        return Response(status=204)
    more = {"approval": shown(operation)} if operation.kind == APPROVAL else {}
    return accepted(operation, **more)


def _previewed(subscription: Subscription, wish: Change) -> Response:
    return Response(told(services.preview(subscription=subscription, change=wish)))
