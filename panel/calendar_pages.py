"""The calendar by month, its feed for other programs, and that feed's own secret address."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts import services
from accounts.access import actor_of, actor_of_feed
from accounts.models import CalendarFeed
from common.clock import microsoft_now
from panel.calendar import MONTHS, first_entries
from panel.calendar import feed as feed_of
from subscriptions.rules.terms import Period, add_months

PAGE_SIZE = 100


@login_required
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """One month of it (`?month=2027-03`), and the feed of this person."""
    return _page(request)


@login_required
@require_POST
@never_cache
def create_feed(request: HttpRequest) -> HttpResponse:
    """A new address, shown on this answer and nowhere else; the one before ends."""
    secret = services.create_feed(actor=actor_of(request))
    address = settings.PORTAL_URL + reverse("panel:calendar_feed", args=[secret])
    return _page(request, address=address)


@login_required
@require_POST
def revoke_feed(request: HttpRequest) -> HttpResponse:
    if services.revoke_feed(actor=actor_of(request)):
        messages.success(request, _("The address of your calendar no longer works."))
    return redirect("panel:calendar")


@require_safe
@never_cache
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """For calendar programs: no session, only the secret; in the person's language."""
    actor = actor_of_feed(secret)
    with override(actor.user.language):
        content = b"".join(feed_of(actor, microsoft_now()))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="calendar.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _page(request: HttpRequest, *, address: str = "") -> HttpResponse:
    actor, at = actor_of(request), microsoft_now()
    today = at.astimezone(UTC).date()
    this_month = today.replace(day=1)
    month = _month(request.GET.get("month", ""), this_month)
    days = Period(max(month, today), add_months(month, 1) - timedelta(days=1))
    rows = first_entries(actor, at, days)
    feeds = CalendarFeed.objects.filter(account=actor.account, user=actor.user, revoked_at=None)
    context = {
        "month": month,
        "before": add_months(month, -1) if month > this_month else None,
        "after": add_months(month, 1) if month < add_months(this_month, MONTHS) else None,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "feed": feeds.first(),
        "address": address,
    }
    return render(request, "panel/calendar.html", context)


def _month(asked: str, this_month: date) -> date:
    """The first day of what was asked for; this month for the past, nonsense and the far future."""
    try:
        month = datetime.strptime(asked, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        return this_month
    return month if this_month <= month <= add_months(this_month, MONTHS) else this_month
