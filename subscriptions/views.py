"""Pages of subscriptions: the pencil (seats) and the bin (cancel)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import actor_of
from accounts.models import Role
from common.clock import microsoft_now
from common.refusals import Impossible
from subscriptions import rules, services
from subscriptions.access import subscription_for
from subscriptions.forms import SeatsForm


@login_required
@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """The pencil: change the total number of licences."""
    actor = actor_of(request)
    subscription = subscription_for(actor, pk, need=Role.MANAGER)
    form = SeatsForm(request.POST or None, initial={"quantity": subscription.quantity})
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.change_seats(
                subscription=subscription, quantity=form.cleaned_data["quantity"], by=actor.by
            )
        except Impossible as error:
            for field, texts in error.errors.items():
                form.add_error(field or None, texts[0])
        else:
            text = _("The change is under way.") if asked else _("Nothing to change.")
            messages.success(request, text)
            return redirect(subscription.tenant)
    at = microsoft_now()
    batches = services.batches(subscription)
    context = {
        "form": form,
        "subscription": subscription,
        "tenant": subscription.tenant,
        "lowest": services.lowest_quantity(subscription),
        "returnable": rules.returnable(batches, at),
        "deadline": rules.next_deadline(batches, at),
    }
    return render(request, "subscriptions/seats.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The bin: cancel the subscription and all its licences, after saying what that does."""
    actor = actor_of(request)
    subscription = subscription_for(actor, pk, need=Role.MANAGER)
    error = ""
    if request.method == "POST":
        try:
            services.cancel(subscription=subscription, by=actor.by)
        except Impossible as refused:
            error = str(refused)
        else:
            messages.success(request, _("The cancellation is under way."))
            return redirect(subscription.tenant)
    until = subscription.cancellable_until
    context = {
        "subscription": subscription,
        "tenant": subscription.tenant,
        "error": error,
        "is_open": until is not None and microsoft_now() < until,
    }
    return render(request, "subscriptions/cancel.html", context, status=422 if error else 200)
