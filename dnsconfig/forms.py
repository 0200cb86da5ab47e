"""Forms of the automatic domain configuration."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dnsconfig import words
from dnsconfig.models import ZoneConnection
from dnsconfig.names import to_unicode
from dnsconfig.providers import Key, backend

EXTRAS = ("dkim1", "dkim2", "report_to")
DKIM_HELP = _("From Exchange Online (Get-DkimSigningConfig); leave both empty without DKIM.")


class ConfigureForm(forms.Form):
    """The panel's own: a drop-down of zones, three tick boxes, *Launch configuration*."""

    domain = forms.ChoiceField(label=_("Select a domain"))
    services = forms.MultipleChoiceField(
        label=_("Select the services in question"),
        choices=list(words.SERVICES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one service.")},
    )

    part = forms.CharField(
        label=_("Only for a part of the domain"),
        max_length=200,
        required=False,
        help_text=_("For mail at a sub-domain: enter mail for mail.example.com; else leave empty."),
    )
    dkim1 = forms.CharField(
        label=_("DKIM: target of selector1"), max_length=253, required=False, help_text=DKIM_HELP
    )
    dkim2 = forms.CharField(label=_("DKIM: target of selector2"), max_length=253, required=False)
    report_to = forms.EmailField(
        label=_("DMARC: send reports to"),
        required=False,
        help_text=_("Begins with reports only (p=none). An existing record is never overwritten."),
    )

    is_ahead_of_delegation = forms.BooleanField(
        label=_("Prepare the zone although its name servers are not set yet"),
        required=False,
        help_text=_("The steps that need them wait until they are set at the registrar."),
    )

    @property
    def domain_name(self) -> str:
        """The zone itself, or a name in it."""
        part, zone = self.cleaned_data["part"].strip().strip("."), self.cleaned_data["domain"]
        return f"{part}.{zone}" if part else str(zone)

    @property
    def extras(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in EXTRAS}

    def __init__(self, *args: Any, zones: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = [(zone, to_unicode(zone)) for zone in zones]  # type: ignore[attr-defined]


class ConnectionForm(forms.Form):
    """Keys of an account at a DNS host, never shown again."""

    label = forms.CharField(label=_("Name"), max_length=60)

    def __init__(self, *args: Any, provider: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys_asked = backend(provider).keys_asked
        for key in self.keys_asked:
            self.fields[key.name] = _key_field(key)

    def keys(self) -> dict[str, str]:
        return {key.name: self.cleaned_data[key.name] for key in self.keys_asked}


class KeysForm(ConnectionForm):
    """Other keys for the same zones; a secret that is left empty stays."""

    def __init__(self, *args: Any, connection: ZoneConnection, **kwargs: Any) -> None:
        kept = connection.keys or {}
        shown = {
            key.name: kept.get(key.name, "")
            for key in backend(connection.provider).keys_asked
            if not key.is_secret
        }
        super().__init__(*args, provider=connection.provider, initial=shown, **kwargs)
        del self.fields["label"]
        for key in self.keys_asked:
            if key.is_secret:
                self.fields[key.name].required = False


def offered_providers() -> list[str]:
    """Kinds of hosts that a person connects by giving keys."""
    return [alias for alias in settings.ZONE_PROVIDERS if backend(alias).keys_asked]


def _key_field(key: Key) -> forms.Field:
    label = words.KEYS.get(key.name, key.name)
    if key.choices:
        choices = [(choice, choice) for choice in key.choices]
        return forms.ChoiceField(label=label, choices=choices, required=key.is_required)
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    if key.is_secret:
        widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=2000, required=key.is_required, widget=widget)
