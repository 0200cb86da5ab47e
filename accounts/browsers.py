"""The browser behind a request: remembered at sign-in, seen again, named for people."""

import re
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.models import BrowserSession, User

STAMP = "browser"
SEEN_SECONDS = 300
"""A visit is written down at most that often."""

BROWSERS = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome")]
SYSTEMS = [
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone|iPad", "iOS"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
]  # fmt: skip


def signed_in(*, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Receiver of Django's `user_logged_in`."""
    if request.session.session_key is None:
        request.session.save()
    _remember(request, user)


def signed_out(*, request: HttpRequest, **_signal: Any) -> None:
    """Receiver of Django's `user_logged_out`, before the session is flushed."""
    BrowserSession.objects.filter(session_key=request.session.session_key or "").delete()


def seen(request: HttpRequest) -> None:
    """Keep when the person was last seen here; costs nothing within `SEEN_SECONDS`."""
    if not isinstance(request.user, User):
        return
    stamp = request.session.get(STAMP, {})
    fresh = time.time() - stamp.get("at", 0) < SEEN_SECONDS
    if not fresh or stamp.get("key") != request.session.session_key:
        _remember(request, request.user)


def name_of(user_agent: str) -> str:
    """For people: *Firefox on Linux*."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    if not browser and "Safari" in user_agent:
        browser = "Safari"
    system = next((name for mark, name in SYSTEMS if re.search(mark, user_agent)), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


def _remember(request: HttpRequest, user: User) -> None:
    """The key of a session changes with the password; the row follows it."""
    key = request.session.session_key
    known = request.session.get(STAMP, {}).get("key", key)
    facts = {
        "session_key": key,
        "user": user,
        "user_agent": request.META.get("HTTP_USER_AGENT", "")[:300],
        "address": _address(request),
        "seen_at": now(),
    }
    if not BrowserSession.objects.filter(session_key=known).update(**facts):
        BrowserSession.objects.update_or_create(session_key=key, defaults=facts)
    request.session[STAMP] = {"key": key, "at": time.time()}


def _address(request: HttpRequest) -> str | None:
    try:
        address: str = get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None
    return address
