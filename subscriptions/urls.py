"""Pages and API of subscriptions and the catalogue."""

from django.urls import path

from subscriptions import api, views

app_name = "subscriptions"
urlpatterns = [
    path("subscriptions/<int:pk>/seats/", views.seats, name="seats"),
    path("subscriptions/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("api/v1/catalogue", api.Catalogue.as_view(), name="api_catalogue"),
    path(
        "api/v1/tenants/<str:service_name>/subscriptions",
        api.Subscriptions.as_view(),
        name="api_subscriptions",
    ),
    path("api/v1/subscriptions/<int:pk>", api.OneSubscription.as_view(), name="api_subscription"),
    path("api/v1/subscriptions/<int:pk>/seats", api.Seats.as_view(), name="api_seats"),
    path("api/v1/subscriptions/<int:pk>/cancel", api.Cancel.as_view(), name="api_cancel"),
]
