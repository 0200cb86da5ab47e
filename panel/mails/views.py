"""The mails as staff looks at them."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import need_staff
from panel.mails.rendering import Mail, mail
from panel.mails.samples import SAMPLES

ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A mail styles itself; it runs nothing, loads nothing and knows no cookie."""


@login_required
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """All of them by subject, in the language of the page."""
    need_staff(request)
    rows = [mail(name, request.LANGUAGE_CODE[:2]) for name in SAMPLES]
    return render(request, "panel/mails.html", {"rows": rows, "languages": settings.LANGUAGES})


@login_required
@require_safe
def html(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The HTML part on a page of its own."""
    need_staff(request)
    headers = {"Content-Security-Policy": ALONE}
    return HttpResponse(_mail(name, language).html, headers=headers)


@login_required
@require_safe
def text(request: HttpRequest, name: str, language: str) -> HttpResponse:
    """The text part, after its subject."""
    need_staff(request)
    found = _mail(name, language)
    return HttpResponse(
        f"{found.subject}\n\n{found.text}", content_type="text/plain; charset=utf-8"
    )


def _mail(name: str, language: str) -> Mail:
    if name not in SAMPLES or language not in dict(settings.LANGUAGES):
        raise Http404
    return mail(name, language)
