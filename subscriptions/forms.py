"""Forms of subscriptions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SeatsForm(forms.Form):
    """The new total number of licences."""

    quantity = forms.IntegerField(
        label=_("Number of licences"),
        min_value=1,
        max_value=100_000,
        error_messages={"invalid": _("Enter a whole number.")},
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
