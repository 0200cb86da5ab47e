"""What staff on a visit may open, by the names of routes."""

from accounts.models import SupportVisit

OWN = (
    "accounts:support_", "account_logout", "account_reauthenticate", "admin:", "health:",
    "mfa_reauthenticate", "panel:health", "panel:mail_", "panel:mails", "panel:styleguide",
    "set_language",
)  # fmt: skip
"""Staff's own pages: there the person acts as themselves, as without a visit."""

NEVER = (
    "account_", "accounts:invitation", "accounts:profile", "accounts:session", "accounts:switch",
    "accounts:token", "dnsconfig:change_keys", "inbox:", "mfa_", "panel:bulk_again",
    "panel:bulk_begin", "panel:calendar_", "panel:export", "panel:hide_first_steps",
    "panel:make_file", "panel:pin", "panel:report_",
    "tenants:contact_json", "tenants:new_password", "tenants:reset_password",
)  # fmt: skip
"""Personal pages, passwords, keys, feeds and files: not even where changes are allowed."""

OWNERS_ALONE = (
    "accounts:invitation_withdraw", "accounts:member", "accounts:settings",
    "dnsconfig:connections", "orders:decide", "panel:invite", "panel:member",
    "subscriptions:decide",
)  # fmt: skip
"""Looked at, never changed: who belongs to the account, what it agrees to, and its keys."""

SAFE = ("GET", "HEAD", "OPTIONS")


def is_own(route: str) -> bool:
    return route.startswith(OWN)


def is_never(route: str) -> bool:
    return not is_own(route) and route.startswith(NEVER)


def is_write(route: str, method: str, visit: SupportVisit) -> bool:
    """A change that this visit does not allow; every method that is not known to be safe."""
    if method in SAFE or is_own(route):
        return False
    return not visit.may_change or route.startswith(OWNERS_ALONE)
