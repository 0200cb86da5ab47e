"""Tokens: who gets one, and where it is good."""

import time

import jwt
import pytest

from sandbox.microsoft import tokens
from tests.sandbox.caller import APPLICATION, GRAPH, PASSWORD_ROLE, TENANT, Caller, code, read


def test_version_one_writes_its_numbers_as_text(provider: Caller) -> None:
    form = {
        "grant_type": "client_credentials",
        "client_id": APPLICATION,
        "client_secret": "sandbox-client-secret",
        "resource": "https://api.partnercenter.microsoft.com",
    }
    answer = provider.http.post(f"/{TENANT}/oauth2/token", data=form).json
    assert (answer["expires_in"], answer["token_type"]) == ("3600", "Bearer")
    assert answer["expires_on"].isdecimal()
    assert "refresh_token" not in answer


def test_version_two_writes_numbers_and_a_person_has_mfa(provider: Caller) -> None:
    answer = provider.sign_in()
    claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
    assert answer["expires_in"] == 3600
    assert answer["refresh_token"] not in ("", "sandbox-refresh-token")
    assert "mfa" in claims["amr"]
    assert claims["tid"] == TENANT


@pytest.mark.parametrize(
    ("form", "error", "number"),
    [
        ({"client_secret": "wrong"}, "invalid_client", 7000215),
        ({"client_id": "0" * 8}, "unauthorized_client", 700016),
        ({"refresh_token": "sandbox-expired-refresh-token"}, "invalid_grant", 700082),
        ({"refresh_token": "sandbox-no-mfa-refresh-token"}, "invalid_grant", 50076),
        ({"refresh_token": "sandbox-outdated-mfa-refresh-token"}, "invalid_grant", 50078),
        ({"refresh_token": "sandbox-risky-refresh-token"}, "invalid_grant", 530034),
        ({"refresh_token": "sandbox-revoked-refresh-token"}, "invalid_grant", 50173),
        ({"refresh_token": "never seen"}, "invalid_grant", 70008),
        ({"grant_type": "password"}, "unsupported_grant_type", 70003),
        ({"scope": "https://elsewhere.example/.default"}, "invalid_resource", 500011),
    ],
)
def test_the_login_says_why_not(
    provider: Caller, form: dict[str, str], error: str, number: int
) -> None:
    answer = provider.sign_in(**form)
    assert (answer["error"], answer["error_codes"]) == (error, [number])
    assert answer["error_description"].startswith(f"AADSTS{number}:")


def test_an_unknown_tenant_has_no_login(provider: Caller) -> None:
    unknown = "99999999-0000-4000-8000-000000000000"
    assert provider.sign_in(unknown)["error_codes"] == [90002]
    document = provider.http.get(f"/{unknown}/v2.0/.well-known/openid-configuration")
    assert document.status_code == 400


def test_the_document_stays_on_the_host_it_was_asked_on(provider: Caller) -> None:
    asked = {"Host": "login.microsoftonline.com", "X-Forwarded-Proto": "https"}
    path = "/contoso-provider.onmicrosoft.com/v2.0/.well-known/openid-configuration"
    document = provider.http.get(path, headers=asked).json
    assert document["token_endpoint"] == (
        f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
    )


def test_no_token_garbage_and_an_old_one_are_refused(provider: Caller) -> None:
    old = jwt.encode({"aud": tokens.PARTNER_CENTER, "exp": time.time() - 1}, tokens.KEY)
    for token in ("garbage", old):
        assert code(provider.call("GET", "/v1/profiles/mpn", token=token)) == (401, 400)
    assert provider.http.get("/v1/profiles/mpn").status_code == 401


def test_a_token_for_another_service_is_refused(provider: Caller) -> None:
    dead = provider.sign_in(resource="https://graph.windows.net")["access_token"]
    assert code(provider.call("GET", "/v1/profiles/mpn", token=dead)) == (401, 900420)
    refused = provider.call("GET", "/v1.0/domains", token=provider.token())
    assert refused.status_code == 401
    assert read(refused)["error"]["code"] == "InvalidAuthenticationToken"


def test_an_application_alone_may_not_ask_what_needs_a_person(provider: Caller) -> None:
    refused = provider.call("GET", "/v1/relationships", app=True)
    assert code(refused) == (403, 900329)


def test_a_customer_lets_the_application_in_before_it_gets_a_token(provider: Caller) -> None:
    tenant = provider.customer()["id"]
    assert provider.sign_in(tenant, GRAPH)["error_codes"] == [65001]
    provider.grant(tenant, PASSWORD_ROLE)
    assert "access_token" in provider.sign_in(tenant, GRAPH)


def test_the_turned_clock_ends_no_session(provider: Caller) -> None:
    token = provider.token()
    provider.http.post("/_sandbox/clock", json={"advance": "P30D"})
    assert provider.call("GET", "/v1/profiles/mpn", token=token).status_code == 200
