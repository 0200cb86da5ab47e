"""The authority: OpenID documents and the token endpoints of both versions."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

import jwt
from werkzeug import Request, Response

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft import gdap, refresh, sign_in, tokens
from sandbox.microsoft.login_error import LoginError
from sandbox.microsoft.refresh import Grant
from sandbox.microsoft.tenants import find_tenant

if TYPE_CHECKING:
    from sandbox.world import World

ANYONE = ("common", "organizations", "consumers")
RESOURCES = tokens.RESOURCES


def openid(request: Request, world: World, tenant: str, version: str = "") -> Response:
    """The configuration document, on whichever host it was asked for."""
    try:
        found = tenant if tenant in ANYONE else find_tenant(world, tenant)
    except LoginError as error:
        return error.response(world)
    proto = request.headers.get("X-Forwarded-Proto", request.scheme)
    base = f"{proto}://{request.headers.get('X-Forwarded-Host', request.host)}"
    oauth = f"{base}/{found}/oauth2/{version}" if version else f"{base}/{found}/oauth2"
    issuer = f"{base}/{found}/v2.0" if version else f"https://sts.windows.net/{found}/"
    return json_response(
        {
            "issuer": issuer,
            "token_endpoint": f"{oauth}/token",
            "authorization_endpoint": f"{oauth}/authorize",
            "device_authorization_endpoint": f"{oauth}/devicecode",
            "jwks_uri": f"{base}/{found}/discovery/{version or 'v1.0'}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "tenant_region_scope": "EU",
            "cloud_instance_name": "microsoftonline.com",
        }
    )


def keys(request: Request, world: World, tenant: str, version: str = "") -> Response:
    """No public keys: the sandbox signs with a shared one."""
    return json_response({"keys": []})


def token_v1(request: Request, world: World, tenant: str) -> Response:
    """The older endpoint: a `resource`, and numbers written as text."""
    form = request.form
    audience = RESOURCES.get(form.get("resource", "").rstrip("/"), "")
    return _answer(request, world, tenant, audience, is_v1=True)


def token_v2(request: Request, world: World, tenant: str) -> Response:
    """The newer endpoint: scopes, and numbers."""
    named = [scope.rpartition("/")[0] for scope in request.form.get("scope", "").split()]
    audience = next(
        (RESOURCES[name.rstrip("/")] for name in named if name.rstrip("/") in RESOURCES), ""
    )
    return _answer(request, world, tenant, audience, is_v1=False)


def _answer(request: Request, world: World, tenant: str, audience: str, is_v1: bool) -> Response:
    gdap.settle(world)
    try:
        found = find_tenant(world, tenant)
        application = _application(request, world)
        grant = _grant(request, world)
        if not audience:
            raise LoginError(400, "invalid_resource", 500011, "The resource was not found.")
        _let_in(world, found, grant.user if grant else "")
    except LoginError as error:
        return error.response(world)
    access = tokens.issue(
        tenant=found,
        application=application,
        audience=audience,
        user=grant.user if grant else "",
        has_mfa=bool(grant and grant.mfa_at),
    )
    body = _token_body(audience, access, is_v1)
    if grant:
        body |= _of_person(request, world, grant, audience, found, is_v1)
    return json_response(body)


def _application(request: Request, world: World) -> str:
    provider = world.table("provider")["self"]
    basic = request.authorization
    given = request.form.get("client_id") or (basic.username if basic else "") or ""
    secret = request.form.get("client_secret") or (basic.password if basic else "") or ""
    if given.lower() != provider["client_id"]:
        text = f"Application with identifier '{given}' was not found in the directory."
        raise LoginError(400, "unauthorized_client", 700016, text)
    if secret != provider["client_secret"]:
        text = f"Invalid client secret provided for app '{given}'."
        raise LoginError(401, "invalid_client", 7000215, text)
    return str(provider["client_id"])


def _grant(request: Request, world: World) -> Grant | None:
    """For whom the token is; None for the application itself."""
    grant = request.form.get("grant_type", "")
    if grant == "client_credentials":
        return None
    if grant == "authorization_code":
        return sign_in.redeem(request, world)
    if grant != "refresh_token":
        text = f"The grant type '{grant}' is not supported over the /token endpoints."
        raise LoginError(400, "unsupported_grant_type", 70003, text)
    return refresh.use(world, request.form.get("refresh_token", ""))


def _let_in(world: World, tenant: str, user: str) -> None:
    """Refuse a customer's tenant that has not let the application, or the person, in."""
    provider = world.table("provider")["self"]
    if tenant == provider["tenant_id"]:
        return
    if not gdap.has_consent(world, tenant):
        text = "The user or administrator has not consented to use the application."
        raise LoginError(400, "invalid_grant", 65001, text)
    if user and not gdap.active_of(world, tenant):
        text = f"User account '{user}' does not exist in tenant and cannot access the application."
        raise LoginError(400, "invalid_grant", 50020, text)


def _token_body(audience: str, access: str, is_v1: bool) -> dict[str, Any]:
    now = int(time.time())
    times = {
        "expires_in": tokens.LIFETIME,
        "ext_expires_in": tokens.LIFETIME,
        "expires_on": now + tokens.LIFETIME,
        "not_before": now - 300,
    }
    body: dict[str, Any] = {"token_type": "Bearer"}
    if is_v1:
        body |= {name: str(value) for name, value in times.items()} | {"resource": audience}
    else:
        body |= {name: times[name] for name in ("expires_in", "ext_expires_in")}
    return {**body, "access_token": access}


def _of_person(
    request: Request, world: World, grant: Grant, audience: str, tenant: str, is_v1: bool
) -> dict[str, Any]:
    """What the answer holds besides when a person stands behind it."""
    scopes = f"{request.form.get('scope', '')} {grant.scope}".split()
    body = {"scope": "user_impersonation" if is_v1 else f"{audience}/user_impersonation"}
    is_renewed = request.form["grant_type"] == "refresh_token"
    if is_v1 or is_renewed or "offline_access" in scopes:
        body["refresh_token"] = refresh.issue(world, grant)
    if "openid" in scopes:
        body["id_token"] = _identity(request, grant, tenant)
    return body


def _identity(request: Request, grant: Grant, tenant: str) -> str:
    now = int(time.time())
    claims = {
        "aud": request.form.get("client_id", ""),
        "iss": f"https://login.microsoftonline.com/{tenant}/v2.0",
        "iat": now,
        "nbf": now - 300,
        "exp": now + tokens.LIFETIME,
        "sub": str(uuid.uuid5(uuid.NAMESPACE_DNS, grant.user)),
        "oid": str(uuid.uuid5(uuid.NAMESPACE_DNS, grant.user)),
        "tid": tenant,
        "preferred_username": grant.user,
        "amr": tokens.factors(has_mfa=bool(grant.mfa_at)),
        **({"nonce": grant.nonce} if grant.nonce else {}),
    }
    return jwt.encode(claims, tokens.KEY, algorithm="HS256")


DOCUMENT = ".well-known/openid-configuration"
RULES = [
    *sign_in.RULES,
    rule("GET", f"/<tenant>/v2.0/{DOCUMENT}", lambda r, w, tenant: openid(r, w, tenant, "v2.0")),
    rule("GET", f"/<tenant>/{DOCUMENT}", openid),
    rule("GET", "/<tenant>/discovery/<version>/keys", keys),
    rule("GET", "/<tenant>/discovery/keys", keys),
    rule("POST", "/<tenant>/oauth2/token", token_v1),
    rule("POST", "/<tenant>/oauth2/v2.0/token", token_v2),
]
