"""Pages in the language of the person and the time zone of their account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from accounts import browsers
from accounts.access import actor_or_none
from accounts.models import User


class ZoneMiddleware:
    """Times in the account's zone; contract dates are dates and are never shifted.

    A language chosen by the switch (a cookie) wins and becomes the person's own, so that mails
    and other browsers follow.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/static/", "/api/", "/health/")):
            return self.get_response(request)
        with _language(request), _zone(request):
            return self.get_response(request)


class SeenMiddleware:
    """Keeps where people are signed in, and when they were last seen there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(("/static/", "/api/", "/health/")):
            browsers.seen(request)
        return self.get_response(request)


@contextmanager
def _zone(request: HttpRequest) -> Iterator[None]:
    actor = actor_or_none(request)
    zone = ZoneInfo(actor.account.time_zone) if actor else None
    with timezone.override(zone):
        yield


@contextmanager
def _language(request: HttpRequest) -> Iterator[None]:
    user = request.user
    if not isinstance(user, User):
        yield
        return
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES) and chosen != user.language:
        User.objects.filter(pk=user.pk).update(language=chosen)
        user.language = chosen
    request.LANGUAGE_CODE = user.language
    with translation.override(user.language):
        yield
