"""The provider's own sign-in, through MSAL's authorization code flow with PKCE."""

import warnings
from collections.abc import Mapping
from typing import Any, Final

import httpx
import msal

from common.errors import Busy, Refused
from partnercenter.base.signin import SignInCalls
from partnercenter.rest.calls import Calls
from partnercenter.rest.login import PARTNER_CENTER, PUBLIC, application, refusal, wire_to
from partnercenter.rest.sentences import LOGIN_UNREACHABLE, NOT_THIS_SIGN_IN, WRONG_TENANT
from partnercenter.signin import SignedIn, SignIn

SCOPES: Final = [f"{PARTNER_CENTER}/user_impersonation"]
_WAIT = 20.0  # seconds: a person waits
_COMPLIANT = "ismfacompliant"


class RestSignInCalls(Calls, SignInCalls):
    def begin_sign_in(self, *, redirect_uri: str) -> SignIn:
        app = self._application()
        with warnings.catch_warnings():
            # A form posted from Microsoft's site would come without our SameSite session cookie.
            warnings.simplefilter("ignore", UserWarning)
            flow = app.initiate_auth_code_flow(SCOPES, redirect_uri=redirect_uri, prompt="login")
        url = str(flow["auth_uri"]).replace(PUBLIC, self._session.options.authority.rstrip("/"), 1)
        return SignIn(url, flow)

    def finish_sign_in(self, *, flow: dict[str, Any], answer: Mapping[str, str]) -> SignedIn:
        if not flow or answer.get("state") != flow.get("state"):
            raise Refused(NOT_THIS_SIGN_IN, code="state")
        result = self._application().acquire_token_by_auth_code_flow(flow, dict(answer))
        if "refresh_token" not in result:
            raise refusal(result, is_customer=False)
        claims = result.get("id_token_claims", {})
        if str(claims.get("tid", "")).lower() != self._session.options.tenant_id.lower():
            raise Refused(WRONG_TENANT, code="tenant")
        return SignedIn(
            refresh_token=str(result["refresh_token"]),
            tenant_id=str(claims["tid"]),
            user_name=str(claims.get("preferred_username", "")),
            has_mfa="mfa" in claims.get("amr", []),
        )

    def has_mfa(self, *, timeout: float | None = None) -> bool | None:
        answer = self._session.read(
            "/v1/profiles/mpn", timeout=timeout, headers={"ValidateMfa": "true"}, acts_as="user"
        )
        said = answer.headers.get(_COMPLIANT, "").lower()
        return said == "true" if said else None

    def _application(self) -> msal.ConfidentialClientApplication:
        session = self._session
        try:
            wire = wire_to(session.http, session.options, _WAIT)
            return application(wire, session.options, session.options.tenant_id)
        except (httpx.RequestError, OSError, RuntimeError, ValueError) as error:
            raise Busy(LOGIN_UNREACHABLE, code="connection") from error
