"""Staff's view of licence groups. Passwords are nowhere here."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from common.admin import ConfigurationAdmin, ReadOnlyAdmin, ReadOnlyInline, by_of
from common.refusals import Impossible
from tenants import compliance, delegation, personal_data
from tenants.models import (
    Agreement,
    Credential,
    Delegation,
    Gdap,
    Hold,
    LicenceUse,
    Qualification,
    SeatCount,
    SpecialTerms,
    Tenant,
    TermsAcceptance,
    Tick,
)


class ActingAdmin(ReadOnlyAdmin):
    """Its actions say how many rows they changed."""

    def _tell(self, request: HttpRequest, done: int, asked: int) -> None:
        text = _("%(done)s of %(asked)s changed.") % {"done": done, "asked": asked}
        self.message_user(request, text, messages.SUCCESS if done else messages.WARNING)


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


class TickInline(ReadOnlyInline):
    model = Tick


class SeatCountInline(ReadOnlyInline):
    model = SeatCount


class LicenceUseInline(ReadOnlyInline):
    model = LicenceUse


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
class TenantAdmin(ActingAdmin):
    list_display = ["display_name", "service_name", "account", "state", "partner_id", "created_at"]
    list_filter = ["state", "country", "partner_id__state"]
    list_select_related = ["account", "partner_id"]
    search_fields = ["display_name", "service_name", "microsoft_id", "company", "email"]
    inlines = [
        HoldInline,
        AgreementInline,
        GdapInline,
        CredentialInline,
        QualificationInline,
        TermsAcceptanceInline,
        TickInline,
        SeatCountInline,
        LicenceUseInline,
    ]
    actions = ("suspend", "reopen", "export_contact", "erase_contact")

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

    @admin.action(description=_("Export the contact's personal data (JSON)"), permissions=["act"])
    def export_contact(self, request: HttpRequest, rows: QuerySet[Tenant]) -> HttpResponse:
        found = [personal_data.export(tenant=tenant) for tenant in rows]
        answer = JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})
        answer["Content-Disposition"] = 'attachment; filename="contacts.json"'
        return answer

    @admin.action(
        description=_("Erase the contact: a pseudonym instead, for ever"), permissions=["act"]
    )
    def erase_contact(self, request: HttpRequest, rows: QuerySet[Tenant]) -> None:
        done = 0
        for tenant in rows:
            try:
                personal_data.erase(tenant=tenant, by=by_of(request))
            except Impossible as refusal:
                self.message_user(request, f"{tenant}: {refusal}", messages.ERROR)
            else:
                done += 1
        self._tell(request, done, rows.count())


class ReasonForm(ActionForm):
    """The action, and what the reseller is told."""

    reason = forms.CharField(label=_("Reason, as the reseller reads it"), required=False)


@admin.register(Delegation)
class DelegationAdmin(ActingAdmin):
    """Staff's queue: filter by the state *with the provider's staff*."""

    list_display = [
        "tenant_name", "account", "state", "others", "wished_by", "wished_at", "appeared_at",
        "decided_by",
    ]  # fmt: skip
    list_filter = ["state"]
    list_select_related = ["account"]
    search_fields = ["tenant_name", "company", "microsoft_id", "account__nic_handle"]
    exclude = ["form_key"]
    action_form = ReasonForm
    actions = ("approve", "refuse")

    @admin.display(description=_("other resellers"))
    def others(self, row: Delegation) -> str:
        return ", ".join(row.facts.get("others", []))

    @admin.action(description=_("Approve: the reseller may validate"), permissions=["act"])
    def approve(self, request: HttpRequest, rows: QuerySet[Delegation]) -> None:
        done = [delegation.approve(delegation=row, by=by_of(request)) for row in rows]
        self._tell(request, sum(done), len(done))

    @admin.action(description=_("Refuse, with the reason"), permissions=["act"])
    def refuse(self, request: HttpRequest, rows: QuerySet[Delegation]) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(request, _("Enter the reason."), messages.ERROR)
            return
        by = by_of(request)
        done = [delegation.refuse(delegation=row, reason=reason, by=by) for row in rows]
        self._tell(request, sum(done), len(done))
