"""Who accepted the Microsoft Customer Agreement for a customer."""

from datetime import date

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from tenants.wishes import Attested


class AgreementForm(forms.Form):
    """The person and the day; ticked, for the provider attests it."""

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

    def clean_agreed_date(self) -> date:
        day: date = self.cleaned_data["agreed_date"]
        if day > localdate():
            raise forms.ValidationError(_("The date may not be in the future."))
        return day

    def attested(self) -> Attested:
        """Call it when the form is valid."""
        data = self.cleaned_data
        return Attested(
            first_name=data["agreement_first_name"],
            last_name=data["agreement_last_name"],
            email=data["agreement_email"],
            phone=data["agreement_phone"],
            agreed_date=data["agreed_date"],
        )
