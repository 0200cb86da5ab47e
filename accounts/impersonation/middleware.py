"""Every page of a browser on a visit passes here: refused, or served as the policy says."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from accounts import services
from accounts.impersonation.policy import is_never, is_write
from accounts.impersonation.visits import KEY, begun, current, is_visiting
from accounts.models import SupportVisit

ELSEWHERE = ("/static/", "/api/", "/health/")
"""Tokens carry their own proof, and no visit."""


class VisitMiddleware:
    """Ends a visit that is over before anything else is done in its name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ELSEWHERE) or not is_visiting(request) or current(request):
            return self.get_response(request)
        visit = begun(request)
        if visit:
            services.end_visit(visit=visit)
        del request.session[KEY]
        messages.warning(request, _("Your visit has ended. Nothing was sent."))
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect("/admin/")
        return redirect("admin:index")

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Raises PermissionDenied (403) for what nobody does in another's place."""
        if request.path.startswith(ELSEWHERE) or not is_visiting(request):
            return
        visit, match = current(request), request.resolver_match
        route = match.view_name if match else ""
        if visit is None:
            return
        if is_never(route):
            raise PermissionDenied(
                _("This belongs to the person or holds a secret: support does not open it.")
            )
        if is_write(route, request.method or "", visit):
            raise PermissionDenied(_only_looked_at(visit))


def _only_looked_at(visit: SupportVisit) -> str:
    if visit.may_change:
        return _("Members, settings, keys and approvals are changed by the account's owners alone.")
    return _("You only look into this account: nothing was changed. Changes must be allowed.")
