"""Erasing a contact cannot be undone: the name is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    confirmed = forms.CharField(
        label=_("Type the internal service name to confirm"),
        max_length=70,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, service_name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.service_name = service_name

    def clean_confirmed(self) -> str:
        typed: str = self.cleaned_data["confirmed"].strip().lower()
        if typed != self.service_name.lower():
            raise forms.ValidationError(gettext("This is not the name of this service."))
        return typed
