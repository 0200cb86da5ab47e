"""Pages and API of subscriptions and the catalogue."""

from django.urls import path

from subscriptions import api, catalogue_api, price_views, views

app_name = "subscriptions"
urlpatterns = [
    path("subscriptions/<int:pk>/seats/", views.seats, name="seats"),
    path("subscriptions/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("prices/changes/", price_views.index, name="price_changes"),
    path("api/v1/catalogue", catalogue_api.Catalogue.as_view(), name="api_catalogue"),
    path(
        "api/v1/catalogue/<int:pk>/prices",
        catalogue_api.History.as_view(),
        name="api_price_history",
    ),
    path("api/v1/price-changes", catalogue_api.Changes.as_view(), name="api_price_changes"),
    path(
        "api/v1/tenants/<str:service_name>/catalogue",
        catalogue_api.TenantCatalogue.as_view(),
        name="api_tenant_catalogue",
    ),
    path(
        "api/v1/tenants/<str:service_name>/subscriptions",
        api.Subscriptions.as_view(),
        name="api_subscriptions",
    ),
    path("api/v1/subscriptions/<int:pk>", api.OneSubscription.as_view(), name="api_subscription"),
    path("api/v1/subscriptions/<int:pk>/seats", api.Seats.as_view(), name="api_seats"),
    path("api/v1/subscriptions/<int:pk>/cancel", api.Cancel.as_view(), name="api_cancel"),
]
