"""Whether a person has just proved who they are: with the second factor, where they have one."""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.second_factor.policy import factors_of


def is_proved(request: HttpRequest, person: User) -> bool:
    """Within allauth's five minutes; a password is enough only for who has no factor."""
    if not get_reauthentication_flows(person):
        return False
    records = get_authentication_records(request, person)
    proofs = [each for each in records if each.get("reauthenticated")]
    if factors_of(person).exists():
        proofs = [each for each in proofs if each["method"] == "mfa"]
    oldest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return bool(proofs) and proofs[-1]["at"] > oldest


def where_to_prove(request: HttpRequest, person: User) -> str:
    """The page that asks, and comes back to this one."""
    name = "mfa_reauthenticate" if factors_of(person).exists() else "account_reauthenticate"
    return f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"
