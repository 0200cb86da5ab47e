"""Pages of prices: the changes that are announced for what a reseller's customers hold."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import actor_of
from subscriptions.price_changes import affected, changes_of


@login_required
@require_GET
def price_changes(request: HttpRequest) -> HttpResponse:
    """What will cost something else from its next renewal on."""
    actor = actor_of(request)
    page = Paginator(affected(actor), 25).get_page(request.GET.get("page"))
    changes = changes_of(actor.account, list(page))
    context = {"page": page, "changes": changes, "currency": actor.account.currency}
    return render(request, "subscriptions/price_changes.html", context)
