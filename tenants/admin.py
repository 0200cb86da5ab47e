"""Staff's view of licence groups. Passwords are nowhere here."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from common.admin import ReadOnlyAdmin, ReadOnlyInline, by_of
from tenants import compliance
from tenants.models import Agreement, Credential, Gdap, Hold, Tenant


class AgreementInline(ReadOnlyInline):
    model = Agreement


class GdapInline(ReadOnlyInline):
    model = Gdap


class HoldInline(ReadOnlyInline):
    model = Hold


class CredentialInline(ReadOnlyInline):
    model = Credential
    fields = ("purpose", "login", "created_at", "erased_at", "erased_because")
    readonly_fields = fields


@admin.register(Tenant)
class TenantAdmin(ReadOnlyAdmin):
    list_display = ["display_name", "service_name", "account", "state", "partner_id", "created_at"]
    list_filter = ["state", "country", "partner_id__state"]
    list_select_related = ["account", "partner_id"]
    search_fields = ["display_name", "service_name", "microsoft_id", "company", "email"]
    inlines = [HoldInline, AgreementInline, GdapInline, CredentialInline]
    actions = ("suspend", "reopen")

    @admin.action(description=_("Suspend: no orders, no more seats"), permissions=["act"])
    def suspend(self, request: HttpRequest, rows: QuerySet[Tenant]) -> None:
        done = [compliance.suspend(tenant=t, reason="", by=by_of(request)) for t in rows]
        self._tell(request, sum(done), len(done))

    @admin.action(
        description=_("Lift the staff's suspension (one for the MPN ID stays)"), permissions=["act"]
    )
    def reopen(self, request: HttpRequest, rows: QuerySet[Tenant]) -> None:
        done = [compliance.reopen(tenant=tenant, by=by_of(request)) for tenant in rows]
        self._tell(request, sum(done), len(done))

    def _tell(self, request: HttpRequest, done: int, asked: int) -> None:
        text = _("%(done)s of %(asked)s changed.") % {"done": done, "asked": asked}
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)
