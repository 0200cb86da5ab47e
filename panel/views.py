"""Faces that join several rooms: home and the page of one service."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.access import actor_of, actor_or_none, person_of
from accounts.models import Role
from accounts.operations.access import operations_for
from common.clock import microsoft_now
from common.refusals import Impossible
from panel.first_run.guide import facts_of, guide_of
from panel.home import figures
from panel.home.recent import recent
from panel.home.sources import needs_of
from panel.home.trend import trends
from panel.palette.pins import pinned_by
from panel.service import sections_of, tasks_of
from panel.switching import seats_of
from subscriptions.models import Origin
from tenants.access import tenant_for
from tenants.switching import checklist, tick

PAGE_SIZES = (10, 25, 50, 100)


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The address itself leads home, or to the sign-in."""
    return redirect("panel:home")


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What needs somebody, what is under way, seats and spend; staff without account: the admin."""
    if person_of(request).is_staff and actor_or_none(request) is None:
        return redirect("admin:index")
    actor = actor_of(request)
    at = microsoft_now()
    operations = operations_for(actor)
    facts = facts_of(actor)
    held, counted = figures.held_by(actor), figures.services_of(actor)
    context = {
        "needs": needs_of(actor, at),
        "at": at,
        "doing": list(operations.filter(state__in=["todo", "doing"])[:10]),
        "recent": recent(actor),
        "counted": counted,
        "guide": guide_of(actor, facts, counted.number),
        "held": held,
        "trends": trends(actor, at, held),
        "weeks": figures.renewals_by_week(actor, at),
        "partner_ids": facts.has_partner_id,
        "may_create": actor.may_create,
    }
    return render(request, "panel/home.html", context)


@login_required
@require_GET
def service(request: HttpRequest, service_name: str) -> HttpResponse:
    """Details, domains, subscriptions, tasks in progress (S10), then users, agreement, activity."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name)
    if request.htmx and request.GET.get("part") == "tasks":  # type: ignore[attr-defined]
        return render(request, "panel/_tasks.html", tasks_of(actor, tenant))
    size = _page_size(request)
    sections = sections_of(actor, tenant, page=request.GET.get("page"), size=size)
    context = {**sections, "page_size": size, "page_sizes": PAGE_SIZES}
    context["is_pinned"] = pinned_by(actor).filter(pk=tenant.pk).exists()
    return render(request, "panel/service.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def switching(request: HttpRequest, service_name: str) -> HttpResponse:
    """Guide for changing provider: old and new seats, a checklist to tick, what stays."""
    actor = actor_of(request)
    if request.method == "POST":
        tenant = tenant_for(actor, service_name, need=Role.OPERATOR)
        step, is_done = request.POST.get("step", ""), request.POST.get("done") == "yes"
        try:
            tick(tenant=tenant, step=step, is_done=is_done, by=actor.by)
        except Impossible as error:
            messages.error(request, str(error))
        return redirect(f"{request.path}#checklist")
    tenant = tenant_for(actor, service_name)
    elsewhere = tenant.subscriptions.current().filter(origin=Origin.ELSEWHERE)
    context = {
        "tenant": tenant,
        "seats": seats_of(tenant),
        "steps": checklist(tenant),
        "elsewhere": list(elsewhere.order_by("pk")[:100]),
        "may_operate": actor.may(Role.OPERATOR),
        "may_manage": actor.may(Role.MANAGER),
    }
    return render(request, "panel/switching.html", context)


@login_required
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """Help: where users are managed, which login, where the password went (S17)."""
    return render(request, "panel/guide.html")


def _page_size(request: HttpRequest) -> int:
    asked = request.GET.get("page_size", "")
    return int(asked) if asked.isdigit() and int(asked) in PAGE_SIZES else PAGE_SIZES[0]
