"""Passkeys in a real browser, with a device that Chromium plays; codes by hand without a script."""

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from tests.accounts.factor.app import CODES, FACTOR, SET_UP, code_of
from tests.people import PASSWORD, People
from tests.stories.test_look import assert_fine

pytestmark = pytest.mark.browser
OWNER = "owner@northwind.example"


def _plug_in(page: Any) -> None:
    """A device with a fingerprint reader."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _password(page: Any, url: str) -> None:
    page.goto(url + "/sign-in/login/")
    page.fill("[name=login]", OWNER)
    page.fill("[name=password]", PASSWORD)
    page.click(".entrance-card form:not([data-passkey]) .btn-primary")


def _prove(page: Any) -> None:
    page.fill("[name=password]", PASSWORD)
    page.click(".btn-primary")


def _sign_out(page: Any) -> None:
    page.context.clear_cookies()


def _add(page: Any, url: str, *, alone: bool) -> None:
    _password(page, url)
    page.goto(url + FACTOR + "webauthn/add/")
    _prove(page)
    page.fill("[name=name]", "Laptop")
    if alone:
        page.check("[name=passwordless]")
    page.click(".btn-primary")
    page.wait_for_url(url + CODES)


def test_a_passkey_signs_in_alone(page: Any, people: People, live_server: Any) -> None:
    _plug_in(page)
    _add(page, live_server.url, alone=True)
    _sign_out(page)
    page.goto(live_server.url + "/sign-in/login/")
    page.click("[data-passkey=get] button")
    page.wait_for_url(live_server.url + "/home/")


def test_a_security_key_is_asked_for_after_the_password(
    page: Any, people: People, live_server: Any
) -> None:
    _plug_in(page)
    _add(page, live_server.url, alone=False)
    _sign_out(page)
    _password(page, live_server.url)
    page.wait_for_url(live_server.url + FACTOR + "authenticate/")
    page.click("[data-passkey=get] button")
    page.wait_for_url(live_server.url + "/home/")
    page.goto(live_server.url + FACTOR + "webauthn/")
    assert "Laptop" in page.inner_text("main")
    page.click("a[title='Remove Laptop']")
    _prove(page)  # the password, or the key again
    page.click(".btn-danger")
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_downloaded_as_text(page: Any, people: People, live_server: Any) -> None:
    _plug_in(page)
    _add(page, live_server.url, alone=False)
    with page.expect_download() as download:
        page.click("a[download]")
    kept = Path(download.value.path()).read_text().split()
    assert len(kept) == 10
    assert kept == page.inner_text(".codes").split()


def test_a_device_that_knows_nothing_is_said(page: Any, people: People, live_server: Any) -> None:
    _plug_in(page)
    page.goto(live_server.url + "/sign-in/login/")
    page.click("[data-passkey=get] button")
    page.wait_for_selector("[data-passkey-failed]:visible")


@pytest.mark.full
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_pages_are_accessible_and_fit(
    page: Any, people: People, live_server: Any, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    _plug_in(page)
    _add(page, live_server.url, alone=True)
    assert_fine(page)
    page.goto(live_server.url + SET_UP)
    assert_fine(page)
    key = page.inner_text(".copy code")
    page.fill("[name=code]", code_of(key))
    page.click(".form-actions .btn-primary")
    page.wait_for_url(live_server.url + FACTOR)
    assert_fine(page)
    for path in ("webauthn/", "webauthn/add/", "totp/deactivate/", "recovery-codes/generate/"):
        page.goto(live_server.url + FACTOR + path)
        assert_fine(page)
    page.goto(live_server.url + "/account/sessions/")
    assert_fine(page)
    _sign_out(page)
    _password(page, live_server.url)
    assert_fine(page)
