"""Pages and API of licence groups."""

from django.urls import path

from tenants import api, qualification_api, qualification_views, views

app_name = "tenants"
urlpatterns = [
    path("services/<str:service_name>/rename/", views.rename, name="rename"),
    path("services/<str:service_name>/password/", views.reset_password, name="reset_password"),
    path("passwords/<int:pk>/", views.new_password, name="new_password"),
    path(
        "services/<str:service_name>/qualifications/",
        qualification_views.index,
        name="qualifications",
    ),
    path(
        "services/<str:service_name>/qualifications/<slug:segment>/look-again/",
        qualification_views.look_again,
        name="look_again",
    ),
    path(
        "api/v1/tenants/<str:service_name>/qualifications",
        qualification_api.Qualifications.as_view(),
        name="api_qualifications",
    ),
    path(
        "api/v1/tenants/<str:service_name>/terms",
        qualification_api.SpecialTerms.as_view(),
        name="api_terms",
    ),
    path("api/v1/tenants", api.Tenants.as_view(), name="api_tenants"),
    path("api/v1/tenants/<str:service_name>", api.OneTenant.as_view(), name="api_tenant"),
    path(
        "api/v1/tenants/<str:service_name>/reset-password",
        api.ResetPassword.as_view(),
        name="api_reset_password",
    ),
    path("api/v1/passwords/<int:pk>/reveal", api.Reveal.as_view(), name="api_reveal"),
]
