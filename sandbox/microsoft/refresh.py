"""Refresh tokens: who they stand for, how old they get by the turned clock, when they end.

Every use answers with a new one; the old one stays good until its own age. The token of the seeds
and those that come from it are a robot's and do not age unless the control API says so: whoever
turns the clock by a year wants to see renewals, not a lock-out.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft.login_error import invalid_grant
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

LIFE = timedelta(days=90)
KEPT = 5000
POLICY: Item = {"ageing": False, "require_mfa": True, "mfa_max_days": 0}
REFUSED = {
    "expired": (700082, "The refresh token has expired due to inactivity of 90 days."),
    "revoked": (50173, "The provided grant has expired due to it being revoked."),
    "no_mfa": (50076, "You must use multi-factor authentication to access the resource."),
    "outdated_mfa": (50078, "Presented multi-factor authentication has expired by policy."),
    "risky": (530034, "A delegated administrator was blocked due to account risk."),
}


@dataclass(frozen=True)
class Grant:
    """For whom a token may be issued. `mfa_at` is empty without a second factor."""

    user: str
    mfa_at: str = ""
    ages: bool = True
    nonce: str = ""
    scope: str = ""


def policy(world: World) -> Item:
    """Whether all tokens age, whether a second factor is needed, and how old it may be in days."""
    return {**POLICY, **world.table("settings").get("tokens", {})}


def issue(world: World, grant: Grant) -> str:
    """A new refresh token."""
    value = f"1.sandbox-{secrets.token_urlsafe(48)}"
    with world.change():
        rows = world.table("refresh_tokens")
        rows[value] = {
            "user": grant.user,
            "state": "good",
            "issued_at": stamp(world.now()),
            "mfa_at": grant.mfa_at,
            "ages": grant.ages,
        }
        if len(rows.committed) > KEPT:
            issued = [each for each in rows.committed if each.startswith("1.sandbox-")]
            for old in issued[: KEPT // 10]:
                del rows[old]
    return value


def use(world: World, value: str) -> Grant:
    """The grant behind a refresh token.

    Raises:
        LoginError: AADSTS70008 unknown, 700082 too old, 50173 revoked, 50076 without and 50078
            with an outdated second factor, 530034 risk.
    """
    row = world.table("refresh_tokens").get(value)
    if row is None:
        text = "The provided authorization code or refresh token has expired or is unknown."
        raise invalid_grant(70008, text)
    state = _state(world, row)
    if state != "good":
        raise invalid_grant(*REFUSED[state])
    return Grant(row["user"], row["mfa_at"], row["ages"])


def _state(world: World, row: Item) -> str:
    rules, now = policy(world), world.now()
    if row["state"] != "good":
        return str(row["state"])
    if (row["ages"] or rules["ageing"]) and read(row["issued_at"]) + LIFE <= now:
        return "expired"
    if not row["mfa_at"]:
        return "no_mfa" if rules["require_mfa"] else "good"
    oldest = timedelta(days=rules["mfa_max_days"])
    return "outdated_mfa" if oldest and read(row["mfa_at"]) + oldest <= now else "good"


def revoke(world: World) -> int:
    """End every token that was issued so far, as an administrator of the provider can."""
    with world.change():
        ended = [row for row in map(world.table("refresh_tokens").get, _good(world)) if row]
        for row in ended:
            row["state"] = "revoked"
    return len(ended)


def _good(world: World) -> list[str]:
    rows = world.table("refresh_tokens").committed
    return [value for value, row in rows.items() if row["state"] == "good"]
