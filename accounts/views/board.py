"""The health board: every MPN ID of the account, what is wrong with it, what hangs on it."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import actor_of, partner_board
from accounts.models import Role

PAGE_SIZE = 25


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What Microsoft says, since when, until when services run, what to do (B4)."""
    actor = actor_of(request)
    rows = Paginator(partner_board(actor), PAGE_SIZE)
    context = {
        "partner_ids": rows.get_page(request.GET.get("page")),
        "may_change": actor.may(Role.OWNER),
        "grace_days": settings.MPN_GRACE_DAYS,
    }
    return render(request, "accounts/partner_board.html", context)
