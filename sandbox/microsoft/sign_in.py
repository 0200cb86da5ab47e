"""The authorization code flow: an administrator of the provider signs in on a page."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup
from werkzeug import Request, Response
from werkzeug.utils import redirect

from sandbox.http import rule
from sandbox.microsoft.login_error import LoginError, invalid_grant
from sandbox.microsoft.refresh import Grant
from sandbox.microsoft.tenants import find_tenant
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.world import World

LIFE = 600  # seconds of real time
PAGE = Markup(
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>"
    "<meta name=viewport content='width=device-width'><title>Sign in</title></head>"
    "<body><main><h1>Sign in to {company}</h1>{body}</main></body></html>"
)
FORM = Markup(
    "<p>The sandbox stands in for Microsoft's login. The application <b>{application}</b> asks to "
    "act as you at <b>{resource}</b>.</p><form method=post>"
    "<p><label for=user>Account</label> <input id=user name=user value='{user}' size=50></p>"
    "<p><button name=as value=mfa>Sign in with a second factor</button> "
    "<button name=as value=no-mfa>Sign in with a password only</button> "
    "<button name=as value=decline>Decline</button></p></form>"
)


def authorize(request: Request, world: World, tenant: str) -> Response:
    """The page; its form comes back here, and the browser goes where it came from."""
    own = world.table("provider")["self"]
    try:
        _check(request, world, tenant)
    except LoginError as error:
        body = Markup("<p role=alert>AADSTS{}: {}</p>").format(error.code, error.text)
        page = PAGE.format(company=own["name"], body=body)
        return Response(str(page), error.status, mimetype="text/html")
    if request.method == "POST":
        return redirect(_back(request, world))
    body = FORM.format(
        application=request.args["client_id"],
        resource=request.args.get("scope") or request.args.get("resource", ""),
        user=request.args.get("login_hint") or f"admin@{own['domain']}",
    )
    return Response(str(PAGE.format(company=own["name"], body=body)), mimetype="text/html")


def _check(request: Request, world: World, tenant: str) -> None:
    own, asked = world.table("provider")["self"], request.args
    if find_tenant(world, tenant) != own["tenant_id"]:
        text = f"The administrator of {own['domain']} does not exist in tenant '{tenant}'."
        raise LoginError(400, "invalid_request", 50020, text)
    if asked.get("client_id", "").lower() != own["client_id"]:
        text = f"Application with identifier '{asked.get('client_id', '')}' was not found."
        raise LoginError(400, "unauthorized_client", 700016, text)
    if urlsplit(asked.get("redirect_uri", "")).scheme not in ("http", "https"):
        raise LoginError(400, "invalid_request", 50011, "The redirect URI is not registered.")
    if asked.get("response_type") != "code":
        raise LoginError(400, "unsupported_response_type", 700054, "Only code is supported.")


def _back(request: Request, world: World) -> str:
    asked, chosen = request.args, request.form.get("as", "")
    answer = {"state": asked["state"]} if "state" in asked else {}
    if chosen not in ("mfa", "no-mfa"):
        told = "AADSTS65004: User declined to consent to access the app."
        answer |= {"error": "access_denied", "error_description": told}
    else:
        answer |= {"code": _code(request, world, chosen), "session_state": str(uuid.uuid4())}
    address = asked["redirect_uri"]
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(answer)}"


def _code(request: Request, world: World, chosen: str) -> str:
    asked, code = request.args, f"1.sandbox-code-{secrets.token_urlsafe(32)}"
    kept = ("redirect_uri", "scope", "nonce", "code_challenge", "code_challenge_method")
    with world.change():
        world.table("codes")[code] = {
            **{name: asked.get(name, "") for name in kept},
            "user": request.form.get("user", "").strip(),
            "mfa_at": stamp(world.now()) if chosen == "mfa" else "",
            "at": world.real_now().timestamp(),
        }
    return code


def redeem(request: Request, world: World) -> Grant:
    """The grant behind an authorization code, good once and for ten minutes.

    Raises:
        LoginError: AADSTS70008 unknown or old, 54005 used, 500112 another redirect URI, 501481
            the PKCE verifier is not that of the challenge.
    """
    form = request.form
    with world.change():
        row = world.table("codes").get(form.get("code", ""))
        if row is None or row["at"] + LIFE < world.real_now().timestamp():
            raise invalid_grant(70008, "The provided authorization code has expired.")
        if row.get("is_used"):
            raise invalid_grant(54005, "OAuth2 Authorization code was already redeemed.")
        if row["redirect_uri"] != form.get("redirect_uri", ""):
            raise invalid_grant(500112, "The reply address is not the one of the authorization.")
        _check_pkce(row["code_challenge"], row["code_challenge_method"], form)
        row["is_used"] = True
    return Grant(row["user"], row["mfa_at"], nonce=row["nonce"], scope=row["scope"])


def _check_pkce(challenge: str, method: str, form: dict[str, str]) -> None:
    verifier = form.get("code_verifier", "")
    shown = verifier
    if method == "S256":
        digest = hashlib.sha256(verifier.encode()).digest()
        shown = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    if challenge and shown != challenge:
        text = "The Code_Verifier does not match the code_challenge of the authorization request."
        raise invalid_grant(501481, text)


RULES = [
    rule("GET POST", "/<tenant>/oauth2/v2.0/authorize", authorize),
    rule("GET POST", "/<tenant>/oauth2/authorize", authorize),
]
