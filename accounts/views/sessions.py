"""Where a person is signed in."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import services
from accounts.access import person_of, session_for
from accounts.browsers import name_of
from accounts.models import BrowserSession


@login_required
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """This browser first, then the others, last seen first."""
    rows = [
        {
            "session": row,
            "name": name_of(row.user_agent),
            "current": row.session_key == request.session.session_key,
        }
        for row in BrowserSession.objects.open().filter(user=person_of(request))
    ]
    rows.sort(key=lambda row: not row["current"])
    return render(request, "accounts/sessions.html", {"rows": rows})


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ending one's own is signing out."""
    session = session_for(request, pk)
    if session.session_key == request.session.session_key:
        logout(request)
        return redirect("account_login")
    services.end_session(session=session)
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:sessions")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    key = request.session.session_key or ""
    count = services.end_other_sessions(user=person_of(request), session_key=key)
    text = ngettext("%(n)s browser is signed out.", "%(n)s browsers are signed out.", count)
    messages.success(request, text % {"n": count})
    return redirect("accounts:sessions")
