"""Forms of accounts."""

from typing import Any
from zoneinfo import available_timezones

from allauth.core import context
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import invitations
from accounts.models import Account, Region, Role, Site, User
from accounts.regions import COUNTRIES
from accounts.verdicts import looks_like_mpn_id, refused
from common.refusals import Impossible

TIME_ZONES = ["UTC", *sorted(zone for zone in available_timezones() if "/" in zone)]
ZONES = [(zone, zone.replace("_", " ")) for zone in TIME_ZONES]


class SignupExtraForm(forms.Form):
    """What we ask beside e-mail and password."""

    company = forms.CharField(
        label=_("Your company"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitations.pending(context.request)
        self.fields["company"].required = self.invitation is None

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth; the account is opened by the adapter."""


class SettingsForm(forms.ModelForm[Account]):
    """An account's settings; only regions with a Partner Center connection are offered."""

    country = forms.ChoiceField(label=_("Country"))
    region = forms.ChoiceField(
        label=_("Region"),
        help_text=_("Where you sell. A new region brings its currency with it."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)

    class Meta:
        model = Account
        fields = [
            "name", "region", "country", "language", "time_zone", "currency", "spend_limit",
            "approval_above", "second_factor_required", "support_may_look",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = [r for r in Region if r in settings.PARTNER_CENTER or r == self.instance.region]
        region, country = self.fields["region"], self.fields["country"]
        assert isinstance(region, forms.ChoiceField) and isinstance(country, forms.ChoiceField)
        region.choices = [(r.value, r.label) for r in regions]
        country.choices = [
            (r.label, sorted(COUNTRIES[r].items(), key=lambda item: str(item[1]))) for r in regions
        ]


class SiteForm(forms.ModelForm[Site]):
    """What holds for the whole portal; staff's admin has the same form."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=ZONES, help_text=Site._meta.get_field("time_zone").help_text
    )
    support_url = forms.URLField(
        label=_("Address of the help page"),
        required=False,
        assume_scheme="https",
        help_text=_("Linked at the foot of every page."),
    )

    class Meta:
        model = Site
        fields = ["name", "language", "time_zone", "support_url", "support_email"]


class ProfileForm(forms.ModelForm[User]):
    """A person's own name and language."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.VIEWER)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What uses it, for example “billing script”.")
    )
    role = forms.ChoiceField(label=_("May do at most"), choices=Role.choices, initial=Role.VIEWER)


class PartnerIdForm(forms.Form):
    """Digits first; nobody is asked about anything else."""

    mpn_id = forms.CharField(
        label=_("MPN (Partner) ID"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("5 to 10 digits; in Partner Center under account settings, identifiers."),
    )
    confirmed_name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean_mpn_id(self) -> str:
        mpn_id: str = self.cleaned_data["mpn_id"].strip()
        if not looks_like_mpn_id(mpn_id):
            raise forms.ValidationError(refused(mpn_id, "digits").sentence, code="digits")
        return mpn_id


class SwitchForm(forms.Form):
    account = forms.IntegerField(min_value=1)


def show_refusal(form: forms.BaseForm, refusal: Impossible) -> None:
    """Each text beside its field; those of no field of this form above it."""
    for field, texts in refusal.errors.items():
        form.add_error(field if field in form.fields else None, texts)
