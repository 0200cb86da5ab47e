"""The order form: browser input in, one frozen wish out."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accounts.models import PartnerId
from orders.customer_form import CustomerForm
from orders.lines_form import LinesForm
from orders.wishes import AgreementWish, PlatformWish
from partnercenter.types import AgreementTemplate


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
