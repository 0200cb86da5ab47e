"""An authenticator app, as somebody carries it: it knows the key and shows codes."""

import time
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from tests.people import PASSWORD

SIGN_IN = "/sign-in/login/"
FACTOR = "/sign-in/factor/"
SET_UP = FACTOR + "totp/activate/"
REMOVE = FACTOR + "totp/deactivate/"
CODES = FACTOR + "recovery-codes/"
SECOND_STEP = FACTOR + "authenticate/"


def code_of(key: str, *, steps: int = 0) -> str:
    """What the app shows now, or so many times 30 seconds later."""
    value: str = totp.format_hotp_value(totp.hotp_value(key, int(time.time()) // 30 + steps))
    return value


def prove_by_password(browser: Client) -> None:
    browser.post("/sign-in/reauthenticate/", {"password": PASSWORD})


def set_up(browser: Client) -> str:
    """Through the pages; returns the key."""
    prove_by_password(browser)
    form = browser.get(SET_UP).context["form"]
    done: Any = browser.post(SET_UP, {"code": code_of(form.secret)})
    assert done.headers["Location"] == CODES, done.context["form"].errors
    return str(form.secret)


def sign_in(email: str) -> Client:
    """The first step, in a new browser."""
    browser = Client()
    browser.post(SIGN_IN, {"login": email, "password": PASSWORD})
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session
