"""One include per room, nothing else."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("health/", include("reseller_portal.health")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("sign-in/", include("allauth.account.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include("accounts.urls")),
    path("", include("orders.urls")),
    path("", include("subscriptions.urls")),
    path("", include("cashback.urls")),
    path("", include("dnsconfig.urls")),
    path("", include("sync.urls")),
    path("", include("tenants.urls")),
    path("", include("accounts.operations.urls")),
    path("", include("panel.urls")),
]
