"""Whoever must have a second factor and has none sees the page that sets it up, and no other."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import actor_or_none
from accounts.models import User
from accounts.second_factor.policy import is_missing

OPEN = (
    "account_",
    "mfa_",
    "set_language",
    "accounts:support_end",
    "accounts:switch",
    "admin:logout",
)
"""Setting it up, confirming an address for it, signing out, working for another account."""


class SecondFactorMiddleware:
    """Browsers only: tokens are asked by the API and carry their own proof."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if not isinstance(request.user, User) or request.path.startswith(("/api/", "/health/")):
            return None
        actor = actor_or_none(request)
        if not is_missing(request.user, actor.account if actor else None):
            return None
        request.factor_missing = True  # type: ignore[attr-defined]
        match = request.resolver_match
        if match is None or match.view_name.startswith(OPEN):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(reverse("mfa_index"))
        return redirect("mfa_index")
