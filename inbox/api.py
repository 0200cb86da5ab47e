"""REST of notifications: a token reads those of its person."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import actor_of
from common.clock import microsoft_now
from inbox.access import notification_for, shown_to
from inbox.forms import Filters
from inbox.models import Notification


class NotificationOut(serializers.ModelSerializer[Notification]):
    kind = serializers.CharField(source="event.kind", help_text="The kind of event.")
    severity = serializers.CharField(help_text="good, info, warn or bad.")
    text = serializers.CharField(help_text="What happened, in the language asked for.")
    about = serializers.CharField(help_text="The name of what it is about.")
    url = serializers.SerializerMethodField(help_text="Where to look and act.")
    event = serializers.IntegerField(source="event_id", help_text="Its event.")

    class Meta:
        model = Notification
        fields = [
            "id", "event", "kind", "topic", "severity", "text", "about", "url", "made_at",
            "read_at",
        ]  # fmt: skip

    def get_url(self, row: Notification) -> str:
        return f"{settings.PORTAL_URL}{row.target}"


class Notifications(ListAPIView[Notification]):
    """What the token's person is told in this account, newest first."""

    serializer_class = NotificationOut

    def get_queryset(self) -> QuerySet[Notification]:
        if getattr(self, "swagger_fake_view", False):
            return Notification.objects.none()
        return Filters(self.request.GET).kept(shown_to(actor_of(self.request))).for_page()

    @extend_schema(
        operation_id="notifications_list",
        parameters=[
            OpenApiParameter("show", enum=["unread"], description="Only what is not read."),
            OpenApiParameter("topic", description="Only this topic."),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class Read(APIView):
    @extend_schema(operation_id="notifications_read", request=None, responses=NotificationOut)
    def post(self, request: Request, pk: int) -> Response:
        """Mark one as read; again is no error."""
        actor = actor_of(request)
        notification_for(actor, pk).read(microsoft_now())
        return Response(NotificationOut(notification_for(actor, pk)).data)
