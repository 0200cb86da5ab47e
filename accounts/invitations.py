"""The invitation whose link this browser has opened, until it is accepted."""

from django.http import HttpRequest

from accounts.models import Invitation
from accounts.tokens import digest_of

SESSION_KEY = "invitation"


def by_secret(secret: str) -> Invitation | None:
    """The open invitation behind a link."""
    rows = Invitation.objects.open().select_related("account")
    return rows.filter(digest=digest_of(secret)).first()


def remember(request: HttpRequest, invitation: Invitation) -> None:
    """Sign-up and sign-in come first; keep it for then."""
    request.session[SESSION_KEY] = invitation.pk


def pending(request: HttpRequest, *, email: str = "") -> Invitation | None:
    """The remembered invitation while it is open; with `email`, only if it was sent there."""
    rows = Invitation.objects.open().filter(pk=request.session.get(SESSION_KEY, 0))
    invitation = rows.select_related("account").first()
    if invitation is not None and email and invitation.email.lower() != email.lower():
        return None
    return invitation


def forget(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
