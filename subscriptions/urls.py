"""Pages and API of subscriptions and the catalogue."""

from django.urls import path

from subscriptions import api, views
from subscriptions.pages import PAGES

app_name = "subscriptions"
_ONE = "api/v1/subscriptions/<int:pk>"
urlpatterns = [
    path("renewals/", views.renewals, name="renewals"),
    path("subscriptions/<int:pk>/", views.subscription, name="subscription"),
    path("subscriptions/<int:pk>/look/", views.look, name="look"),
    path("subscriptions/<int:pk>/upgrade/", views.upgrade, name="upgrade"),
    *(
        path(f"subscriptions/<int:pk>/{page}/", views.change, {"page": page}, name=page)
        for page in PAGES
    ),
    path("approvals/<int:pk>/", views.approval, name="approval"),
    path("approvals/<int:pk>/decide/", views.decide, name="decide"),
    path("approvals/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("prices/changes/", views.price_changes, name="price_changes"),
    path("api/v1/catalogue", api.Catalogue.as_view(), name="api_catalogue"),
    path("api/v1/catalogue/<int:pk>/prices", api.PriceHistory.as_view(), name="api_price_history"),
    path("api/v1/price-changes", api.PriceChanges.as_view(), name="api_price_changes"),
    path(
        "api/v1/tenants/<str:service_name>/catalogue",
        api.TenantCatalogue.as_view(),
        name="api_tenant_catalogue",
    ),
    path("api/v1/renewals", api.Renewals.as_view(), name="api_renewals"),
    path(
        "api/v1/tenants/<str:service_name>/subscriptions",
        api.Subscriptions.as_view(),
        name="api_subscriptions",
    ),
    path(_ONE, api.OneSubscription.as_view(), name="api_subscription"),
    path(f"{_ONE}/seats", api.Seats.as_view(), name="api_seats"),
    path(f"{_ONE}/cancel", api.Cancel.as_view(), name="api_cancel"),
    path(f"{_ONE}/preview", api.PreviewChange.as_view(), name="api_preview"),
    path(f"{_ONE}/changes", api.Changes.as_view(), name="api_changes"),
    path(f"{_ONE}/schedule", api.Schedule.as_view(), name="api_schedule"),
    path("api/v1/approvals", api.WaitingChanges.as_view(), name="api_approvals"),
    path("api/v1/approvals/<int:pk>", api.OneWaitingChange.as_view(), name="api_approval"),
    path("api/v1/approvals/<int:pk>/approve", api.Approve.as_view(), name="api_approve"),
    path("api/v1/approvals/<int:pk>/refuse", api.Refuse.as_view(), name="api_refuse"),
    path("api/v1/approvals/<int:pk>/take-back", api.TakeBack.as_view(), name="api_take_back"),
    path(f"{_ONE}/upgrades", api.Upgrades.as_view(), name="api_upgrades"),
]
