"""Forms of the automatic domain configuration."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dnsconfig import words
from dnsconfig.names import to_unicode
from dnsconfig.providers import backend


class ConfigureForm(forms.Form):
    """The panel's own: a drop-down of zones, three tick boxes, *Launch configuration*."""

    domain = forms.ChoiceField(label=_("Select a domain"))
    services = forms.MultipleChoiceField(
        label=_("Select the services in question"),
        choices=list(words.SERVICES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one service.")},
    )

    def __init__(self, *args: Any, zones: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [(zone, to_unicode(zone)) for zone in zones]  # type: ignore[attr-defined]


class ConnectionForm(forms.Form):
    """Keys of an account at a DNS host, never shown again."""

    label = forms.CharField(label=_("Name"), max_length=60)

    def __init__(self, *args: Any, provider: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.key_names = backend(provider).key_names
        for name in self.key_names:
            self.fields[name] = forms.CharField(
                label=words.KEYS.get(name, name),
                max_length=200,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
            )

    def keys(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.key_names}
