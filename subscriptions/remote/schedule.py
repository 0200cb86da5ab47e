"""`subscription.schedule`: what the renewal changes, written into the subscription."""

from functools import partial
from typing import Any, cast

from django.utils.translation import gettext_noop

from common.errors import Refused
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.request import Request
from partnercenter.types import NextTerm
from partnercenter.types import Subscription as Shown
from subscriptions.models import Subscription
from subscriptions.remote.facts import cycle, next_term
from subscriptions.remote.patch import carry_out, subscription_of, wish_of
from subscriptions.rules import changes

NOT_SOLD = gettext_noop("Microsoft does not sell this licence to this customer for that term.")


def schedule(work: Work) -> Done | Wait:
    """`subscription.schedule`: seats, licence, term or payment from the renewal on."""
    wish = cast(changes.ScheduleAtRenewal, wish_of(work))
    build = partial(_build, subscription_of(work), wish)
    return carry_out(work, build, partial(_is_scheduled, wish))


def _build(
    subscription: Subscription,
    wish: changes.ScheduleAtRenewal,
    *,
    customer_id: str,
    resource: dict[str, Any],
) -> Request:
    shown = Shown.parse(resource)
    product_id, _colon, sku_id = wish.product.partition(":")
    product_id, sku_id = product_id or shown.product_id, sku_id or shown.sku_id
    term = wish.term or shown.renewal_term or shown.term_duration
    billing_cycle = wish.billing_cycle or cycle(shown.billing_cycle)
    following = NextTerm(
        product_id=product_id,
        sku_id=sku_id,
        availability_id=availability_of(subscription, product_id, sku_id, term, billing_cycle),
        term_duration=term,
        billing_cycle=billing_cycle,
        quantity=shown.quantity if wish.quantity is None else wish.quantity,
        custom_end_date=wish.ends_on,
    )
    return requests.schedule_next_term(
        customer_id=customer_id, resource=resource, next_term=following
    )


def availability_of(
    subscription: Subscription, product_id: str, sku_id: str, term: str, billing_cycle: str
) -> str:
    """The availability of today for this customer; they change. Raises Refused without one."""
    offered = connect(subscription.tenant.market).availabilities(
        product_id=product_id,
        sku_id=sku_id,
        country=subscription.tenant.country,
        customer_id=subscription.tenant.microsoft_id,
    )
    plan = (term, billing_cycle.lower())
    for availability in offered:
        if plan in {(each.duration, each.billing_cycle.lower()) for each in availability.terms}:
            return availability.id
    raise Refused(NOT_SOLD, code="400013", field="plan")


def _is_scheduled(wish: changes.ScheduleAtRenewal, shown: Shown) -> bool:
    kept = next_term(shown)
    if kept is None:
        return False
    return (
        wish.quantity in (None, kept.quantity)
        and wish.term in ("", kept.term_duration)
        and wish.billing_cycle in ("", cycle(kept.billing_cycle))
        and wish.product in ("", f"{kept.product_id}:{kept.sku_id}")
    )
