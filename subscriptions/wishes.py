"""Wishes that carry a price: today's, looked up here and never taken from the one who wishes."""

from django.utils.translation import gettext as _

from common.refusals import Impossible
from subscriptions.models import Licence, Subscription
from subscriptions.plans import Plan, licence_of, plan_of
from subscriptions.rules import Change, ChangePlan, ScheduleAtRenewal, Upgrade


def plan_change(subscription: Subscription, *, term: str, billing_cycle: str) -> Change:
    """Another term or payment, from today on. Raises Impossible when it is not sold."""
    plan = _plan(subscription, subscription.licence, term, billing_cycle)
    return ChangePlan(term=plan.term, billing_cycle=plan.billing_cycle, unit_price=plan.unit_price)


def at_renewal(
    subscription: Subscription,
    *,
    quantity: int | None = None,
    product: str = "",
    term: str = "",
    billing_cycle: str = "",
) -> Change:
    """What the renewal changes; what is left out stays. Raises Impossible when it is not sold."""
    if not (product or term or billing_cycle):
        return ScheduleAtRenewal(quantity=quantity)
    licence = _licence(subscription, product) if product else subscription.licence
    plan = _plan(
        subscription,
        licence,
        term or subscription.term,
        billing_cycle or subscription.billing_cycle,
    )
    return ScheduleAtRenewal(
        quantity=quantity,
        product=product,
        term=plan.term,
        billing_cycle=plan.billing_cycle,
        unit_price=plan.unit_price,
    )


def upgrade(
    subscription: Subscription,
    *,
    product: str,
    quantity: int,
    term: str = "",
    billing_cycle: str = "",
) -> Change:
    """Seats of another licence for seats of this one. Raises Impossible when it is not sold."""
    plan = _plan(
        subscription,
        _licence(subscription, product),
        term or subscription.term,
        billing_cycle or subscription.billing_cycle,
    )
    return Upgrade(
        product=product,
        quantity=quantity,
        unit_price=plan.unit_price,
        term=plan.term,
        billing_cycle=plan.billing_cycle,
    )


def anew(subscription: Subscription, wish: Change) -> Change:
    """A wish of some time ago at today's price. Raises Impossible when it is no longer sold."""
    if isinstance(wish, ChangePlan):
        return plan_change(subscription, term=wish.term, billing_cycle=wish.billing_cycle)
    if isinstance(wish, Upgrade):
        return upgrade(
            subscription,
            product=wish.product,
            quantity=wish.quantity,
            term=wish.term,
            billing_cycle=wish.billing_cycle,
        )
    return wish


def _licence(subscription: Subscription, product: str) -> Licence:
    product_id, _colon, sku_id = product.partition(":")
    found = licence_of(subscription, product_id, sku_id)
    if found is None:
        raise Impossible(_("This licence is not sold."), field="product")
    return found


def _plan(
    subscription: Subscription, licence: Licence | None, term: str, billing_cycle: str
) -> Plan:
    plan = plan_of(licence, subscription, term, billing_cycle)
    if plan is None:
        text = _("This licence is not sold for that term and payment.")
        raise Impossible(text, field="term", code="not_sold")
    return plan
