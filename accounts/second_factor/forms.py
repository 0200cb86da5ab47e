"""The forms of the second step: a code is good once, even when the cache has forgotten it."""

import re

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms as fields
from django.db import transaction
from django.utils.translation import gettext_lazy as _


class AuthenticateForm(forms.AuthenticateForm):  # type: ignore[misc]
    """At sign-in."""

    def clean_code(self) -> str:
        code = super().clean_code()
        return _once(self.authenticator, code)


class ReauthenticateForm(forms.ReauthenticateForm):  # type: ignore[misc]
    """Before something delicate."""

    def clean_code(self) -> str:
        code = super().clean_code()
        return _once(self.authenticator, code)


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey signs in alone, or is asked for after the password."""

    name = fields.CharField(label=_("Name"), max_length=60, help_text=_("To tell it from others."))
    passwordless = fields.BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        help_text=_("The device then asks for a fingerprint, a face or its PIN."),
    )


def _once(authenticator: Authenticator, code: str) -> str:
    if authenticator.type == Authenticator.Type.TOTP and not _use(authenticator, code):
        raise get_adapter().validation_error("incorrect_code")
    return code


@transaction.atomic
def _use(authenticator: Authenticator, code: str) -> bool:
    """Whether the code is of a later step of time than the last one used (RFC 6238, 5.2)."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = get_adapter().decrypt(row.data["secret"])
    digits = re.sub(r"\D", "", code)
    for step in totp.yield_hotp_counters_from_time():
        value = totp.format_hotp_value(totp.hotp_value(secret, step))
        if value == digits and step > row.data.get("last_step", 0):
            row.data["last_step"] = step
            row.save(update_fields=["data"])
            return True
    return False
