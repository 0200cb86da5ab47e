"""Liveness and readiness, for balancers and for `make run`."""

from django.db import OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """200 when pages can be served: the database answers. The broker may be away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"status": "database away"}, status=503)
    return JsonResponse({"status": "ok"})


app_name = "health"
urlpatterns = [path("live", live, name="live"), path("ready", ready, name="ready")]
