"""One include per room, nothing else."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

_own_login = admin.site.login
_login_elsewhere = secure_admin_login(_own_login)


def _admin_login(request: HttpRequest, **context: Any) -> HttpResponse:
    """Django's own form asks for a password alone: only where staff needs no more."""
    login = _login_elsewhere if settings.STAFF_SECOND_FACTOR else _own_login
    return login(request, **context)


admin.site.login = _admin_login  # type: ignore[method-assign,assignment]

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
    path("", include("inbox.urls")),
    path("", include("panel.urls")),
]
