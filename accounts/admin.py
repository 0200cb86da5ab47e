"""Staff's view of people and accounts: read-mostly; what changes something calls a service."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import personal_data, services
from accounts.forms import SiteForm
from accounts.models import (
    Account,
    BrowserSession,
    CalendarFeed,
    Erasure,
    Invitation,
    Logo,
    Membership,
    PartnerId,
    ReportFile,
    ReportSchedule,
    SavedView,
    Site,
    Snooze,
    SupportVisit,
    Token,
    TopicChoice,
    User,
)
from common.admin import ConfigurationAdmin, ReadOnlyAdmin, ReadOnlyInline, by_of
from common.refusals import Impossible

admin.site.unregister(Authenticator)  # it would show and take secrets; people have an action
admin.site.unregister([EmailAddress, Group])  # addresses are their owners', staff has no groups


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = readonly_fields = ("account", "user", "role", "reach", "created_at")


class CalendarFeedInline(ReadOnlyInline):
    """Which calendars programs read in a person's name; the secret is nowhere."""

    model = CalendarFeed
    fields = readonly_fields = ("account", "created_at", "revoked_at")


class SavedViewInline(ReadOnlyInline):
    model = SavedView
    fields = readonly_fields = ("account", "list", "name")


class ReportScheduleInline(ReadOnlyInline):
    model = ReportSchedule
    fields = readonly_fields = ("account", "report", "cadence", "kind", "paused_at")


class ReportFileInline(ReadOnlyInline):
    """Which files wait for a person; neither their content nor their secret."""

    model = ReportFile
    fields = readonly_fields = ("account", "name", "made_at", "expires_at")


class LogoInline(ReadOnlyInline):
    model = Logo
    fields = readonly_fields = ("content_type", "width", "height", "updated_at")


class BrowserSessionInline(ReadOnlyInline):
    """Where the person is signed in; never the key."""

    model = BrowserSession
    fields = readonly_fields = ("user_agent", "address", "started_at", "seen_at")


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    """Staff closes and opens people; passwords are reset by mail only."""

    list_display = ["email", "first_name", "last_name", "language", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["email"]
    fields = [
        "email", "first_name", "last_name", "language", "has_letter_keys", "is_active", "is_staff",
        "is_superuser",
        "last_login", "date_joined",
    ]  # fmt: skip
    inlines = [
        MembershipInline, BrowserSessionInline, CalendarFeedInline, SavedViewInline,
        ReportScheduleInline, ReportFileInline,
    ]  # fmt: skip
    actions = ("remove_factors", "erase")

    @admin.action(
        description=gettext_lazy("Remove the second factor: the device is lost"),
        permissions=["change"],
    )
    def remove_factors(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        done = sum(services.remove_factors(person=person, by=by_of(request)) for person in rows)
        self.message_user(request, _("People without a second factor now: %(n)s") % {"n": done})

    @admin.action(
        description=gettext_lazy("Close the access and erase the person: a pseudonym instead"),
        permissions=["change"],
    )
    def erase(self, request: HttpRequest, rows: QuerySet[User]) -> None:
        for person in rows:
            try:
                erasure = personal_data.erase(person=person, by=by_of(request))
            except Impossible as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                self.message_user(request, erasure.pseudonym)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Rights are given by superusers only."""
        fixed = ["email", "last_login", "date_joined"]
        rights = [] if request.user.is_superuser else ["is_staff", "is_superuser"]
        return fixed + rights

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    """What was erased when; never whose data they were."""

    list_display = ["pseudonym", "subject", "because", "rows", "by_label", "at"]
    list_filter = ["because"]
    search_fields = ["pseudonym", "subject"]


@admin.register(Site)
class SiteAdmin(ConfigurationAdmin):
    """Name, support, language and time zone of the portal."""

    form = SiteForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return not Site.objects.exists() and super().has_add_permission(request)


@admin.register(Account)
class AccountAdmin(ReadOnlyAdmin):
    list_display = ["nic_handle", "name", "region", "country", "currency", "spend_limit"]
    list_filter = ["region", "currency", "country"]
    search_fields = ["nic_handle", "name"]
    inlines = [MembershipInline, LogoInline]


@admin.register(SupportVisit)
class SupportVisitAdmin(ReadOnlyAdmin):
    """Who of staff looked into which account, why; a visit is ended here when it must be."""

    list_display = ["staff", "account", "member", "reason", "may_change", "began_at", "ended_at"]
    list_filter = ["may_change", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["staff", "account", "member"]
    search_fields = ["staff__email", "account__name", "account__nic_handle", "reason"]
    actions = ["end"]

    @admin.action(description=gettext_lazy("End the chosen visits"), permissions=["act"])
    def end(self, request: HttpRequest, rows: QuerySet[SupportVisit]) -> None:
        done = sum(services.end_visit(visit=row, by=by_of(request)) for row in rows)
        self.message_user(request, _("Visits ended: %(n)s") % {"n": done})


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    list_display = ["user", "account", "role", "created_at"]
    list_filter = ["role"]
    search_fields = ["user__email", "account__name", "account__nic_handle"]
    list_select_related = ["user", "account"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "account", "role", "created_at", "expires_at", "accepted_at"]
    search_fields = ["email", "account__name", "account__nic_handle"]
    list_select_related = ["account"]
    exclude = ["digest"]
    actions = ["withdraw"]

    @admin.action(description=gettext_lazy("Withdraw the chosen invitations"), permissions=["act"])
    def withdraw(self, request: HttpRequest, rows: QuerySet[Invitation]) -> None:
        by = by_of(request)
        done = sum(services.withdraw_invitation(invitation=row, by=by) for row in rows)
        self.message_user(request, _("%(count)s withdrawn.") % {"count": done})


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    list_display = ["prefix", "name", "user", "account", "role", "last_used_at", "revoked_at"]
    list_filter = ["role"]
    search_fields = ["prefix", "name", "user__email", "account__nic_handle"]
    list_select_related = ["user", "account"]
    exclude = ["digest"]
    actions = ["revoke"]

    @admin.action(description=gettext_lazy("Revoke the chosen tokens"), permissions=["act"])
    def revoke(self, request: HttpRequest, rows: QuerySet[Token]) -> None:
        done = sum(services.revoke_token(token=row, by=by_of(request)) for row in rows)
        self.message_user(request, _("%(count)s revoked.") % {"count": done})


@admin.register(PartnerId)
class PartnerIdAdmin(ReadOnlyAdmin):
    """The board of all accounts: what Microsoft says, what to do, what hangs on it (B4)."""

    list_display = [
        "mpn_id", "name", "account", "state", "code", "says", "next_step", "invalid_since",
        "grace_until", "services", "checked_at",
    ]  # fmt: skip
    list_filter = [
        "state", "code", "account__region", ("grace_until", admin.EmptyFieldListFilter),
    ]  # fmt: skip
    search_fields = ["mpn_id", "name", "tenant_id", "account__name", "account__nic_handle"]
    list_select_related = ["account"]
    actions = ["recheck", "grant", "refuse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PartnerId]:
        rows: QuerySet[PartnerId] = super().get_queryset(request)
        return rows.annotate(services=Count("tenants"))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Above the columns: what to do next."""
        context |= {
            "may_act": self.has_act_permission(request),
            "step": context["original"].next_step,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("what Microsoft says"))
    def says(self, partner: PartnerId) -> str:
        return partner.reason

    @admin.display(description=gettext_lazy("next step"))
    def next_step(self, partner: PartnerId) -> str:
        step = partner.next_step
        advice = _(step.advice) if step.advice else ""
        return format_html('<a href="{}">{}</a>', step.link, advice) if step.link else advice

    @admin.display(description=gettext_lazy("services"), ordering="services")
    def services(self, partner: Any) -> str:
        """How many, and the way to them."""
        address = reverse("admin:tenants_tenant_changelist")
        query = f"?partner_id__id__exact={partner.pk}"
        return format_html('<a href="{}{}">{}</a>', address, query, partner.services)

    @admin.action(
        description=gettext_lazy("Ask Microsoft again about the chosen MPN IDs"),
        permissions=["act"],
    )
    def recheck(self, request: HttpRequest, rows: QuerySet[PartnerId]) -> None:
        for row in rows:
            services.recheck(partner_id=row, by=by_of(request))
        self.message_user(request, _("Microsoft is being asked."))

    @admin.action(
        description=gettext_lazy("Grant the chosen claims (the holder loses the ID)"),
        permissions=["act"],
    )
    def grant(self, request: HttpRequest, rows: QuerySet[PartnerId]) -> None:
        self._decide(request, rows, grant=True)

    @admin.action(description=gettext_lazy("Refuse the chosen claims"), permissions=["act"])
    def refuse(self, request: HttpRequest, rows: QuerySet[PartnerId]) -> None:
        self._decide(request, rows, grant=False)

    def _decide(self, request: HttpRequest, rows: QuerySet[PartnerId], *, grant: bool) -> None:
        for row in rows:
            try:
                services.decide_claim(partner_id=row, grant=grant, by=by_of(request))
            except Impossible as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, _("%(id)s: decided.") % {"id": row})


@admin.register(TopicChoice)
class TopicChoiceAdmin(ReadOnlyAdmin):
    """What people chose to be told; theirs to change."""

    list_display = ["membership", "topic", "way"]
    list_filter = ["topic", "way"]
    list_select_related = ["membership__user"]


@admin.register(Snooze)
class SnoozeAdmin(ReadOnlyAdmin):
    list_display = ["membership", "topic", "place", "until"]
    list_select_related = ["membership__user"]
