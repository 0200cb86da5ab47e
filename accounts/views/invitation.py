"""The page behind the link of an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import invitations, services
from accounts.access import choose_account
from accounts.models import User
from common.refusals import Impossible


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Without a sign-in it leads there and remembers; with one, joining is one button."""
    found = invitations.by_secret(secret)
    if found is None:
        return render(request, "accounts/invitation_ended.html", status=404)
    user = request.user
    if not isinstance(user, User):
        invitations.remember(request, found)
    elif request.method == "POST":
        try:
            services.accept_invitation(invitation=found, user=user)
        except Impossible as refusal:
            messages.error(request, str(refusal))
        else:
            choose_account(request, found.account_id)
            invitations.forget(request)
            text = _("Welcome to %(account)s.") % {"account": found.account.name}
            messages.success(request, text)
            return redirect("panel:home")
    return render(request, "accounts/invitation.html", {"invitation": found})
