"""What follows when a person signs out."""

from typing import Any

from django.http import HttpRequest

from accounts import services
from accounts.impersonation.visits import begun, is_visiting


def signed_out(*, request: HttpRequest, **_signal: Any) -> None:
    """Receiver of Django's `user_logged_out`, before the session is flushed: the visit ends too."""
    visit = begun(request) if is_visiting(request) else None
    if visit:
        services.end_visit(visit=visit, by=visit.staff.by)
