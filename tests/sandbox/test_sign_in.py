"""An administrator signs in; refresh tokens are renewed, grow old and are ended."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest

from tests.sandbox.caller import APPLICATION, PARTNER_CENTER, TENANT, Caller, read

BACK = "https://portal.example/signed-in/?market=eu"
VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode()
ADMIN = "admin@contoso-provider.onmicrosoft.com"


def page(**changed: str) -> str:
    """The address that an application sends an administrator to."""
    asked = {
        "client_id": APPLICATION,
        "response_type": "code",
        "redirect_uri": BACK,
        "scope": f"{PARTNER_CENTER}/user_impersonation offline_access openid profile",
        "state": "st&te",
        "nonce": "n0nce",
        "code_challenge": CHALLENGE.rstrip("="),
        "code_challenge_method": "S256",
        **changed,
    }
    return f"/{TENANT}/oauth2/v2.0/authorize?{urlencode(asked)}"


def signed_in(provider: Caller, how: str = "mfa") -> dict[str, list[str]]:
    """What the browser brings back."""
    answer = provider.http.post(page(), data={"as": how, "user": ADMIN})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{BACK}&")
    return parse_qs(urlsplit(answer.headers["Location"]).query)


def exchange(provider: Caller, code: str, **form: str) -> Any:
    sent = {"redirect_uri": BACK, "code_verifier": VERIFIER, **form}
    return provider.sign_in(grant_type="authorization_code", code=code, **sent)


def turn(provider: Caller, by: str) -> None:
    provider.http.post("/_sandbox/clock", json={"advance": by})


def use(provider: Caller, token: str) -> Any:
    answer = provider.sign_in(refresh_token=token)
    return answer.get("refresh_token") or answer["error_codes"]


def test_an_administrator_signs_in_with_a_second_factor(provider: Caller) -> None:
    shown = provider.http.get(page())
    assert (shown.status_code, shown.mimetype) == (200, "text/html")
    assert ADMIN in shown.get_data(as_text=True)
    back = signed_in(provider)
    assert back["state"] == ["st&te"]
    answer = exchange(provider, back["code"][0])
    claims = jwt.decode(answer["id_token"], options={"verify_signature": False})
    assert (claims["tid"], claims["preferred_username"]) == (TENANT, ADMIN)
    assert (claims["nonce"], "mfa" in claims["amr"]) == ("n0nce", True)
    own = provider.call("GET", "/v1/profiles/mpn", token=answer["access_token"], ValidateMfa="true")
    assert own.headers["isMfaCompliant"] == "true"
    assert "isMfaCompliant" not in provider.call("GET", "/v1/profiles/mpn").headers
    assert "sandbox" in use(provider, answer["refresh_token"])


def test_a_password_alone_does_not_last(provider: Caller) -> None:
    answer = exchange(provider, signed_in(provider, "no-mfa")["code"][0])
    own = provider.call("GET", "/v1/profiles/mpn", token=answer["access_token"], ValidateMfa="true")
    assert own.headers["isMfaCompliant"] == "false"
    assert use(provider, answer["refresh_token"]) == [50076]
    provider.http.post("/_sandbox/tokens", json={"require_mfa": False})
    assert "sandbox" in use(provider, answer["refresh_token"])


def test_an_administrator_declines(provider: Caller) -> None:
    back = signed_in(provider, "decline")
    assert (back["error"], back["state"]) == (["access_denied"], ["st&te"])
    assert "code" not in back


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ({"code": "made up"}, 70008),
        ({"redirect_uri": "https://elsewhere.example/"}, 500112),
        ({"code_verifier": "another"}, 501481),
    ],
)
def test_a_code_is_good_for_its_owner_only(
    provider: Caller, form: dict[str, str], number: int
) -> None:
    code = signed_in(provider)["code"][0]
    assert exchange(provider, **{"code": code, **form})["error_codes"] == [number]


def test_a_code_is_good_once(provider: Caller) -> None:
    code = signed_in(provider)["code"][0]
    assert "access_token" in exchange(provider, code)
    assert exchange(provider, code)["error_codes"] == [54005]


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        ({"client_id": "unknown"}, 700016),
        ({"redirect_uri": "javascript:alert(1)"}, 50011),
        ({"response_type": "token"}, 700054),
    ],
)
def test_a_wrong_wish_is_told_on_the_page(
    provider: Caller, changed: dict[str, str], number: int
) -> None:
    shown = provider.http.get(page(**changed))
    assert shown.status_code == 400
    assert f"AADSTS{number}" in shown.get_data(as_text=True)


def test_ninety_days_without_use_end_it_and_every_use_renews(provider: Caller) -> None:
    first = exchange(provider, signed_in(provider)["code"][0])["refresh_token"]
    turn(provider, "P60D")
    second = use(provider, first)
    assert second != first
    turn(provider, "P29D")
    assert "sandbox" in use(provider, first)  # good until its own age
    turn(provider, "P2D")
    assert use(provider, first) == [700082]
    third = use(provider, second)
    turn(provider, "P91D")
    assert use(provider, third) == [700082]


def test_the_robots_token_ages_only_when_told_to(provider: Caller) -> None:
    turn(provider, "P400D")
    assert "sandbox" in use(provider, "sandbox-refresh-token")
    provider.http.post("/_sandbox/tokens", json={"ageing": True})
    assert use(provider, "sandbox-refresh-token") == [700082]


def test_a_second_factor_grows_old_where_the_policy_says_so(provider: Caller) -> None:
    token = exchange(provider, signed_in(provider)["code"][0])["refresh_token"]
    told = provider.http.post("/_sandbox/tokens", json={"mfa_max_days": 30})
    assert told.json == {"ageing": False, "require_mfa": True, "mfa_max_days": 30}
    turn(provider, "P29D")
    token = use(provider, token)
    turn(provider, "P2D")
    assert use(provider, token) == [50078]


def test_revoked_tokens_stay_revoked(provider: Caller) -> None:
    provider.http.post("/_sandbox/tokens", json={"revoke": True})
    assert use(provider, "sandbox-refresh-token") == [50173]
    assert "access_token" in exchange(provider, signed_in(provider)["code"][0])
    assert provider.http.post("/_sandbox/tokens", json={"x": 1}).status_code == 400


def test_the_older_endpoint_renews_too(provider: Caller) -> None:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": "sandbox-refresh-token",
        "client_id": APPLICATION,
        "client_secret": "sandbox-client-secret",
        "resource": PARTNER_CENTER,
    }
    answer = read(provider.http.post(f"/{TENANT}/oauth2/token", data=form))
    assert "sandbox" in use(provider, answer["refresh_token"])
