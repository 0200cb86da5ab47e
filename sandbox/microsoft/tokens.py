"""Access tokens: issued by the login, checked by the services."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

import jwt

from sandbox.microsoft.refusal import Refusal, front

PARTNER_CENTER = "https://api.partnercenter.microsoft.com"
PARTNER_CENTER_APP = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"
GRAPH = "https://graph.microsoft.com"
GRAPH_APP = "00000003-0000-0000-c000-000000000000"
DEAD_GRAPH = "https://graph.windows.net"
RESOURCES = {
    PARTNER_CENTER: PARTNER_CENTER,
    PARTNER_CENTER_APP: PARTNER_CENTER,
    "https://api.partner.microsoft.com": PARTNER_CENTER,
    GRAPH: GRAPH,
    GRAPH_APP: GRAPH,
    DEAD_GRAPH: DEAD_GRAPH,
}
LIFETIME = 3600  # seconds
KEY = "sandbox-signing-key-0123456789abcdef"  # nothing here is secret


@dataclass(frozen=True)
class Token:
    """Who calls: an application of a tenant, and perhaps a person."""

    tenant: str
    application: str
    user: str
    has_mfa: bool = False

    @property
    def is_app_only(self) -> bool:
        """Whether no person signed in for it."""
        return not self.user


def factors(*, has_mfa: bool) -> list[str]:
    """How somebody proved who he is, as the claim `amr` says it."""
    return ["pwd", "mfa"] if has_mfa else ["pwd"]


def issue(
    *,
    tenant: str,
    application: str,
    audience: str,
    user: str = "",
    has_mfa: bool = True,
    **more: Any,
) -> str:
    """A signed token. Its times are real ones: the turned clock ends no session."""
    now = int(time.time())
    claims = {
        "aud": audience,
        "iss": f"https://sts.windows.net/{tenant}/",
        "iat": now,
        "nbf": now - 5,
        "exp": now + LIFETIME,
        "appid": application,
        "tid": tenant,
        "ver": "1.0",
        "jti": str(uuid.uuid4()),
        **({"upn": user, "amr": factors(has_mfa=has_mfa)} if user else {}),
        **more,
    }
    return jwt.encode(claims, KEY, algorithm="HS256")


def check(authorization: str, *, audience: str) -> Token:
    """Read the `Authorization` header.

    Raises:
        Refusal: 401 for no token, garbage, an expired one, or one for another service.
    """
    scheme, _, text = authorization.partition(" ")
    if scheme.lower() != "bearer" or not text:
        raise denied()
    try:
        claims = jwt.decode(text.strip(), KEY, algorithms=["HS256"], options={"verify_aud": False})
    except jwt.InvalidTokenError:
        raise denied() from None
    if claims["aud"] != audience:
        raise front(401, 900420, "The audience of the access token is not accepted.")
    has_mfa = "mfa" in claims.get("amr", [])
    return Token(claims["tid"], claims["appid"], claims.get("upn", ""), has_mfa)


def denied() -> Refusal:
    """401 as the front door words it."""
    return front(401, 400, "Access denied")
