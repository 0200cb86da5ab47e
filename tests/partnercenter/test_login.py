"""Tokens: fetched when needed, kept, renewed once, and never shown."""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.parse import parse_qs

import httpx
import pytest

from common.errors import Busy, Misconfigured, Refused
from tests.partnercenter.microsoft import CUSTOMER, TENANT, Microsoft, ok, refused


def oauth(code: str, error: str = "invalid_grant") -> httpx.Response:
    told = f"AADSTS{code}: No.\r\nTrace ID: 1\r\nCorrelation ID: 2"
    return httpx.Response(400, json={"error": error, "error_description": told})


def test_one_token_serves_many_calls() -> None:
    microsoft = Microsoft(ok({}), ok({}))
    client = microsoft.client()
    client.own_profile()
    client.own_profile()
    assert len(microsoft.logins) == 1
    form = parse_qs(microsoft.logins[0].content.decode())
    assert form["grant_type"] == ["refresh_token"]
    assert form["refresh_token"] == ["hush-refresh"]
    assert "https://api.partnercenter.microsoft.com/user_impersonation" in form["scope"][0]


def test_the_catalogue_is_asked_for_as_the_application() -> None:
    microsoft = Microsoft(ok({"items": []}))
    microsoft.client().products(country="FR")
    form = parse_qs(microsoft.logins[0].content.decode())
    assert form["grant_type"] == ["client_credentials"]


def test_a_customers_directory_has_its_own_token() -> None:
    microsoft = Microsoft(ok({"value": []}), ok({"value": []}))
    client = microsoft.client()
    client.domains(customer_id=CUSTOMER)
    client.gdaps()
    assert [login.url.path.split("/")[1] for login in microsoft.logins] == [CUSTOMER, TENANT]
    assert microsoft.asked[0].headers["Authorization"] == "Bearer token-1-2222"
    assert str(microsoft.asked[0].url) == "http://graph.local/v1.0/domains"


def test_many_threads_share_one_sign_in() -> None:
    microsoft = Microsoft(*[ok({}) for _ in range(8)])
    client = microsoft.client()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: client.own_profile(), range(8)))
    assert len(microsoft.logins) == 1


def test_a_live_check_does_not_queue_behind_a_slow_sign_in() -> None:
    asked, go_on = Event(), Event()

    def slowly(_request: httpx.Request) -> httpx.Response:
        asked.set()
        go_on.wait(5)
        return httpx.Response(200, json={"access_token": "late", "expires_in": 3600})

    client = Microsoft(ok({}), login=slowly).client()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.own_profile)
        asked.wait(5)
        with pytest.raises(Busy) as raised:
            client.own_profile(timeout=0.05)
        go_on.set()
        first.result()
    assert raised.value.code == "timeout"


def test_tokens_that_ended_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnercenter.rest.tokens._MANY", 1)
    short = httpx.Response(200, json={"access_token": "short", "expires_in": 60})
    microsoft = Microsoft(*[ok({"value": []}) for _ in range(3)], login=short)
    client = microsoft.client()
    for number in range(3):
        client.domains(customer_id=f"customer-{number}")
    assert len(microsoft.logins) == 3
    assert len(client._session._tokens._kept) <= 2


def test_a_refused_token_is_renewed_once() -> None:
    microsoft = Microsoft(httpx.Response(401), ok({"mpnId": "1"}))
    assert microsoft.client().own_profile().mpn_id == "1"
    assert [ask.headers["Authorization"] for ask in microsoft.asked] == [
        "Bearer token-1-1111",
        "Bearer token-2-1111",
    ]


def test_a_second_refusal_is_the_operators_matter() -> None:
    microsoft = Microsoft(httpx.Response(401), refused(401, 900420, "audience"))
    with pytest.raises(Misconfigured) as raised:
        microsoft.client().own_profile()
    assert raised.value.code == "900420"


@pytest.mark.parametrize("code", ["700082", "50076", "7000215", "530034", "90002"])
def test_the_logins_code_reaches_the_operator(code: str) -> None:
    with pytest.raises(Misconfigured) as raised:
        Microsoft(login=oauth(code)).client().own_profile()
    assert raised.value.code == f"AADSTS{code}"
    assert raised.value.message.endswith("No.")
    assert "Trace" not in raised.value.message


def test_a_tenant_that_does_not_exist_is_the_operators_matter() -> None:
    told = {"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant 'x' not found."}
    with pytest.raises(Misconfigured) as raised:
        Microsoft(discovery=httpx.Response(400, json=told)).client().own_profile()
    assert raised.value.code == "AADSTS90002"


def test_a_customer_who_has_not_consented_is_asked_to() -> None:
    client = Microsoft(login=oauth("65001")).client()
    with pytest.raises(Refused) as raised:
        client.domains(customer_id=CUSTOMER)
    assert (raised.value.code, raised.value.field) == ("AADSTS65001", "consent")
    assert client.has_consent(customer_id=CUSTOMER) is False
    with pytest.raises(Misconfigured):
        client.own_profile()


def test_a_refusal_is_not_remembered() -> None:
    microsoft = Microsoft(ok({"mpnId": "1"}), login=oauth("50076"))
    client = microsoft.client()
    with pytest.raises(Misconfigured):
        client.own_profile()
    microsoft.login = None
    assert client.own_profile().mpn_id == "1"


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503, headers={"Retry-After": "9"}),
        httpx.Response(
            429, json={"error": "temporarily_unavailable"}, headers={"Retry-After": "9"}
        ),
    ],
)
def test_a_busy_login_is_waited_for(answer: httpx.Response) -> None:
    with pytest.raises(Busy) as raised:
        Microsoft(login=answer).client().own_profile()
    assert raised.value.retry_after == 9


@pytest.mark.parametrize(
    "answer",
    [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.Response(200, html="<html>")],
)
def test_a_login_out_of_reach_is_waited_for(answer: httpx.Response | Exception) -> None:
    with pytest.raises(Busy):
        Microsoft(login=answer).client().own_profile()


@pytest.mark.parametrize(
    "answer", [httpx.Response(502), httpx.Response(200, html="<html>"), httpx.Response(404)]
)
def test_a_login_behind_a_broken_gateway_is_waited_for(answer: httpx.Response) -> None:
    with pytest.raises(Busy):
        Microsoft(discovery=answer).client().own_profile()


def test_a_portal_without_credentials_asks_nobody() -> None:
    microsoft = Microsoft()
    with pytest.raises(Misconfigured) as raised:
        microsoft.client(client_id="").own_profile()
    assert raised.value.code == "not-configured"


def test_secrets_show_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client = Microsoft(ok({}), refused(400, 1)).client()
    client.own_profile()
    with pytest.raises(Refused) as raised:
        client.own_profile()
    shown = caplog.text + repr(client) + str(raised.value) + repr(vars(client))
    assert "hush" not in shown
    assert "token-1" not in shown
