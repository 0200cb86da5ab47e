"""The renewal calendar: what ends when, what happens then, and what it costs."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import actor_of
from accounts.models import Role
from subscriptions.access import renewals_for
from subscriptions.renewals import RenewalFilter, per_month

PAGE_SIZES = (25, 50, 100)


@login_required
@require_GET
def renewals(request: HttpRequest) -> HttpResponse:
    """Pages of terms by the day they end, with filters and what each month comes to."""
    actor = actor_of(request)
    form = RenewalFilter(request.GET)
    rows = form.kept(renewals_for(actor))
    size = request.GET.get("page_size", "")
    chosen = int(size) if size.isdigit() and int(size) in PAGE_SIZES else PAGE_SIZES[0]
    context = {
        "form": form,
        "months": per_month(rows),
        "renewals": Paginator(rows, chosen).get_page(request.GET.get("page")),
        "page_sizes": PAGE_SIZES,
        "page_size": chosen,
        "may_manage": actor.may(Role.MANAGER),
    }
    return render(request, "subscriptions/renewals.html", context)
