"""Pages and API of licence groups and delegations."""

from django.urls import path

from tenants.api import contact as api_contact
from tenants.api import delegation as api_delegation
from tenants.api import qualifications as api_qualifications
from tenants.api import service as api
from tenants.views import contact, delegation, qualifications, service

app_name = "tenants"
urlpatterns = [
    path("services/<str:service_name>/rename/", service.rename, name="rename"),
    path("services/<str:service_name>/mpn-id/", service.partner_id, name="partner_id"),
    path("services/<str:service_name>/password/", service.reset_password, name="reset_password"),
    path("services/<str:service_name>/agreement/", service.agreement, name="agreement"),
    path("services/<str:service_name>/contact/", contact.contact, name="contact"),
    path("services/<str:service_name>/contact/json/", contact.contact_json, name="contact_json"),
    path("services/<str:service_name>/rights/", service.renew_rights, name="renew_rights"),
    path("passwords/<int:pk>/", service.new_password, name="new_password"),
    path("delegations/", delegation.index, name="delegations"),
    path("delegations/new/", delegation.new, name="delegate"),
    path("delegations/check/", delegation.check, name="delegation_check"),
    path("delegations/<int:pk>/", delegation.delegation, name="delegation"),
    path("delegations/<int:pk>/look/", delegation.look, name="delegation_look"),
    path("delegations/<int:pk>/validate/", delegation.validate, name="delegation_validate"),
    path("delegations/<int:pk>/give-up/", delegation.give_up, name="delegation_give_up"),
    path(
        "services/<str:service_name>/qualifications/",
        qualifications.index,
        name="qualifications",
    ),
    path(
        "services/<str:service_name>/qualifications/<slug:segment>/look-again/",
        qualifications.look_again,
        name="look_again",
    ),
    path(
        "api/v1/tenants/<str:service_name>/qualifications",
        api_qualifications.Qualifications.as_view(),
        name="api_qualifications",
    ),
    path(
        "api/v1/tenants/<str:service_name>/terms",
        api_qualifications.SpecialTerms.as_view(),
        name="api_terms",
    ),
    path("api/v1/tenants", api.Tenants.as_view(), name="api_tenants"),
    path("api/v1/tenants/<str:service_name>", api.OneTenant.as_view(), name="api_tenant"),
    path(
        "api/v1/tenants/<str:service_name>/reset-password",
        api.ResetPassword.as_view(),
        name="api_reset_password",
    ),
    path(
        "api/v1/tenants/<str:service_name>/agreement",
        api.AcceptAgreement.as_view(),
        name="api_agreement",
    ),
    path(
        "api/v1/tenants/<str:service_name>/rights",
        api.RenewRights.as_view(),
        name="api_renew_rights",
    ),
    path(
        "api/v1/tenants/<str:service_name>/contact",
        api_contact.Contact.as_view(),
        name="api_contact",
    ),
    path("api/v1/passwords/<int:pk>/reveal", api.Reveal.as_view(), name="api_reveal"),
    path("api/v1/delegations", api_delegation.Delegations.as_view(), name="api_delegations"),
    path(
        "api/v1/delegations/<int:pk>", api_delegation.OneDelegation.as_view(), name="api_delegation"
    ),
    path(
        "api/v1/delegations/<int:pk>/validate",
        api_delegation.ValidateDelegation.as_view(),
        name="api_delegation_validate",
    ),
    path(
        "api/v1/delegations/<int:pk>/cancel",
        api_delegation.CancelDelegation.as_view(),
        name="api_delegation_cancel",
    ),
    path(
        "api/v1/delegations/<int:pk>/look",
        api_delegation.LookAgain.as_view(),
        name="api_delegation_look",
    ),
]
