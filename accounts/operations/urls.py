"""Tasks in progress and events: pages and REST."""

from django.contrib.auth.decorators import login_required
from django.urls import path
from django.views.generic import RedirectView

from accounts.operations import api, views

app_name = "operations"
urlpatterns = [
    path(
        "tasks/",
        login_required(
            RedirectView.as_view(
                pattern_name="panel:operations", query_string=True, http_method_names=["get"]
            )
        ),
        name="index",
    ),
    path("operations/steps/", views.steps, name="steps"),
    path("operations/<int:pk>/", views.operation, name="operation"),
    path("operations/<int:pk>/retry/", views.retry, name="retry"),
    path("operations/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("api/v1/operations", api.Operations.as_view(), name="api_operations"),
    path("api/v1/operations/<int:pk>", api.OneOperation.as_view(), name="api_operation"),
    path("api/v1/operations/<int:pk>/retry", api.RetryOperation.as_view(), name="api_retry"),
    path("api/v1/operations/<int:pk>/cancel", api.CancelOperation.as_view(), name="api_cancel"),
    path("api/v1/events", api.Events.as_view(), name="api_events"),
]
