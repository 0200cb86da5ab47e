"""The demo: two resellers, their people, MPN IDs, OVH zones and a catalogue, beside the sandbox."""

import json
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts import tokens
from accounts.models import Account, Membership, Role, Token, User
from accounts.remote import partner_check
from accounts.services import register_partner_id
from accounts.verdicts import Verdict
from cashback.models import Rule
from dnsconfig.services import add_connection
from journal import remote
from journal.models import Operation
from journal.people import PORTAL
from subscriptions import catalogue

OVH_KEYS = {
    "application_key": "sandboxAppKey001",
    "application_secret": "sandboxAppSecret0123456789abcdef0",
}
RESELLERS: dict[str, dict[str, Any]] = {
    "nw12345-ovh": {
        "name": "Northwind",
        "mpn_id": "4847383",
        "consumer_key": "sandboxConsumerKeyNorthwind0000001",
        "people": {
            "owner@northwind.example": Role.OWNER,
            "manager@northwind.example": Role.MANAGER,
            "operator@northwind.example": Role.OPERATOR,
            "viewer@northwind.example": Role.VIEWER,
        },
    },
    "fk67890-ovh": {
        "name": "Fabrikam",
        "mpn_id": "4847384",
        "consumer_key": "sandboxConsumerKeyFabrikam00000002",
        "people": {"owner@fabrikam.example": Role.OWNER},
    },
}
STAFF = "staff@portal.example"


def set_up(*, dns: str, file: Path) -> dict[str, Any]:
    """Make what is missing and write `file`; a second run changes nothing. Returns its content.

    Raises Impossible when the sandbox does not answer, or refuses the MPN IDs; nothing of that
    reseller is written then.
    """
    known = json.loads(file.read_text()).get("users", {}) if file.exists() else {}
    users: dict[str, Any] = {}
    for handle, facts in RESELLERS.items():
        people = {email: _person(email, known.get(email, {})) for email in facts["people"]}
        account = _account(handle, facts, owner=next(iter(people.values()))[0])
        for email, (user, password) in people.items():
            token = known.get(email, {}).get("api_token", "")
            users[email] = _member(account, user, facts["people"][email], token)
            users[email]["password"] = password
    users[STAFF] = _staff(known.get(STAFF, {}))
    _fill_catalogue()
    _keep_cashback_rules()
    content = {
        "portal": settings.PORTAL_URL,
        "sandbox": settings.SANDBOX_URL,
        "dns": dns,
        "users": users,
        "ovh": {
            "endpoint": f"{settings.SANDBOX_URL}/1.0",
            **OVH_KEYS,
            "consumer_key": RESELLERS["nw12345-ovh"]["consumer_key"],
        },
        "microsoft": _microsoft(),
    }
    _write(file, content)
    return content


def _person(email: str, known: dict[str, str], **fields: Any) -> tuple[User, str]:
    """A person with a password that can be told: the known one, else a new one."""
    user = User.objects.filter(email=email).first()
    password = known.get("password")
    if user is not None and password:
        return user, password  # not checked: that takes a third of a second for each
    password = password or secrets.token_urlsafe(12)
    if user is None:
        user = User.objects.create_user(email, password, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    else:
        user.set_password(password)
        user.save()
    return user, password


def _account(handle: str, facts: dict[str, Any], *, owner: User) -> Account:
    account = Account.objects.filter(nic_handle=handle).first()
    if account is None:
        verdict = partner_check(alias="eu", mpn_id=facts["mpn_id"], timeout=30)
        account = _open_account(handle, facts, owner, verdict)
        _perform_all(account)
    return account


@transaction.atomic
def _open_account(handle: str, facts: dict[str, Any], owner: User, verdict: Verdict) -> Account:
    account = Account.objects.create(
        nic_handle=handle, name=facts["name"], country="FR", region="eu"
    )
    register_partner_id(account=account, verdict=verdict, by=owner.by)
    keys = {**OVH_KEYS, "consumer_key": facts["consumer_key"]}
    add_connection(account=account, provider="ovh", label="OVH", keys=keys, by=owner.by)
    return account


def _perform_all(account: Account) -> None:
    """What was asked for is done here and now; what fails is left to the worker."""
    for pk in Operation.objects.of_account(account.pk).values_list("pk", flat=True):
        remote.perform(pk)


@transaction.atomic
def _member(account: Account, user: User, role: Role, token: str) -> dict[str, str]:
    Membership.objects.get_or_create(account=account, user=user, defaults={"role": role})
    if not Token.objects.filter(digest=tokens.digest_of(token), revoked_at=None).exists():
        _row, token = tokens.create(account=account, user=user, name="demo", role=role)
    return {"api_token": token, "role": role.value, "reseller": account.nic_handle}


def _staff(known: dict[str, str]) -> dict[str, str]:
    _user, password = _person(STAFF, known, is_staff=True, is_superuser=True)
    return {"password": password, "api_token": "", "role": "staff", "reseller": ""}


def _keep_cashback_rules() -> None:
    """Two tiers, so that a first order shows an estimate the next day."""
    tiers: list[tuple[str, dict[str, Any]]] = [
        ("Up to 99 seats", {"rate": 2, "seats_to": 99}),
        ("From 100 seats", {"rate": 4, "seats_from": 100, "cap": 500}),
    ]
    for name, facts in tiers:
        values = {"currency": "EUR", "first_month": date(2026, 1, 1), **facts}
        Rule.objects.get_or_create(name=name, defaults=values)


def _fill_catalogue() -> None:
    """Fetched at once, so that the first order can be placed without waiting."""
    for region, country in Account.objects.values_list("region", "country").distinct():
        asked = catalogue.ask_sync(
            market=region, country=country, by=PORTAL, once=f"catalogue:{country}:demo"
        )
        for operation in asked:
            remote.perform(operation.pk)


def _microsoft() -> dict[str, str]:
    options = settings.PARTNER_CENTER["eu"]["OPTIONS"]
    names = ["authority", "partner_center", "graph", "tenant_id", "client_id", "client_secret"]
    return {name: str(options[name]) for name in [*names, "refresh_token"]}


def _write(file: Path, content: dict[str, Any]) -> None:
    """Readable by its owner only: it holds passwords."""
    partial = file.with_suffix(".part")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(content, out, indent=2)
    partial.replace(file)
