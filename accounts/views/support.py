"""Staff begins, widens and ends a visit to an account; everybody else finds nothing here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.access import need_staff
from accounts.forms import show_refusal
from accounts.impersonation.forms import BeginForm, ChangesForm
from accounts.impersonation.proof import is_proved, where_to_prove
from accounts.impersonation.visits import KEY, begun, current
from accounts.models import Account, SupportVisit
from common.refusals import Impossible


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a reason; the visit begins read-only."""
    staff = need_staff(request)
    if not staff.has_perm("accounts.add_supportvisit"):
        raise PermissionDenied(_("You may not look into accounts."))
    account = get_object_or_404(Account, pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = BeginForm(sent, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            visit = services.begin_visit(staff=staff, **form.cleaned_data)
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            request.session[KEY] = visit.pk
            return redirect("panel:home")
    context = {"form": form, "visited": account}
    status = 422 if form.errors else 200
    return render(request, "accounts/support_begin.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """The second factor anew, then a tick: from then on writes are let through."""
    staff, visit = need_staff(request), _visit(request)
    if not is_proved(request, staff):
        return redirect(where_to_prove(request, staff))
    form = ChangesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if services.allow_changes(visit=visit):
            messages.warning(request, _("Changes are allowed until the visit ends."))
        return redirect("panel:home")
    context = {"form": form, "visit": visit}
    status = 422 if form.errors else 200
    return render(request, "accounts/support_changes.html", context, status=status)


@login_required
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Back to the account's page in the admin."""
    staff, visit = need_staff(request), begun(request)
    request.session.pop(KEY, None)
    if visit is None:
        return redirect("admin:index")
    services.end_visit(visit=visit, by=staff.by)
    messages.success(request, _("The visit has ended."))
    return redirect("admin:accounts_account_change", visit.account_id)


def _visit(request: HttpRequest) -> SupportVisit:
    visit = current(request)
    if visit is None:
        raise Http404
    return visit
