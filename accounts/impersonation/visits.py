"""The visit that a browser is on."""

from typing import cast

from django.http import HttpRequest

from accounts.models import Membership, SupportVisit

KEY = "support"
"""Where the session keeps its number."""


def is_visiting(request: HttpRequest) -> bool:
    """Whether a visit was begun in this browser, over or not. Asks no database but the session."""
    return request.user.is_authenticated and KEY in request.session


def begun(request: HttpRequest) -> SupportVisit | None:
    """The visit of this very person, over or not."""
    rows = SupportVisit.objects.filter(pk=request.session.get(KEY, 0), staff_id=request.user.pk)
    return rows.select_related("account", "staff", "member").first()


def current(request: HttpRequest) -> SupportVisit | None:
    """The same while it lets in; kept on the request."""
    if not hasattr(request, "_visit"):
        request._visit = _current(request)  # type: ignore[attr-defined]
    return cast(SupportVisit | None, request._visit)  # type: ignore[attr-defined]


def membership_of(visit: SupportVisit) -> Membership | None:
    """The member's place in the account as it is today; None: has left."""
    rows = Membership.objects.filter(user=visit.member_id, account=visit.account_id)
    return rows.select_related("account", "user").first()


def _current(request: HttpRequest) -> SupportVisit | None:
    rows = SupportVisit.objects.open().filter(
        pk=request.session.get(KEY, 0), staff_id=request.user.pk
    )
    visit = rows.select_related("account", "staff", "member").first()
    return visit if visit and membership_of(visit) else None
