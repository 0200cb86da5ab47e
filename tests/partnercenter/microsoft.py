"""A scripted Microsoft: the login answers by itself, everything else from a list."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from partnercenter.rest import RestPartnerCenter

BOM = b"\xef\xbb\xbf"
TENANT = "11111111-0000-4000-8000-000000000001"
CUSTOMER = "22222222-0000-4000-8000-000000000002"
Told = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def ok(value: Any, status: int = 200, **headers: str) -> httpx.Response:
    """A success as the front door writes it: compact, with a byte order mark."""
    body = BOM + json.dumps(value, separators=(",", ":")).encode()
    return httpx.Response(status, content=body, headers=headers)


def refused(status: int, code: Any, description: str = "no", **more: Any) -> httpx.Response:
    """A refusal in the front door's shape."""
    body = {"code": code, "description": description, "data": [], "source": "PartnerFD", **more}
    return httpx.Response(status, json=body)


class Microsoft(httpx.MockTransport):
    """Give it answers in order; look at what was asked."""

    def __init__(
        self, *answers: Told, login: Told | None = None, discovery: Told | None = None
    ) -> None:
        self.answers = list(answers)
        self.login = login
        self.discovery = discovery
        self.asked: list[httpx.Request] = []
        self.logins: list[httpx.Request] = []
        super().__init__(self._answer)

    def client(self, **options: Any) -> RestPartnerCenter:
        known = {
            "tenant_id": TENANT,
            "client_id": "an-application",
            "client_secret": "hush-secret",
            "refresh_token": "hush-refresh",
            "authority": "http://login.local",
            "partner_center": "http://pc.local",
            "graph": "http://graph.local/v1.0",
            "prices": "http://prices.local",
        }
        return RestPartnerCenter(transport=self, **{**known, **options})

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == "login.local":
            return self._sign_in(request)
        self.asked.append(request)
        return _tell(self.answers.pop(0), request)

    def _sign_in(self, request: httpx.Request) -> httpx.Response:
        tenant = request.url.path.split("/")[1]
        if request.method == "GET":
            if self.discovery is not None:
                return _tell(self.discovery, request)
            asked = request.headers
            root = f"{asked['X-Forwarded-Proto']}://{asked['X-Forwarded-Host']}/{tenant}"
            return httpx.Response(
                200,
                json={
                    "issuer": f"{root}/v2.0",
                    "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
                    "token_endpoint": f"{root}/oauth2/v2.0/token",
                },
            )
        self.logins.append(request)
        if self.login is not None:
            return _tell(self.login, request)
        token = f"token-{len(self.logins)}-{tenant[:4]}"
        return httpx.Response(200, json={"access_token": token, "expires_in": 3600})


def _tell(told: Told, request: httpx.Request) -> httpx.Response:
    if isinstance(told, Exception):
        raise told
    return told if isinstance(told, httpx.Response) else told(request)
