"""Forms of licence groups."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.services import MAIL, SHOW


class RenameForm(forms.Form):
    display_name = forms.CharField(label=_("Display name"), max_length=100)


class ResetForm(forms.Form):
    """Where the new password goes."""

    delivery = forms.ChoiceField(
        label=_("The new password is"),
        choices=[
            (SHOW, _("shown once, here, to me")),
            (MAIL, _("mailed to the customer")),
        ],
        widget=forms.RadioSelect,
        initial=SHOW,
    )
