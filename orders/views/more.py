"""More licences for a service: form, review, *Order*."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from accounts.access import Actor, actor_of
from accounts.models import Role
from common.refusals import Impossible
from orders import intake, services
from orders.limits import Held
from orders.lines_form import MoreForm
from orders.models import Draft
from orders.views.pages import (
    EDIT,
    REVIEW,
    initial_of,
    placed_before,
    put_errors,
    show,
    summary,
)
from subscriptions.access import catalogue_for
from subscriptions.tariff import Tariff
from tenants.access import tenant_for
from tenants.models import Tenant
from tenants.qualifications import segments_of
from tenants.terms import still_to_accept

FORM = "orders/more.html"


@login_required
@require_http_methods(["GET", "POST"])
def more(request: HttpRequest, service_name: str) -> HttpResponse:
    """*New subscription* of a service."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.MANAGER)
    if request.method != "POST":
        draft = services.find_draft(actor=actor, tenant=tenant)
        return show(request, _form(request, actor, tenant, draft), FORM, tenant=tenant, draft=draft)
    services.keep_draft(actor=actor, tenant=tenant, typed=request.POST.dict())
    form = _form(request, actor, tenant, None)
    if request.POST.get("step") != EDIT and form.is_valid():
        try:
            return _go_on(request, actor, tenant, form)
        except Impossible as error:
            put_errors(form, error)
    return show(request, form, FORM, bad=True, tenant=tenant)


def _go_on(request: HttpRequest, actor: Actor, tenant: Tenant, form: MoreForm) -> HttpResponse:
    """The review of a valid form, or its order. Raises Impossible."""
    wish = form.wish(get_language() or "en")
    if request.POST.get("step") == REVIEW:
        _lines, accepted = services.judge_more(actor=actor, tenant=tenant, wish=wish)
        page = {"tenant": tenant, "accepted": accepted, **summary(actor, form)}
        return show(request, form, "orders/review_more.html", **page)
    known = placed_before(request, wish)
    return redirect(known or intake.take_more(actor=actor, tenant=tenant, wish=wish))


def _form(request: HttpRequest, actor: Actor, tenant: Tenant, draft: Draft | None) -> MoreForm:
    segments = segments_of(tenant)
    return MoreForm(
        request.POST or None,
        licences=catalogue_for(actor, tenant),
        tariff=Tariff.of(actor.account),
        held=Held.by(tenant),
        ends=intake.term_ends(tenant),
        terms=still_to_accept(tenant=tenant, segments=segments, language=get_language() or "en"),
        initial=initial_of(draft),
    )
