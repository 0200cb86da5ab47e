"""What follows when a person has added or removed a factor (allauth's signals)."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from accounts import services
from accounts.models import User


def added(*, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    """Browsers that signed in by password alone sign in again, with the factor."""
    _record(user, "person.factor_added", authenticator)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        services.end_other_sessions(user=user, session_key=request.session.session_key or "")


def removed(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    _record(user, "person.factor_removed", authenticator)


def renewed(*, user: User, authenticator: Authenticator, **_: Any) -> None:
    _record(user, "person.codes_renewed", authenticator)


def _record(user: User, kind: str, authenticator: Authenticator) -> None:
    services.record_factor(user=user, kind=kind, factor=authenticator.type, by=user.by)
