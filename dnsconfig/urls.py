"""Pages and API of the automatic domain configuration."""

from django.urls import include, path

from dnsconfig import api, views
from dnsconfig.health import api as health_api
from dnsconfig.health import views as health

app_name = "dnsconfig"

SERVICE = "services/<str:service_name>/domains/"
TENANT = "api/v1/tenants/<str:service_name>/"

urlpatterns = [
    path("account/zones/", views.connections, name="connections"),
    path("account/zones/<int:pk>/refresh/", views.refresh_zones, name="refresh_zones"),
    path("account/zones/<int:pk>/remove/", views.remove_connection, name="remove_connection"),
    path("account/zones/<int:pk>/keys/", views.change_keys, name="change_keys"),
    path("", include("dnsconfig.embedded.urls")),
    path(SERVICE, views.domains, name="domains"),
    path(SERVICE + "plans/<int:pk>/", views.plan, name="plan"),
    path(SERVICE + "plans/<int:pk>/launch/", views.launch, name="launch"),
    path(SERVICE + "plans/<int:pk>/give-up/", views.give_up, name="give_up"),
    path(SERVICE + "plans/<int:pk>/decide/", views.decide, name="decide"),
    path(SERVICE + "plans/<int:pk>/look-again/", views.look_again, name="look_again"),
    path(SERVICE + "plans/<int:pk>/undo/", views.undo, name="undo"),
    path(SERVICE + "plans/<int:pk>/export.<str:form>", views.export, name="export"),
    path(SERVICE + "<str:name>/withdraw/", views.withdraw, name="withdraw"),
    path("account/domains/health/", health.overview, name="health_overview"),
    path(SERVICE + "<str:name>/health/", health.health, name="health"),
    path(SERVICE + "<str:name>/health/repair/", health.repair, name="health_repair"),
    path("api/v1/zones", api.Zones.as_view(), name="api_zones"),
    path(TENANT + "domains", api.Domains.as_view(), name="api_domains"),
    path(TENANT + "domains/<str:name>/health", health_api.Health.as_view(), name="api_health"),
    path(TENANT + "dns-plans", api.Plans.as_view(), name="api_plans"),
    path(TENANT + "dns-plans/<int:pk>", api.OnePlan.as_view(), name="api_plan"),
    path(TENANT + "dns-plans/<int:pk>/launch", api.Launch.as_view(), name="api_launch"),
    path(TENANT + "dns-plans/<int:pk>/give-up", api.GiveUp.as_view(), name="api_give_up"),
    path(TENANT + "dns-plans/<int:pk>/decide", api.Decide.as_view(), name="api_decide"),
    path(TENANT + "dns-plans/<int:pk>/undo", api.Undo.as_view(), name="api_undo"),
    path(TENANT + "domains/<str:name>/withdraw", api.Withdraw.as_view(), name="api_withdraw"),
]
