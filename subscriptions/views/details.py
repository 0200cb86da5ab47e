"""The page of one subscription: what it is, until when what is possible, what was done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import actor_of
from accounts.models import Role
from common.clock import microsoft_now
from journal.models import Event
from subscriptions import learning, services
from subscriptions.access import family_of, subscription_for
from subscriptions.contracts import open_batches
from subscriptions.undo import undo_of
from subscriptions.waiting.asked import WaitingChange


@login_required
@require_GET
def subscription(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known of one subscription, and what can be done with it."""
    actor = actor_of(request)
    found = subscription_for(actor, pk)
    at = microsoft_now()
    under_way = services.under_way(found)
    events = list(Event.objects.filter(subject=found.key).order_by("-pk")[:20])
    context = {
        "subscription": found,
        "tenant": found.tenant,
        "batches": open_batches(found),
        "may_cancel": services.is_cancellable(found),
        "at": at,
        "family": family_of(found),
        "under_way": under_way,
        "waiting": WaitingChange.on(found),
        "undo": None if under_way else undo_of(found, events[0] if events else None),
        "events": events,
        "may_operate": actor.may(Role.OPERATOR),
        "may_manage": actor.may(Role.MANAGER),
    }
    return render(request, "subscriptions/subscription.html", context)


@login_required
@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it read at Microsoft again."""
    actor = actor_of(request)
    found = subscription_for(actor, pk, need=Role.OPERATOR)
    learning.ask_look(subscription=found, by=actor.by)
    messages.success(request, _("Microsoft is being asked."))
    return redirect(found)
