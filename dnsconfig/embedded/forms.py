"""Forms of own zones; what is typed is cleaned by `wishes`, as for REST."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dnsconfig.embedded.models import OwnZone
from dnsconfig.embedded.rules import LONGEST_TTL
from dnsconfig.records import TTL

KINDS = (
    *("A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NS", "PTR", "SRV", "SSHFP", "SVCB"),
    *("TLSA", "TXT"),
)
"""What a person can add by hand; a zone file may hold others."""


def _lines(label: Any, help_text: Any, *, is_required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})
    return forms.CharField(
        label=label, help_text=help_text, required=is_required, max_length=3000, widget=widget
    )


class SettingsForm(forms.Form):
    """Who serves a zone."""

    name_servers = _lines(
        _("Name servers"),
        _("The public names of the servers that serve the zone, for example ns1.example.com."),
        is_required=True,
    )
    secondaries = _lines(
        _("Secondaries"),
        _("The addresses of these servers, if you like with a port: 192.0.2.1 or 192.0.2.1:5353."),
    )
    tsig_name = forms.CharField(
        label=_("Name of the TSIG key"),
        help_text=_("With a key, secondaries sign with hmac-sha256. Leave both empty for none."),
        max_length=253,
        required=False,
    )
    tsig_secret = forms.CharField(
        label=_("Secret of the TSIG key"),
        help_text=_("In base64. It is kept encrypted and never shown again."),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    @classmethod
    def of(cls, zone: OwnZone) -> "SettingsForm":
        """Filled with what holds now; the secret stays empty."""
        return cls(
            initial={
                "name_servers": "\n".join(zone.name_servers),
                "secondaries": "\n".join(zone.secondaries),
                "tsig_name": zone.tsig_name,
            }
        )


class ZoneForm(SettingsForm):
    """A zone to be created."""

    name = forms.CharField(label=_("Domain"), max_length=300)
    zone_text = forms.CharField(
        label=_("Zone file"),
        help_text=_("The records that the zone has today, as your DNS host exports them."),
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    field_order = ["name", "name_servers", "secondaries", "tsig_name", "tsig_secret", "zone_text"]


class RecordForm(forms.Form):
    """A record by hand."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Without the domain; @ or nothing is the domain itself."),
        max_length=253,
        required=False,
    )
    type = forms.ChoiceField(label=_("Type"), choices=[(kind, kind) for kind in KINDS])
    value = forms.CharField(label=_("Value"), max_length=20_000)
    ttl = forms.IntegerField(
        label=_("TTL (seconds)"), min_value=0, max_value=LONGEST_TTL, initial=TTL
    )
