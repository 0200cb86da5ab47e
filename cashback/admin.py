"""Staff keeps the rules, sets counts right and sees every statement."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import PartnerId
from cashback import previews, services
from cashback.models import Line, Rule, SeatCount, Statement
from cashback.wording import terms_of
from common.admin import ReadOnlyAdmin, by_of, in_words
from common.clock import microsoft_now
from common.previews import Preview, PreviewedAdmin
from common.refusals import Impossible
from subscriptions.models import Subscription
from subscriptions.words import CYCLES


@admin.register(Rule)
class RuleAdmin(PreviewedAdmin):
    """A rule by which a closed month was computed is ended, not rewritten."""

    list_display = ["name", "terms", "segment", "country", "first_month", "last_month"]
    list_filter = ["currency", "segment", "country"]
    search_fields = ["name"]

    def preview(self, row: Rule, before: Rule | None) -> Preview:
        """What the last closed month would have come to."""
        return previews.preview(row, before)

    @admin.display(description=gettext_lazy("terms"))
    def terms(self, rule: Rule) -> str:
        return terms_of(rule)

    def has_delete_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        """What produced a figure stays."""
        unused = obj is None or not obj.lines.exists()
        return unused and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Rule, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        services.rules_changed(rule=obj, is_new=not change, by=by_of(request))


class CorrectionForm(forms.ModelForm[SeatCount]):
    """What was counted wrongly, from which day on."""

    subscription = forms.ModelChoiceField(
        Subscription.objects.all(), widget=forms.NumberInput, label=gettext_lazy("subscription")
    )

    class Meta:
        model = SeatCount
        fields = ["subscription", "day", "seats"]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > microsoft_now().date():
            raise forms.ValidationError(_("This day is still to come."))
        return day


@admin.register(SeatCount)
class SeatCountAdmin(ReadOnlyAdmin):
    """What was counted; *add* sets a day right and writes who did."""

    list_display = ["subscription", "day", "seats", "unit_price", "currency", "corrected_by"]
    list_filter = ["currency", ("corrected_by", admin.EmptyFieldListFilter)]
    list_select_related = ["subscription"]
    search_fields = ["subscription__name", "subscription__tenant__service_name"]
    date_hierarchy = "day"
    form = CorrectionForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_act_permission(request)

    def get_fields(self, request: HttpRequest, obj: SeatCount | None = None) -> Any:
        return super().get_fields(request, obj) if obj else CorrectionForm.Meta.fields

    def save_model(self, request: HttpRequest, obj: SeatCount, form: Any, change: bool) -> None:
        """Through the same service as everything."""
        try:
            obj.pk = services.correct_seats(
                subscription=obj.subscription, day=obj.day, seats=obj.seats, by=by_of(request)
            ).pk
        except Impossible as refusal:
            self.message_user(request, str(refusal), messages.ERROR)


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ["partner_id", "month", "total", "currency", "computed_at", "frozen_at"]
    list_filter = ["month", "currency", ("frozen_at", admin.EmptyFieldListFilter)]
    list_select_related = ["partner_id"]
    search_fields = ["partner_id__mpn_id", "partner_id__account__nic_handle"]
    actions = ["compute"]

    @admin.action(description=gettext_lazy("Compute the MPN IDs anew"), permissions=["act"])
    def compute(self, request: HttpRequest, rows: QuerySet[Statement]) -> None:
        partners = PartnerId.objects.filter(statements__in=rows).distinct()
        for partner in partners:
            services.ask_to_compute(partner_id=partner, by=by_of(request))
        self.message_user(request, _("The statements are being computed."))


@admin.register(Line)
class LineAdmin(ReadOnlyAdmin):
    list_display = ["statement", "subscription", "peak_seats", "base", "amount", "rule", "corrects"]
    ordering = ["-pk"]
    list_filter = ["rule"]
    exclude = ["billing_cycle"]
    readonly_fields = [in_words("billing_cycle", CYCLES, gettext_lazy("billing"))]
    list_select_related = ["statement__partner_id", "subscription", "rule"]
    search_fields = ["statement__partner_id__mpn_id", "subscription__tenant__service_name"]
