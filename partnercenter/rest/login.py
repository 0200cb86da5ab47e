"""Tokens of Microsoft's login, through MSAL.

One MSAL application per token, thrown away: MSAL remembers refusals and throttling per application,
and the journal already decides when to try again.
"""

import re
from typing import Any, Final, NamedTuple

import httpx
import msal
from msal.exceptions import MsalServiceError

from common.errors import Busy, Misconfigured, Refused, RemoteError, SignInNeeded
from partnercenter.request import ActsAs
from partnercenter.rest.codes import ENDED, NOT_CONSENTED, SIGN_IN
from partnercenter.rest.failures import retry_after
from partnercenter.rest.options import Options
from partnercenter.rest.sentences import (
    LOGIN_BUSY,
    LOGIN_UNREACHABLE,
    NOT_CONFIGURED,
    NOT_SIGNED_IN,
)
from partnercenter.signin import TokenStore

PUBLIC: Final = "https://login.microsoftonline.com"
PARTNER_CENTER: Final = "https://api.partnercenter.microsoft.com"
GRAPH: Final = "https://graph.microsoft.com"
_ASKED_FOR: Final = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": PUBLIC.removeprefix("https://"),
}
"""MSAL also wants its documents to name https endpoints, as behind any proxy that ends TLS."""
_CODE = re.compile(r"AADSTS\d+")


class Wire:
    """MSAL's `http_client`: our pool, with the authority moved to where it really is.

    MSAL accepts https authorities only; a local one over http is asked for by Microsoft's name.
    """

    def __init__(self, http: httpx.Client, authority: str, timeout: httpx.Timeout) -> None:
        self._http = http
        self._authority = authority.rstrip("/")
        self._timeout = timeout
        self.last: httpx.Response | None = None

    def get(self, url: str, **kwargs: Any) -> httpx.Response:
        return self._keep("GET", url, kwargs)

    def post(self, url: str, **kwargs: Any) -> httpx.Response:
        return self._keep("POST", url, kwargs)

    def close(self) -> None:
        """The pool is not ours to close."""

    def _keep(self, method: str, url: str, kwargs: dict[str, Any]) -> httpx.Response:
        sent = {name: kwargs[name] for name in ("params", "data", "headers") if kwargs.get(name)}
        where = url.replace(PUBLIC, self._authority, 1)
        if where != url:
            sent["headers"] = {**(kwargs.get("headers") or {}), **_ASKED_FOR}
        self.last = self._http.request(method, where, timeout=self._timeout, **sent)
        return self.last


class Wanted(NamedTuple):
    """What a token is for."""

    resource: str
    acts_as: ActsAs
    tenant: str


def acquire(
    *, http: httpx.Client, options: Options, store: TokenStore, wanted: Wanted, wait: float
) -> tuple[str, float]:
    """A token and the seconds it lasts; the login may take `wait` seconds to answer.

    Raises Busy (login away), Refused(field="consent") (the customer has not consented),
    SignInNeeded (an administrator of the provider must sign in again), Misconfigured (the settings
    are wrong); code is the AADSTS code.
    """
    if not (options.client_id and options.tenant_id):
        raise Misconfigured(NOT_CONFIGURED, code="not-configured")
    used = store.load() if wanted.acts_as == "user" else ""
    if wanted.acts_as == "user" and not used:
        raise SignInNeeded(NOT_SIGNED_IN, code="not-signed-in")
    wire = wire_to(http, options, wait)
    try:
        result = _ask(wire, options, wanted, used)
    except (httpx.RequestError, OSError) as error:
        raise Busy(LOGIN_UNREACHABLE, code="connection") from error
    except (MsalServiceError, RuntimeError, ValueError) as error:
        result = _told(wire.last)  # MSAL hides what the login said while it looks for the tenant
        if not result:
            raise _away(wire.last) from error
    if "access_token" in result:
        received = str(result.get("refresh_token", ""))
        if used:
            store.save(used=used, received=received or used)
        return str(result["access_token"]), float(result.get("expires_in", 0))
    if wire.last is not None and (wire.last.status_code == 429 or wire.last.status_code >= 500):
        raise _away(wire.last)
    refused = refusal(result, is_customer=wanted.tenant != options.tenant_id)
    if used and isinstance(refused, SignInNeeded):
        store.refuse(used=used, code=refused.code, text=refused.message)
    raise refused


def wire_to(http: httpx.Client, options: Options, wait: float) -> Wire:
    """MSAL's way to the authority; each answer may take `wait` seconds."""
    timeout = httpx.Timeout(wait, connect=min(wait, options.connect_timeout))
    return Wire(http, options.authority, timeout)


def application(wire: Wire, options: Options, tenant: str) -> msal.ConfidentialClientApplication:
    """Our application as MSAL knows it, in one tenant."""
    authority = options.authority if options.authority.startswith("https://") else PUBLIC
    return msal.ConfidentialClientApplication(
        options.client_id,
        client_credential=options.client_secret,
        authority=f"{authority.rstrip('/')}/{tenant}",
        http_client=wire,
    )


def _told(response: httpx.Response | None) -> dict[str, Any]:
    """The error a login answered with; empty when it was none."""
    try:
        value = response.json() if response is not None and response.is_client_error else None
    except ValueError:
        return {}
    return value if isinstance(value, dict) and "error" in value else {}


def _ask(wire: Wire, options: Options, wanted: Wanted, used: str) -> dict[str, Any]:
    app = application(wire, options, wanted.tenant)
    if wanted.acts_as == "app":
        return dict(app.acquire_token_for_client(scopes=[f"{wanted.resource}/.default"]))
    scope = ".default" if wanted.resource == GRAPH else "user_impersonation"
    scopes = [f"{wanted.resource}/{scope}"]
    return dict(app.acquire_token_by_refresh_token(used, scopes=scopes))


def _away(response: httpx.Response | None) -> Busy:
    wait = retry_after(response) if response is not None else None
    code = f"http-{response.status_code}" if response is not None else "connection"
    return Busy(LOGIN_BUSY, retry_after=wait, code=code)


def refusal(result: dict[str, Any], *, is_customer: bool) -> RemoteError:
    """The error that an OAuth error answer means."""
    told = str(result.get("error_description", ""))
    found = _CODE.search(told)
    code = found[0] if found else str(result.get("error", ""))
    message = told.split("Trace ID")[0].split("\n")[0].strip() or code
    if is_customer and code in NOT_CONSENTED:
        field = "gdap" if code == "AADSTS50020" else "consent"
        return Refused(message, code=code, field=field)
    is_own = not is_customer and (result.get("error") == "invalid_grant" or code in SIGN_IN)
    return (SignInNeeded if is_own or code in ENDED else Misconfigured)(message, code=code)
