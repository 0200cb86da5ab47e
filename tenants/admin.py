"""Staff's view of licence groups. Passwords are nowhere here."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.admin import ConfigurationAdmin, ReadOnlyAdmin, ReadOnlyInline, by_of
from tenants import services
from tenants.models import (
    Agreement,
    Credential,
    Gdap,
    Qualification,
    SpecialTerms,
    Tenant,
    TermsAcceptance,
)


class AgreementInline(ReadOnlyInline):
    model = Agreement


class GdapInline(ReadOnlyInline):
    model = Gdap


class CredentialInline(ReadOnlyInline):
    model = Credential
    fields = ("purpose", "login", "created_at", "erased_at", "erased_because")
    readonly_fields = fields


class QualificationInline(ReadOnlyInline):
    model = Qualification


class TermsAcceptanceInline(ReadOnlyInline):
    model = TermsAcceptance


@admin.register(SpecialTerms)
class SpecialTermsAdmin(ConfigurationAdmin):
    """Links and versions of Microsoft's special terms; translations carry the same version."""

    list_display = ["segment", "language", "region", "version", "url", "updated_at"]
    list_filter = ["segment", "region"]


@admin.register(Tenant)
class TenantAdmin(ReadOnlyAdmin):
    list_display = ["display_name", "service_name", "account", "state", "partner_id", "created_at"]
    list_filter = ["state", "country"]
    list_select_related = ["account", "partner_id"]
    search_fields = ["display_name", "service_name", "microsoft_id", "company", "email"]
    inlines = [
        AgreementInline,
        GdapInline,
        CredentialInline,
        QualificationInline,
        TermsAcceptanceInline,
    ]
    actions = ("suspend", "reopen")

    @admin.action(description=_("Suspend: no orders, no more seats"), permissions=["act"])
    def suspend(self, request: HttpRequest, rows: QuerySet[Tenant]) -> None:
        reason = "staff"
        done = [services.suspend(tenant=t, reason=reason, by=by_of(request)) for t in rows]
        self._tell(request, sum(done), len(done))

    @admin.action(description=_("Reopen"), permissions=["act"])
    def reopen(self, request: HttpRequest, rows: QuerySet[Tenant]) -> None:
        done = [services.reopen(tenant=tenant, by=by_of(request)) for tenant in rows]
        self._tell(request, sum(done), len(done))

    def _tell(self, request: HttpRequest, done: int, asked: int) -> None:
        text = _("%(done)s of %(asked)s changed.") % {"done": done, "asked": asked}
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)
