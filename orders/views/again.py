"""*Order again*: from an order or a service, for the same service or a new customer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import Actor, actor_of
from accounts.models import Role
from orders import again, services
from orders.access import drafts_of, order_for
from orders.again import Wanted
from tenants.access import tenant_for
from tenants.models import Tenant

NEW_CUSTOMER = "new"


@login_required
@require_http_methods(["GET", "POST"])
def again_order(request: HttpRequest, pk: int) -> HttpResponse:
    """The licences of an order once more."""
    actor = actor_of(request)
    order = order_for(actor, pk, need=Role.MANAGER)
    return _again(request, actor, order.tenant, again.of_order(order))


@login_required
@require_http_methods(["GET", "POST"])
def again_service(request: HttpRequest, service_name: str) -> HttpResponse:
    """The licences of a service once more."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.MANAGER)
    return _again(request, actor, tenant, again.of_service(tenant))


def _again(
    request: HttpRequest, actor: Actor, tenant: Tenant, wanted: list[Wanted]
) -> HttpResponse:
    if request.method == "POST":
        target = None if request.POST.get("target") == NEW_CUSTOMER else tenant
        if target is None:
            actor.need_all()
        return _begin(request, actor, target, wanted)
    page = {
        "tenant": tenant,
        "rows": again.today(actor=actor, wanted=wanted, tenant=tenant),
        "currency": actor.account.currency,
        "begun": [draft for draft in drafts_of(actor) if draft.tenant in (None, tenant)],
    }
    return render(request, "orders/again.html", page)


def _begin(
    request: HttpRequest, actor: Actor, target: Tenant | None, wanted: list[Wanted]
) -> HttpResponse:
    """The order form, filled in; what cannot be had is said."""
    rows = again.today(actor=actor, wanted=wanted, tenant=target)
    services.keep_draft(actor=actor, tenant=target, typed=again.typed(rows))
    for row in rows:
        if row.problem:
            told = {"name": row.wanted.name, "problem": row.problem}
            messages.warning(request, _("%(name)s: %(problem)s") % told)
    return redirect("orders:more", target.service_name) if target else redirect("orders:new")
