"""Pages of one member and of an invitation, for owners."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Actor, actor_of, membership_for
from accounts.forms import show_refusal
from accounts.models import Role
from accounts.operations.access import events_for
from common.refusals import Impossible
from panel.home.recent import happenings
from panel.members.forms import InviteMemberForm, MemberForm
from panel.members.picking import picking, ticked
from tenants import members as services
from tenants.access import tenants_of

LAST = 20
"""Events of one person that are shown."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Role, services, and who did what; searching and leafing keep what is ticked."""
    actor = actor_of(request)
    membership = membership_for(actor, pk, need=Role.OWNER)
    first = {"role": membership.role, "reach": membership.reach}
    form = MemberForm(request.POST or None, initial=first)
    if _is_sent(request) and form.is_valid():
        try:
            services.change_member(
                membership=membership,
                role=form.cleaned_data["role"],
                reach=form.cleaned_data["reach"],
                chosen=ticked(request.POST),
                by=actor.by,
            )
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(email)s is changed.") % {"email": membership.user.email})
            return redirect("panel:member", pk)
    events = events_for(actor).filter(by_id=membership.user_id)[:LAST]
    context = {"membership": membership, "happenings": happenings(actor, events)}
    chosen = ticked(request.POST) if request.method == "POST" else frozenset(membership.chosen)
    return _show(request, actor, form, "panel/members/member.html", chosen, **context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody who is to see only some services from the first day on."""
    actor = actor_of(request)
    actor.need(Role.OWNER)
    form = InviteMemberForm(request.POST or None)
    if _is_sent(request) and form.is_valid():
        wish = {name: form.cleaned_data[name] for name in ("email", "role", "reach")}
        try:
            services.invite(account=actor.account, chosen=ticked(request.POST), by=actor.by, **wish)
        except Impossible as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % wish)
            return redirect("accounts:members")
    return _show(request, actor, form, "panel/members/invite.html", ticked(request.POST))


def _is_sent(request: HttpRequest) -> bool:
    """Not only searched in or leafed through."""
    return request.method == "POST" and "save" in request.POST


def _show(
    request: HttpRequest,
    actor: Actor,
    form: MemberForm,
    template: str,
    chosen: frozenset[int],
    **context: Any,
) -> HttpResponse:
    bad = _is_sent(request) and bool(form.errors)
    if not bad and form.is_bound:  # only looked around: nothing to complain of, nothing lost
        form = type(form)(initial=_typed(request.POST))
    shown = {"form": form, "pick": picking(tenants_of(actor), chosen, request.POST), **context}
    return render(request, template, shown, status=422 if bad else 200)


def _typed(sent: QueryDict) -> dict[str, str]:
    return {name: str(sent[name]) for name in ("email", "role", "reach") if name in sent}
