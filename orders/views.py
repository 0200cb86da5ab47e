"""Pages of orders: new platform, more licences, the journey as it happens, live checks."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import Actor, actor_of
from accounts.models import Role
from common.refusals import Impossible
from orders import intake, services
from orders.access import order_for
from orders.customer_form import CustomerForm
from orders.forms import PlatformForm
from orders.limits import Held
from orders.lines_form import LinesForm, MoreForm
from orders.models import Order
from orders.state import state_of
from orders.wishes import Contact
from subscriptions.access import catalogue_for
from subscriptions.plans import plan_label
from subscriptions.tariff import Tariff
from tenants.access import tenant_for
from tenants.models import Tenant
from tenants.qualifications import segments_of
from tenants.terms import still_to_accept

EDIT, ORDER = "edit", "order"


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The order form, its review, and *Order*; wrong input comes back with a sentence beside it."""
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    actor.need_all()
    form = _platform_form(actor, request)
    if request.method != "POST" or request.POST.get("step") == EDIT or not form.is_valid():
        return _show(request, form, "orders/new.html", bad=form.is_bound)
    ordering = request.POST.get("step") == ORDER
    prefix = form.chosen_subdomain(reviewed=ordering) or intake.suggest_prefix(
        actor=actor, contact=form.contact()
    )
    wish = form.wish(prefix)
    try:
        if ordering:
            return redirect(intake.take_platform(actor=actor, wish=wish))
        errors = intake.look(actor=actor, wish=wish)
    except Impossible as error:
        errors = {field: texts[0] for field, texts in error.errors.items()}
    if errors:
        if "subdomain" in errors and not form.cleaned_data["own_subdomain"]:
            errors["own_subdomain"] = errors.pop("subdomain")
        _put_errors(form, errors)
        return _show(request, form, "orders/new.html", bad=True)
    return _show(request, form, "orders/review.html", prefix=prefix, **_summary(form))


@login_required
@require_http_methods(["GET", "POST"])
def more(request: HttpRequest, service_name: str) -> HttpResponse:
    """*New subscription* of a service."""
    actor = actor_of(request)
    tenant = tenant_for(actor, service_name, need=Role.MANAGER)
    form = _more_form(actor, tenant, request)
    if request.method == "POST" and form.is_valid():
        wish = form.wish(get_language() or "en")
        try:
            order = intake.take_more(actor=actor, tenant=tenant, wish=wish)
            return redirect(order)
        except Impossible as error:
            _put_errors(form, {field: texts[0] for field, texts in error.errors.items()})
    return _show(request, form, "orders/more.html", bad=form.is_bound, tenant=tenant)


@login_required
@require_GET
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: each step as it happens. Closing the tab changes nothing."""
    actor = actor_of(request)
    shown = order_for(actor, pk)
    steps = list(shown.steps())
    cart = services.price_change(shown)
    context = {
        "order": shown,
        "steps": steps,
        "correctable": services.correctable(shown) is not None,
        "state": state_of(steps),
        "lines": shown.lines.select_related("licence", "subscription"),
        "may_manage": actor.may(Role.MANAGER),
        "changed": services.asked_now(shown, cart) if cart else [],
    }
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "orders/_progress.html" if fragment else "orders/order.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Microsoft refused the customer's data: other ones, and the order goes on."""
    actor = actor_of(request)
    shown = order_for(actor, pk, need=Role.MANAGER)
    step = services.correctable(shown)
    if step is None:
        return redirect(shown)
    form = CustomerForm(request.POST or None, initial=_customer_of(shown))
    form.fields["subdomain"].required = True
    if request.method == "POST" and form.is_valid():
        prefix = form.cleaned_data["subdomain"]
        try:
            intake.correct_customer(actor=actor, order=shown, prefix=prefix, contact=form.contact())
            return redirect(shown)
        except Impossible as error:
            for field, texts in error.errors.items():
                form.add_error(field or None, texts[0])
    context = {"form": form, "order": shown, "step": step}
    return render(request, "orders/correct.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def accept_prices(request: HttpRequest, pk: int) -> HttpResponse:
    """The reseller accepts the price that Microsoft asks now."""
    actor = actor_of(request)
    shown = order_for(actor, pk, need=Role.MANAGER)
    services.accept_prices(order=shown, by=actor.by)
    return redirect(shown)


@login_required
@require_POST
def check(request: HttpRequest, field: str) -> HttpResponse:
    """Live check of one field of the order form: good, not possible, cannot tell."""
    actor = actor_of(request)
    actor.need(Role.MANAGER)
    found = intake.check(actor=actor, field=field, values=request.POST.dict())
    return render(request, "orders/_check.html", {"check": found})


def _platform_form(actor: Actor, request: HttpRequest) -> PlatformForm:
    return PlatformForm(
        request.POST or None,
        licences=catalogue_for(actor),
        tariff=Tariff.of(actor.account),
        partners=intake.partner_choices(actor),
        template=intake.agreement(actor),
        initial={"country": actor.account.country, "language": actor.account.language},
    )


def _more_form(actor: Actor, tenant: Tenant, request: HttpRequest) -> MoreForm:
    segments = segments_of(tenant)
    return MoreForm(
        request.POST or None,
        licences=catalogue_for(actor, tenant),
        tariff=Tariff.of(actor.account),
        held=Held.by(tenant),
        ends=intake.term_ends(tenant),
        terms=still_to_accept(tenant=tenant, segments=segments, language=get_language() or "en"),
    )


def _customer_of(order: Order) -> dict[str, str]:
    tenant = order.tenant
    facts = {name: getattr(tenant, name) for name in Contact.__dataclass_fields__}
    return {**facts, "subdomain": tenant.service_name.partition(".")[0]}


def _show(
    request: HttpRequest, form: LinesForm, template: str, *, bad: bool = False, **context: Any
) -> HttpResponse:
    actor = actor_of(request)
    page = {"form": form, "currency": actor.account.currency, **context}
    return render(request, template, page, status=422 if bad and form.errors else 200)


def _put_errors(form: LinesForm, errors: dict[str, str]) -> None:
    for field, text in errors.items():
        form.add_error(field if field in form.fields else None, text)


def _summary(form: PlatformForm) -> dict[str, Any]:
    names = {licence.pk: licence.name for licence in form.licences}
    rows = [
        {
            "name": names[line.licence_id],
            "term": plan_label(line.term, line.billing_cycle),
            "quantity": line.quantity,
            "price": line.seen_price,
            "amount": line.seen_price * line.quantity,
        }
        for line in form.lines()
    ]
    return {"rows": rows, "total": sum(row["amount"] for row in rows)}
