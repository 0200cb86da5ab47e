"""Microsoft asks another price than the one that was ordered at."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import Actor
from common.refusals import Impossible
from journal import services as journal
from journal.models import Operation, State
from orders.models import Order, OrderLine
from orders.services import approvals
from orders.services.limits import over_limit
from orders.services.records import record
from subscriptions import rules
from subscriptions.models import Subscription
from subscriptions.tariff import Tariff


@transaction.atomic
def accept_prices(*, order: Order, actor: Actor) -> bool:
    """The reseller accepts what Microsoft asks now; the order goes on. False when nothing waits.

    Raises Impossible over the spend limit, and where only an owner may say yes to the new total.
    """
    cart = price_change(order)
    if cart is None:
        return False
    for line in asked_now(order, cart):
        new = {"unit_price": line.unit_price, "unit_cost": line.unit_cost}
        order.lines.filter(pk=line.pk).update(**new)
        Subscription.objects.filter(pk=line.subscription_id).update(**new)
    total = rules.total(line.amount for line in order.lines.all())
    limit = order.account.spend_limit
    if limit is not None and total > limit:
        raise Impossible(over_limit(limit, order.currency))
    if approvals.needs_owner(actor, total):
        raise Impossible(_("Only an owner of the account can accept this total."))
    Order.objects.filter(pk=order.pk).update(total=total)
    record(order, "order.prices_accepted", actor.by, total=str(total))
    return journal.retry(operation=cart, by=actor.by)


def price_change(order: Order) -> Operation | None:
    """The cart that waits because Microsoft asks other prices than those ordered, if one does."""
    cart = order.steps().filter(kind="order.fill_cart", state=State.ERROR).last()
    return cart if cart is not None and "prices" in cart.memo else None


def asked_now(order: Order, cart: Operation) -> list[OrderLine]:
    """The lines whose cost has changed, not saved, with their new cost and reseller's price."""
    tariff = Tariff.of(order.account)
    lines = {str(line.number): line for line in order.lines.select_related("licence")}
    changed = []
    for number, amount in cart.memo["prices"].items():
        line = lines[number]
        line.unit_cost = Decimal(amount)
        line.unit_price = tariff.resale(
            line.licence,
            cost=line.unit_cost,
            retail=_retail(line),
            billing_cycle=line.billing_cycle,
        )
        changed.append(line)
    return changed


def _retail(line: OrderLine) -> Decimal:
    """As the price sheet last had it; a cart does not name it."""
    prices = line.licence.prices.filter(
        is_announced=False,
        currency=line.order.currency,
        term=line.term,
        billing_cycle=line.billing_cycle,
    )
    price = prices.order_by("-valid_from").first()
    return price.retail if price else Decimal(0)
