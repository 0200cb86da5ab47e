"""The page of a change that waits for an owner: what it would do today, yes or no."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Actor, actor_of
from accounts.models import Role
from common.refusals import Impossible
from subscriptions.access import subscription_for, waiting_change_for
from subscriptions.decision_form import ChangeDecisionForm
from subscriptions.waiting import deciding
from subscriptions.waiting.asked import WAITING, WaitingChange


@login_required
@require_GET
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked for, what it would do now, and what has become of it."""
    return _show(request, waiting_change_for(actor_of(request), pk), ChangeDecisionForm())


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An owner's yes or no."""
    actor = actor_of(request)
    waiting = waiting_change_for(actor, pk, need=Role.OWNER)
    form = ChangeDecisionForm(request.POST)
    if form.is_valid():
        try:
            messages.success(request, _decided(actor, waiting, form))
            return redirect(waiting)
        except Impossible as error:
            for field, texts in error.errors.items():
                form.add_error(field if field in form.fields else None, texts[0])
    return _show(request, waiting, form)


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """By the person who asked."""
    actor = actor_of(request)
    waiting = waiting_change_for(actor, pk, need=Role.MANAGER)
    try:
        deciding.take_back(waiting=waiting, actor=actor)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The change is taken back. Nothing was changed."))
    return redirect(waiting)


def _decided(actor: Actor, waiting: WaitingChange, form: ChangeDecisionForm) -> str:
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["decision"] == "refuse":
        deciding.refuse(waiting=waiting, actor=actor, reason=reason)
        return _("The change is not approved. Nothing was changed.")
    deciding.approve(waiting=waiting, actor=actor, reason=reason, seen=form.seen())
    return _("The change is approved and under way.")


def _show(request: HttpRequest, waiting: WaitingChange, form: ChangeDecisionForm) -> HttpResponse:
    actor = actor_of(request)
    subscription = subscription_for(actor, waiting.subscription_id)
    context: dict[str, Any] = {
        "waiting": waiting,
        "subscription": subscription,
        "tenant": subscription.tenant,
        "state": waiting.state,
        "form": form,
        "may_decide": actor.may(Role.OWNER),
        "is_mine": actor.by.user_id == waiting.by.user_id and actor.may(Role.MANAGER),
    }
    if context["state"] == WAITING:
        try:
            context["preview"] = today = deciding.preview_of(waiting, subscription)
            context["is_dearer"] = deciding.is_dearer(today, waiting)
        except Impossible as error:
            context["problem"] = str(error)
    else:
        context |= {"ended": waiting.ended_by(), "change": waiting.carried_out_by()}
    status = 422 if form.errors else 200
    return render(request, "subscriptions/approval.html", context, status=status)
