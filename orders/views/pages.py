"""What the order forms of a new platform and of more licences have in common."""

from datetime import UTC
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.access import Actor, actor_of
from common.clock import microsoft_now
from common.refusals import Impossible
from orders import services
from orders.facts import facts_of
from orders.lines_form import LinesForm
from orders.models import Draft, Order
from orders.wishes import MoreWish, PlatformWish
from subscriptions.plans import plan_label

REVIEW, EDIT, ORDER = "review", "edit", "order"


def show(
    request: HttpRequest, form: LinesForm, template: str, *, bad: bool = False, **context: Any
) -> HttpResponse:
    """The page; 422 when the form is shown because something in it is wrong."""
    page = {"form": form, "currency": actor_of(request).account.currency, **context}
    return render(request, template, page, status=422 if bad and form.errors else 200)


def put_errors(form: LinesForm, error: Impossible) -> None:
    """Refusals beside their fields."""
    for field, texts in error.errors.items():
        form.add_error(field if field in form.fields else None, texts[0])


def summary(actor: Actor, form: LinesForm) -> dict[str, Any]:
    """The chosen lines and what they come to, for the review."""
    names = {licence.pk: licence.name for licence in form.licences}
    lines = form.chosen()
    facts = facts_of(lines, names, microsoft_now().astimezone(UTC))
    rows = [
        {
            "name": names[line.licence_id],
            "term": plan_label(line.term, line.billing_cycle),
            "quantity": line.quantity,
            "price": line.seen_price,
            "amount": line.seen_price * line.quantity,
        }
        for line in lines
    ]
    return {"rows": rows, "facts": facts, "waits": services.needs_owner(actor, facts.total)}


def initial_of(draft: Draft | None) -> dict[str, Any]:
    """What a form begins with."""
    return draft.data if draft is not None else {}


def placed_before(request: HttpRequest, wish: PlatformWish | MoreWish) -> Order | None:
    """The order that this very form has placed already; the person is told so."""
    order = services.same_form(actor_of(request).account, wish)
    if order is not None:
        messages.info(request, _("This order was placed already; nothing was ordered twice."))
    return order
