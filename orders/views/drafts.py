"""The draft of an order form: kept quietly as one types, forgotten when one starts afresh."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import Actor, actor_of
from accounts.models import Role
from orders import services
from tenants.access import tenant_for
from tenants.models import Tenant


@login_required
@require_POST
def keep(request: HttpRequest, service_name: str = "") -> HttpResponse:
    """Asked by the form itself while somebody types; says when it was kept."""
    actor, tenant = _page(request, service_name)
    kept_at = services.keep_draft(actor=actor, tenant=tenant, typed=request.POST.dict())
    return render(request, "orders/_kept.html", {"kept_at": kept_at})


@login_required
@require_POST
def forget(request: HttpRequest, service_name: str = "") -> HttpResponse:
    """Start afresh."""
    actor, tenant = _page(request, service_name)
    services.forget_draft(actor=actor, tenant=tenant)
    return redirect("orders:more", service_name) if tenant else redirect("orders:new")


def _page(request: HttpRequest, service_name: str) -> tuple[Actor, Tenant | None]:
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    tenant = tenant_for(actor, service_name, need=Role.MANAGER) if service_name else None
    return actor, tenant
