"""Forms of the wizard."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.utils.translation import gettext_lazy as _

from accounts.forms import SettingsForm
from accounts.models import Account, User
from accounts.verdicts import looks_like_mpn_id, refused


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        help_text=_("As it was printed when the portal was started."),
    )


class PersonForm(forms.Form):
    """The first person of staff."""

    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        password, again = given.get("password"), given.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords are not the same."))
        if password:
            try:
                validate_password(password, User(email=given.get("email", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class ResellerForm(SettingsForm):
    """An account, its owner, and perhaps its MPN ID."""

    email = forms.EmailField(
        label=_("E-mail address of the owner"),
        help_text=_("An invitation is mailed there; it is good for seven days."),
    )
    mpn_id = forms.CharField(
        label=_("MPN (Partner) ID"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Checked at Microsoft now. Empty: the owner registers it."),
    )

    class Meta(SettingsForm.Meta):
        model = Account
        fields = ["name", "region", "country", "language", "time_zone", "currency"]

    def clean_mpn_id(self) -> str:
        mpn_id: str = self.cleaned_data["mpn_id"].strip()
        if mpn_id and not looks_like_mpn_id(mpn_id):
            raise forms.ValidationError(refused(mpn_id, "digits").sentence, code="digits")
        return mpn_id

    @property
    def facts(self) -> dict[str, str]:
        """Columns of the account beside its name."""
        return {name: str(self.cleaned_data[name]) for name in self.Meta.fields if name != "name"}
