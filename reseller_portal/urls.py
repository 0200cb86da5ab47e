"""One include per room, nothing else."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

# Django's own sign-in asks for no second factor.
if settings.STAFF_SECOND_FACTOR:  # the admin's own form asks for a password alone
    admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("health/", include("reseller_portal.health")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("sign-in/", include("allauth.account.urls")),
    path("sign-in/factor/", include("allauth.mfa.urls")),
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
