"""Time, credentials, account: `/auth` and `/me`, and the page where a person grants a key."""

from __future__ import annotations

import secrets
import string
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from werkzeug import Request, Response
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect

from sandbox.http import rule
from sandbox.ovh.door import VALIDATED, Call, application_of, ovh
from sandbox.ovh.refusal import bad_request

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

METHODS = ("DELETE", "GET", "POST", "PUT")
LETTERS = string.ascii_letters + string.digits
PAGE = Markup(
    "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Sandbox: OVH credential</title>"
    "<body style='font: 15px/1.5 system-ui; max-width: 40rem; margin: 2rem auto'>"
    "<h1>Grant access to an OVH account?</h1><p>{application} asks for:</p><ul>{rules}</ul>{form}"
)
FORM = Markup(
    "<form method=post><label>Account <select name=account>{accounts}</select></label> "
    "<button name=decision value=validated>Authorise</button> "
    "<button name=decision value=refused>Refuse</button></form>"
)


def time(call: Call) -> int:
    """OVH's time in seconds: the machine's, because the clock may be turned under a signature."""
    return int(call.world.real_now().timestamp())


def ask_credential(call: Call) -> Item:
    """A new consumer key, of use once somebody has opened its page and agreed."""
    application = application_of(call.request, call.world)
    rules = call.wanted("accessRules")
    if not isinstance(rules, list) or not all(_is_rule(each) for each in rules):
        raise bad_request("[accessRules] Given data is not valid")
    key = "".join(secrets.choice(LETTERS) for _ in range(32))
    token = secrets.token_hex(32)
    credential = new(key, application=application["key"], account="", rules=rules)
    credential |= {
        "status": "pendingValidation",
        "token": token,
        "redirection": str(call.body().get("redirection") or ""),
        "creation": call.world.real_now().isoformat(timespec="seconds"),
    }
    with call.world.change():
        _keep(call.world, credential)
    url = f"{call.request.host_url}_sandbox/ovh/credentials/{token}"
    return {"consumerKey": key, "state": "pendingValidation", "validationUrl": url}


def new(key: str, *, application: str, account: str, rules: list[Item]) -> Item:
    """A validated credential."""
    return {
        "key": key,
        "application": application,
        "account": account,
        "rules": [{"method": str(r["method"]), "path": str(r["path"])} for r in rules],
        "status": VALIDATED,
        "token": "",
        "redirection": "",
        "creation": "2026-01-05T09:00:00+00:00",
    }


def plant(world: World, credential: Item) -> None:
    """Keep a credential; inside a change."""
    _keep(world, credential)


def _keep(world: World, credential: Item) -> None:
    table = world.table("ovh_credentials")
    credential.setdefault("number", 10_000_001 + len(table))
    table[credential["key"]] = credential


def _is_rule(each: Any) -> bool:
    return (
        isinstance(each, dict)
        and each.get("method") in METHODS
        and str(each.get("path", "")).startswith(("/", "*"))
    )


def current(call: Call) -> Item:
    """The credential of this call."""
    credential = call.credential
    return {
        "credentialId": credential["number"],
        "applicationId": call.world.table("ovh_applications")[credential["application"]]["number"],
        "status": credential["status"],
        "rules": credential["rules"],
        "creation": credential["creation"],
        "lastUse": call.world.real_now().isoformat(timespec="seconds"),
        "expiration": None,
        "allowedIPs": None,
        "ovhSupport": False,
    }


def details(call: Call) -> Item:
    """Who calls."""
    return {
        "account": call.account,
        "method": "account",
        "user": None,
        "roles": None,
        "identities": [f"urn:v1:eu:identity:account:{call.account}"],
        "description": None,
        "allowedRoutes": call.credential["rules"],
    }


def logout(call: Call) -> None:
    """The credential is of no use any more."""
    with call.world.change():
        call.world.table("ovh_credentials")[call.credential["key"]]["status"] = "expired"


def me(call: Call) -> Item:
    """The account."""
    return dict(call.world.table("ovh_accounts")[call.account])


def page(request: Request, world: World, token: str) -> Response:
    """Where a person grants or refuses a credential."""
    key = next((k for k, c in world.table("ovh_credentials").items() if c["token"] == token), "")
    if not key:
        raise NotFound
    if request.method == "POST":
        _decide(world, key, request.form)
    credential = world.table("ovh_credentials")[key]
    if request.method == "POST" and credential["redirection"]:
        return redirect(credential["redirection"])
    return Response(_shown(world, credential), mimetype="text/html")


def _decide(world: World, key: str, form: Any) -> None:
    account = str(form.get("account", ""))
    granted = form.get("decision") == VALIDATED and account in world.table("ovh_accounts")
    with world.change():
        credential = world.table("ovh_credentials")[key]
        if credential["status"] == "pendingValidation":
            credential["status"] = VALIDATED if granted else "refused"
            credential["account"] = account if granted else ""


def _shown(world: World, credential: Item) -> str:
    rules = Markup("").join(
        Markup("<li><code>{} {}</code>").format(r["method"], r["path"]) for r in credential["rules"]
    )
    options = Markup("").join(
        Markup("<option>{}").format(name) for name in world.table("ovh_accounts")
    )
    pending = credential["status"] == "pendingValidation"
    told = Markup("<p>This credential is {}.</p>").format(credential["status"])
    form = FORM.format(accounts=options) if pending else told
    return str(PAGE.format(application=credential["application"], rules=rules, form=form))


RULES = [
    ovh("GET", "/auth/time", time, is_open=True),
    ovh("POST", "/auth/credential", ask_credential, is_open=True),
    ovh("GET", "/auth/currentCredential", current),
    ovh("GET", "/auth/details", details),
    ovh("POST", "/auth/logout", logout),
    ovh("GET", "/me", me),
    rule("GET POST", "/_sandbox/ovh/credentials/<token>", page),
]
