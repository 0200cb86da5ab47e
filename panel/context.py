"""What every page shows: who is here, in which account, which services."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.access import actor_or_none
from accounts.models import Site
from common.dialog import frame_of
from inbox.access import unread_count
from panel.first_run.access import is_operator
from panel.first_run.models import Setup
from panel.palette.pins import menu_of
from panel.palette.shortcuts import shortcuts_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """`actor`, `account`, `services` of the left menu, `unread` of the bell, `letter_keys`.

    `frame`: the template around the page.
    Nothing of the account for one who must set up a second factor first.
    """
    user = getattr(request, "user", None)
    links: dict[str, Any] = {
        "frame": frame_of(request),
        "portal": SimpleLazyObject(Site.current),
        "community_url": settings.COMMUNITY_URL,
    }
    if user is None or not user.is_authenticated:
        return links
    if user.is_staff:
        links["setup_open"] = SimpleLazyObject(lambda: is_operator(request) and Setup.open())
    actor = actor_or_none(request)
    if actor is None or getattr(request, "factor_missing", False):
        return links
    return {
        **links,
        "actor": actor,
        "account": actor.account,
        "unread": SimpleLazyObject(lambda: unread_count(actor)),
        "services": SimpleLazyObject(lambda: menu_of(actor)),
        "letter_keys": shortcuts_of(actor),
    }
