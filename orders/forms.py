"""The order form: browser input in, one frozen wish out."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import PartnerId
from orders.customer_form import CustomerForm
from orders.lines import MOST_SEATS
from orders.terms import plan_field
from orders.wishes import AgreementWish, LineWish, MoreWish, PlatformWish
from partnercenter.types import AgreementTemplate
from subscriptions.models import Licence

WHOLE = _("Enter a whole number.")


class LinesForm(forms.Form):
    """A table of licences: for each a plan (term, billing, price seen) and a quantity."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, licences: Iterable[Licence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licences = list(licences)
        self.fields["form_key"].initial = uuid.uuid4
        for licence in self.licences:
            self.fields[f"plan_{licence.pk}"] = plan_field(licence)
            self.fields[f"quantity_{licence.pk}"] = forms.IntegerField(
                label=_("Seats of %(licence)s") % {"licence": licence.name},
                required=False,
                initial=0,
                min_value=0,
                max_value=min(licence.maximum or MOST_SEATS, MOST_SEATS),
                error_messages={"invalid": WHOLE},
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "data-quantity": ""}),
            )

    def rows(self) -> list[dict[str, Any]]:
        """One row of the table per licence."""
        return [
            {
                "licence": licence,
                "plan": self[f"plan_{licence.pk}"],
                "quantity": self[f"quantity_{licence.pk}"],
                "price": str(self[f"plan_{licence.pk}"].value()).rpartition("|")[2],
            }
            for licence in self.licences
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        asked = [row for row in self.licences if data.get(f"quantity_{row.pk}")]
        for licence in asked:
            if not data.get(f"plan_{licence.pk}", True):
                self.add_error(f"plan_{licence.pk}", _("Choose a term."))
        if self._asks_for_what_is_not_sold():
            self.add_error(None, _("A licence that you chose is no longer sold."))
        broken = any(name.startswith(("quantity_", "plan_")) for name in self.errors)
        if not asked and not broken:
            self.add_error(None, _("Choose at least one licence."))
        return data

    def _asks_for_what_is_not_sold(self) -> bool:
        """Seats of a licence that was withdrawn after the form was shown."""
        sent = {name for name in self.data if name.startswith("quantity_")}
        return any(self.data[name] not in ("", "0") for name in sent - set(self.fields))

    def lines(self) -> tuple[LineWish, ...]:
        """The rows with a quantity."""
        return tuple(
            _line(licence, self.cleaned_data[f"plan_{licence.pk}"], quantity)
            for licence in self.licences
            if (quantity := self.cleaned_data[f"quantity_{licence.pk}"])
        )

    def form_key_value(self) -> uuid.UUID:
        return self.cleaned_data.get("form_key") or uuid.uuid4()


class MoreForm(LinesForm):
    """More licences for a platform that exists."""

    def wish(self) -> MoreWish:
        return MoreWish(form_key=self.form_key_value(), lines=self.lines())


class PlatformForm(CustomerForm, LinesForm):
    """A new platform: partner, customer, sub-domain, agreement, licences."""

    partner_id = forms.ModelChoiceField(
        label=_("MPN ID"),
        queryset=PartnerId.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Choose one of your MPN IDs."),
            "invalid_choice": _("Choose one of your MPN IDs."),
        },
        help_text=_("The Partner ID under which Microsoft records the sale."),
    )
    own_subdomain = forms.BooleanField(
        label=_("Choose the sub-domain"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-reveals": "#own-prefix"}),
    )
    agreement_first_name = forms.CharField(label=_("First name"), max_length=50)
    agreement_last_name = forms.CharField(label=_("Last name"), max_length=50)
    agreement_email = forms.EmailField(label=_("E-mail address"))
    agreement_phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    agreed_date = forms.DateField(
        label=_("Accepted on"),
        initial=localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    agreed = forms.BooleanField(
        label=_("This person has accepted the Microsoft Customer Agreement."),
        error_messages={"required": _("Microsoft sells nothing without this agreement.")},
    )

    def __init__(
        self,
        *args: Any,
        partners: Iterable[PartnerId],
        template: AgreementTemplate,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        ids = [partner.pk for partner in partners]
        field = self.fields["partner_id"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = PartnerId.objects.filter(pk__in=ids)

    def clean_agreed_date(self) -> Any:
        day = self.cleaned_data["agreed_date"]
        if day > localdate():
            raise forms.ValidationError(_("The date may not be in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (
            data.get("own_subdomain")
            and not data.get("subdomain")
            and "subdomain" not in self.errors
        ):
            self.add_error("subdomain", _("Enter the sub-domain, or untick the box."))
        return data

    def chosen_subdomain(self, *, reviewed: bool) -> str:
        """The name that was chosen, or `reviewed` and found good; empty: one is to be made."""
        chosen = reviewed or self.cleaned_data["own_subdomain"]
        return str(self.cleaned_data["subdomain"]) if chosen else ""

    def wish(self, prefix: str) -> PlatformWish:
        data = self.cleaned_data
        return PlatformWish(
            form_key=self.form_key_value(),
            partner_id=data["partner_id"].pk,
            prefix=prefix,
            contact=self.contact(),
            agreement=AgreementWish(
                template_id=self.template.template_id,
                version=str(self.template.version_rank),
                link=self.template.link,
                first_name=data["agreement_first_name"],
                last_name=data["agreement_last_name"],
                email=data["agreement_email"],
                phone=data["agreement_phone"],
                agreed_date=data["agreed_date"],
            ),
            lines=self.lines(),
        )


def _line(licence: Licence, plan: str, quantity: int) -> LineWish:
    term, billing_cycle, price = plan.split("|")
    return LineWish(licence.pk, term, billing_cycle, quantity, Decimal(price))
