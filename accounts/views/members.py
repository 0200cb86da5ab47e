"""Members of the account and invitations to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.access import Actor, actor_of, invitation_for, membership_for
from accounts.forms import InviteForm, show_refusal
from accounts.models import Role
from accounts.second_factor.policy import with_factor
from common.refusals import Impossible


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Everybody of the account may look, its owners invite."""
    actor = actor_of(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        actor.need(Role.OWNER)
        if form.is_valid():
            try:
                services.invite(account=actor.account, by=actor.by, **form.cleaned_data)
            except Impossible as refusal:
                show_refusal(form, refusal)
            else:
                text = _("An invitation is on its way to %(email)s.")
                messages.success(request, text % form.cleaned_data)
                return redirect("accounts:members")
    return _page(request, actor, form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; the answer is a POST."""
    actor = actor_of(request)
    membership = membership_for(actor, pk, need=Role.OWNER)
    if request.method != "POST":
        return render(request, "accounts/remove_member.html", {"membership": membership})
    try:
        services.remove_member(membership=membership, by=actor.by)
    except Impossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(email)s is removed.") % {"email": membership.user.email})
    return redirect("accounts:members")


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actor_of(request)
    invitation = invitation_for(actor, pk, need=Role.OWNER)
    if services.withdraw_invitation(invitation=invitation, by=actor.by):
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:members")


def _page(request: HttpRequest, actor: Actor, form: InviteForm) -> HttpResponse:
    context = {
        "form": form,
        "memberships": with_factor(actor.account.memberships.select_related("user")),
        "invitations": actor.account.invitations.open(),
        "may_change": actor.may(Role.OWNER),
    }
    return render(request, "accounts/members.html", context, status=422 if form.errors else 200)
