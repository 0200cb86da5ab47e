"""One order: the journey as it happens, and what people may decide about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import actor_of
from accounts.models import Role
from common.refusals import Impossible
from orders import intake, services
from orders.access import order_for
from orders.customer_form import CustomerForm
from orders.models import Order
from orders.state import state_of
from orders.wishes import Contact
from subscriptions.decision_form import DecisionForm


@login_required
@require_GET
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: each step as it happens. Closing the tab changes nothing."""
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    shown = order_for(actor_of(request), pk)
    template = "orders/_progress.html" if fragment else "orders/order.html"
    return _show(request, shown, DecisionForm(), template)


def _show(request: HttpRequest, shown: Order, form: DecisionForm, template: str) -> HttpResponse:
    actor = actor_of(request)
    steps = list(shown.steps())
    cart = services.price_change(shown)
    context = {
        "order": shown,
        "steps": steps,
        "correctable": services.correctable(shown) is not None,
        "state": state_of(steps),
        "lines": shown.lines.select_related("licence", "subscription"),
        "may_manage": actor.may(Role.MANAGER),
        "may_approve": actor.may(Role.OWNER),
        "waits": services.waiting_step(shown) is not None,
        "changed": services.asked_now(shown, cart) if cart else [],
        "form": form,
    }
    return render(request, template, context, status=422 if form.errors else 200)


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """An owner's yes or no to an order that waits for it."""
    actor = actor_of(request)
    shown = order_for(actor, pk, need=Role.OWNER)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            if form.cleaned_data["decision"] == "approve":
                services.approve(order=shown, actor=actor, reason=form.cleaned_data["reason"])
                messages.success(request, _("The order is approved and goes on."))
            else:
                services.refuse(order=shown, actor=actor, reason=form.cleaned_data["reason"])
                messages.success(request, _("The order is not approved. Nothing was bought."))
            return redirect(shown)
        except Impossible as error:
            for field, texts in error.errors.items():
                form.add_error(field or None, texts[0])
    return _show(request, shown, form, "orders/order.html")


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
    try:
        services.accept_prices(order=shown, actor=actor)
    except Impossible as error:
        messages.error(request, str(error))
    return redirect(shown)


def _customer_of(order: Order) -> dict[str, str]:
    tenant = order.tenant
    facts = {name: getattr(tenant, name) for name in Contact.__dataclass_fields__}
    return {**facts, "subdomain": tenant.service_name.partition(".")[0]}
