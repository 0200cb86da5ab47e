"""Changes made elsewhere, and the address that Microsoft's events come to."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.access import actor_of
from accounts.models import Role
from sync import services
from sync.access import drift_for, drifts_of

PAGE = 25
LARGEST = 64 * 1024
"""Bytes of an event; Microsoft's have a few hundred."""
PER_MINUTE = 600


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything that somebody changed elsewhere, newest first; `?open=1`: not noted yet."""
    actor = actor_of(request)
    rows = drifts_of(actor)
    is_open = request.GET.get("open") == "1"
    context = {
        "page": Paginator(rows.unseen() if is_open else rows, PAGE).get_page(  # type: ignore[attr-defined]
            request.GET.get("page")
        ),
        "is_open": is_open,
        "may_note": actor.may(Role.OPERATOR),
    }
    return render(request, "sync/index.html", context)


@login_required
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody has seen a change."""
    actor = actor_of(request)
    drift_for(actor, pk, need=Role.OPERATOR).note(actor.by)
    messages.success(request, _("Noted."))
    return redirect("sync:index")


@csrf_exempt
@require_POST
def microsoft(request: HttpRequest, market: str) -> HttpResponse:
    """Microsoft's events: kept at once, believed only after their signature was checked."""
    if market not in settings.PARTNER_CENTER:
        raise Http404
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if not 0 < size <= LARGEST:
        return HttpResponse(status=413 if size else 400)
    if "X-MS-Certificate-Url" not in request.headers:
        return HttpResponse(status=401)
    if _is_flood(market):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    services.receive(market=market, body=request.body, headers=dict(request.headers))
    return HttpResponse(status=202)


def _is_flood(market: str) -> bool:
    """Anybody may send here; nobody may fill the table."""
    key = f"events:{market}"
    cache.add(key, 0, 60)
    return cache.incr(key) > PER_MINUTE
