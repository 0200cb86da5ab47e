"""The order of a new platform: form, review, *Order*; and its live checks."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import Actor, actor_of
from accounts.models import Role
from common.refusals import Impossible
from orders import intake, services
from orders.access import drafts_of
from orders.forms import PlatformForm
from orders.models import Draft
from orders.remote.look import look
from orders.views.pages import (
    EDIT,
    ORDER,
    initial_of,
    placed_before,
    put_errors,
    show,
    summary,
)
from subscriptions.access import catalogue_for
from subscriptions.tariff import Tariff

FORM = "orders/new.html"


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The order form, its review, and *Order*; wrong input comes back with a sentence beside it."""
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    actor.need_all()
    if request.method != "POST":
        draft = services.find_draft(actor=actor, tenant=None)
        others = drafts_of(actor).exclude(tenant=None)
        return show(request, _form(actor, request, draft), FORM, draft=draft, others=others)
    services.keep_draft(actor=actor, tenant=None, typed=request.POST.dict())
    form = _form(actor, request, None)
    if request.POST.get("step") == EDIT or not form.is_valid():
        return show(request, form, FORM, bad=True)
    try:
        return _go_on(request, actor, form)
    except Impossible as error:
        if "subdomain" in error.errors and not form.cleaned_data["own_subdomain"]:
            error.errors["own_subdomain"] = error.errors.pop("subdomain")
        put_errors(form, error)
    return show(request, form, FORM, bad=True)


def _go_on(request: HttpRequest, actor: Actor, form: PlatformForm) -> HttpResponse:
    """The review of a valid form, or its order. Raises Impossible."""
    ordering = request.POST.get("step") == ORDER
    prefix = form.chosen_subdomain(reviewed=ordering) or intake.suggest_prefix(
        actor=actor, contact=form.contact()
    )
    wish = form.wish(prefix)
    if ordering:
        known = placed_before(request, wish)
        return redirect(known or intake.take_platform(actor=actor, wish=wish))
    errors = look(actor=actor, wish=wish)
    if errors:
        raise Impossible.several(errors)
    return show(request, form, "orders/review.html", prefix=prefix, **summary(actor, form))


@login_required
@require_POST
def check(request: HttpRequest, field: str) -> HttpResponse:
    """Live check of one field of the order form: good, not possible, cannot tell."""
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    found = intake.check(actor=actor, field=field, values=request.POST.dict())
    return render(request, "orders/_check.html", {"check": found})


def _form(actor: Actor, request: HttpRequest, draft: Draft | None) -> PlatformForm:
    account = actor.account
    return PlatformForm(
        request.POST or None,
        licences=catalogue_for(actor),
        tariff=Tariff.of(account),
        partners=intake.partner_choices(actor),
        template=intake.agreement(actor),
        initial={"country": account.country, "language": account.language, **initial_of(draft)},
    )
