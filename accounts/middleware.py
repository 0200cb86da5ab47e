"""Pages in the language of the person and the time zone of their account."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from accounts import browsers
from accounts.access import actor_or_none
from accounts.models import Site, User


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


class EndedSessionMiddleware:
    """A form that was sent after the session ended: to sign-in, and back to the form's page.

    Not to the address it was sent to, which may answer no GET.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or request.headers.get("HX-Request"):
            return response
        location = urlsplit(response.headers.get("Location", ""))
        if location.path != reverse(settings.LOGIN_URL) or not location.query.startswith("next="):
            return response
        messages.warning(
            request,
            _("Your session had ended, so nothing was sent. Sign in, and send the form again."),
        )
        return redirect_to_login(_form_of(request))


class SeenMiddleware:
    """Keeps where people are signed in, and when they were last seen there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(("/static/", "/api/", "/health/")):
            browsers.seen(request)
        return self.get_response(request)


def _form_of(request: HttpRequest) -> str:
    """The page of ours from which the form was sent; the first page where no browser says."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return urlsplit(page)._replace(scheme="", netloc="").geturl()


@contextmanager
def _zone(request: HttpRequest) -> Iterator[None]:
    actor = actor_or_none(request)
    if actor is None and not request.user.is_authenticated:
        yield
        return
    zone = actor.account.time_zone if actor else Site.current().time_zone
    with timezone.override(ZoneInfo(zone)):
        yield


@contextmanager
def _language(request: HttpRequest) -> Iterator[None]:
    user = request.user
    if not isinstance(user, User):
        with _language_of_visitor(request):
            yield
        return
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES) and chosen != user.language:
        User.objects.filter(pk=user.pk).update(language=chosen)
        user.language = chosen
    request.LANGUAGE_CODE = user.language
    with translation.override(user.language):
        yield


@contextmanager
def _language_of_visitor(request: HttpRequest) -> Iterator[None]:
    """As chosen by the switch or asked for by the browser; else the portal's own."""
    asked = [name for name, _weight in parse_accept_lang_header(_accepted(request))]
    ours = dict(settings.LANGUAGES)
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or ours.keys() & {
        name.partition("-")[0] for name in asked
    }:
        yield
        return
    request.LANGUAGE_CODE = Site.current().language
    with translation.override(request.LANGUAGE_CODE):
        yield


def _accepted(request: HttpRequest) -> str:
    return request.headers.get("Accept-Language", "")
