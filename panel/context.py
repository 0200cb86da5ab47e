"""What every page shows: who is here, in which account, which services."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.access import actor_or_none
from inbox.access import unread_count
from tenants.access import tenants_of

MENU = 100
"""Services in the left menu of every page; who has more searches their list."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """`actor`, `account`, `services` of the left menu and `unread` of the bell.

    Nothing of the account for one who must set up a second factor first.
    """
    user = getattr(request, "user", None)
    links = {"support_url": settings.SUPPORT_URL, "community_url": settings.COMMUNITY_URL}
    if user is None or not user.is_authenticated:
        return links
    actor = actor_or_none(request)
    if actor is None or getattr(request, "factor_missing", False):
        return links
    shown = ("account", "service_name", "display_name", "state")
    rows = tenants_of(actor).only(*shown).order_by("display_name")
    return {
        **links,
        "actor": actor,
        "account": actor.account,
        "unread": SimpleLazyObject(lambda: unread_count(actor)),
        "services": SimpleLazyObject(lambda: list(rows[:MENU])),
    }
