"""Staff's view of keeping in step."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import PartnerId, PartnerState
from common.admin import ReadOnlyAdmin, WordsFilter, by_of
from common.refusals import Impossible
from sync import services
from sync.models import Drift, FoundCustomer, MicrosoftEvent, Sweep, Watch
from sync.models.drift import FIELDS


@admin.register(Watch)
class WatchAdmin(ReadOnlyAdmin):
    list_display = ("market", "audited_until", "swept_at", "heard_at")
    exclude = ("seen",)
    actions = ("sweep", "register_webhook")

    @admin.action(description=_("Look at every tenant now"), permissions=["act"])
    def sweep(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        for watch in chosen:
            services.ask_sweep(market=watch.market, by=by_of(request))

    @admin.action(description=_("Register this portal for Microsoft's events"), permissions=["act"])
    def register_webhook(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        for watch in chosen:
            services.ask_registration(market=watch.market, by=by_of(request))


@admin.register(Sweep)
class SweepAdmin(ReadOnlyAdmin):
    list_display = (
        "market", "started_at", "ended_at", "calls", "tenants", "subscriptions",
        "drifts",
    )  # fmt: skip
    list_filter = ("market",)


class FieldFilter(WordsFilter):
    title, parameter_name, words = _("changed"), "field", FIELDS


@admin.register(Drift)
class DriftAdmin(ReadOnlyAdmin):
    list_display = ("tenant", "name", "what", "before", "after", "changed_by", "found_at")
    list_filter = (FieldFilter,)
    exclude = ("field", "ours", "theirs")
    readonly_fields = ("what", "before", "after")
    list_select_related = ("tenant",)
    search_fields = ("name", "tenant__service_name", "changed_by")

    @admin.display(description=_("changed"), ordering="field")
    def what(self, row: Drift) -> str:
        return row.label

    @admin.display(description=_("before"))
    def before(self, row: Drift) -> str:
        return row.before

    @admin.display(description=_("at Microsoft"))
    def after(self, row: Drift) -> str:
        return row.after


@admin.register(MicrosoftEvent)
class MicrosoftEventAdmin(ReadOnlyAdmin):
    list_display = ("received_at", "market", "name", "state", "reason", "times")
    list_filter = ("state", "market", "name")
    exclude = ("body", "headers")


class PartnerChoice(ActionForm):
    """Whose customer it is."""

    partner = forms.ModelChoiceField(
        PartnerId.objects.filter(state=PartnerState.VALID).select_related("account"),
        label=_("MPN ID"),
        required=False,
    )


@admin.register(FoundCustomer)
class FoundCustomerAdmin(ReadOnlyAdmin):
    list_display = ("domain", "company", "associated_partner_id", "state", "account", "found_at")
    list_filter = ("state", "market")
    list_select_related = ("account",)
    search_fields = ("domain", "company")
    action_form = PartnerChoice
    actions = ("assign", "ignore")

    @admin.action(description=_("Give to the account of the MPN ID"), permissions=["act"])
    def assign(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        partner = PartnerId.objects.filter(pk=request.POST.get("partner") or 0).first()
        if partner is None:
            messages.error(request, gettext("Choose an MPN ID."))
            return
        for found in chosen:
            try:
                services.assign(found=found, partner=partner, by=by_of(request))
            except Impossible as error:
                messages.error(request, f"{found}: {error}")

    @admin.action(description=_("Leave alone"), permissions=["act"])
    def ignore(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        for found in chosen:
            services.ignore(found=found)
