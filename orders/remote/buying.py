"""Cart, checkout, and the wait for what was bought."""

from decimal import Decimal
from functools import partial

from django.utils.translation import gettext_noop

from accounts import services as accounts
from accounts.models import PartnerId
from accounts.remote import judge
from accounts.verdicts import Verdict
from common.clock import microsoft_now
from common.errors import AlreadyDone, Refused
from common.segments import segment_of
from journal import services as journal
from journal.models import Operation
from journal.work import Done, Wait, Work
from orders.models import Order, OrderLine
from orders.remote import order_of
from partnercenter import connect, requests
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from partnercenter.types import Availability, Cart, Checkout, WantedLine
from partnercenter.types import Subscription as Shown
from subscriptions.remote.facts import facts_of

PRICE_CHANGED = "price_changed"
STALE = ("400013", "400018", "400019", "10001")
"""The availability has gone since it was fetched: fetch again, once, under a new request id."""


def fill_cart(work: Work) -> Done:
    """`order.fill_cart`: availabilities are fetched now, for they change; prices are compared."""
    order = order_of(work)
    try:
        cart = _cart(work, order)
    except Refused as error:
        if error.code not in STALE or "refetched" in work.memo:
            raise
        work.remember(refetched=error.code)
        work.begin_anew()
        cart = _cart(work, order)
    _compare_prices(work, order, cart)
    return Done({"cart": cart.id}, lambda _op: _keep_cart(order, cart))


def _cart(work: Work, order: Order) -> Cart:
    """A cart without errors. Raises Refused with the code of the first one."""
    client = connect(order.tenant.market)
    stored, request_id = work.request(lambda: _cart_request(client, order).to_json())
    cart = client.create_cart(Request.from_json(stored), request_id=request_id)
    for error in cart.errors:
        raise Refused(error.message, code=error.code, field="lines")
    return cart


def check_partner(work: Work) -> Done:
    """`order.check_partner`: Microsoft is asked once more before anything is bought."""
    order = order_of(work)
    partner = order.tenant.partner_id
    verdict = judge(partner)
    if not verdict.is_valid:
        raise Refused(verdict.sentence, code=verdict.code, field="mpn_id")
    return Done(write=partial(_keep_verdict, partner, verdict))


def checkout(work: Work) -> Done:
    """`order.checkout`: repeated, it gives the first result."""
    order = order_of(work)
    client = connect(order.tenant.market)
    stored, request_id = work.request(
        lambda: requests.checkout_cart(
            customer_id=order.tenant.microsoft_id, cart_id=order.microsoft_cart_id
        ).to_json()
    )
    try:
        done: Checkout = client.checkout_cart(Request.from_json(stored), request_id=request_id)
    except AlreadyDone:
        ids = [o.id for o in client.orders(customer_id=order.tenant.microsoft_id)]
        return Done({"orders": ids}, lambda _op: _keep_order(order, ids))
    if not done.is_complete:
        raise Refused("; ".join(error.message for error in done.errors), field="lines")
    ids = [placed.id for placed in done.orders]
    return Done({"orders": ids}, lambda _op: _keep_order(order, ids))


def await_subscriptions(work: Work) -> Done | Wait:
    """`order.await_subscriptions`: an order is completed before its subscriptions show."""
    order = order_of(work)
    client = connect(order.tenant.market)
    lines = list(order.lines.select_related("licence", "subscription"))
    shown = client.subscriptions(customer_id=order.tenant.microsoft_id)
    found = _match(lines, _of_order(work, shown))
    if len(found) < len(lines):
        return Wait(text=gettext_noop("Microsoft is setting up the licences."))
    return Done(
        {"subscriptions": [shown.id for _line, shown in found]},
        partial(_activate, order, found),
    )


def _keep_verdict(partner: PartnerId, verdict: Verdict, operation: Operation) -> None:
    accounts.apply_verdict(partner_id=partner, verdict=verdict, operation=operation)


def _cart_request(client: PartnerCenter, order: Order) -> Request:
    lines = order.lines.select_related("licence").order_by("number")
    wanted = [_wanted(client, order, line) for line in lines]
    return requests.create_cart(customer_id=order.tenant.microsoft_id, lines=wanted)


def _wanted(client: PartnerCenter, order: Order, line: OrderLine) -> WantedLine:
    return WantedLine(
        catalog_item_id=_availability(client, order, line).catalog_item_id,
        quantity=line.quantity,
        billing_cycle=line.billing_cycle,
        term_duration=line.term,
        mpn_id=order.mpn_id,
        custom_term_end_date=line.ends_on,
    )


def _availability(client: PartnerCenter, order: Order, line: OrderLine) -> Availability:
    offered = client.availabilities(
        product_id=line.licence.product_id,
        sku_id=line.licence.sku_id,
        country=order.tenant.country,
        customer_id=order.tenant.microsoft_id,
    )
    for availability in offered:
        terms = {(t.duration, t.billing_cycle.lower()) for t in availability.terms}
        if (
            availability.is_purchasable
            and segment_of(availability.segment) == line.licence.segment
            and (line.term, line.billing_cycle.lower()) in terms
        ):
            return availability
    raise Refused(
        gettext_noop("Microsoft no longer sells one of these licences to this customer."),
        code="400013",
        field="lines",
    )


def _compare_prices(work: Work, order: Order, cart: Cart) -> None:
    """Stop when Microsoft asks the provider another price than the one that was reckoned with."""
    if any(line.currency not in ("", order.currency) for line in cart.lines):
        raise Refused(
            gettext_noop("Microsoft charges this customer in another currency than the order's."),
            code="currency",
            field="lines",
        )
    seen = {line.number: line.unit_cost for line in order.lines.all()}
    asked = {
        line.number: line.pricing.list_price for line in cart.lines if line.pricing is not None
    }
    changed = {n: str(p) for n, p in asked.items() if Decimal(p) != seen.get(n)}
    if changed:
        work.remember(prices={str(number): price for number, price in changed.items()})
        raise Refused(
            gettext_noop("Microsoft's price has changed since the order was placed."),
            code=PRICE_CHANGED,
            field="lines",
        )


def _keep_cart(order: Order, cart: Cart) -> None:
    Order.objects.filter(pk=order.pk).update(microsoft_cart_id=cart.id)


def _keep_order(order: Order, ids: list[str]) -> None:
    Order.objects.filter(pk=order.pk).update(microsoft_id=",".join(ids)[:60])


def _of_order(work: Work, shown: list[Shown]) -> list[Shown]:
    bought = work.operation.after
    ids = {str(i).lower() for i in (bought.result.get("orders", []) if bought else [])}
    return [s for s in shown if s.order_id.lower() in ids]


def _match(lines: list[OrderLine], shown: list[Shown]) -> list[tuple[OrderLine, Shown]]:
    """Each line with the subscription that it became."""
    left = list(shown)
    found: list[tuple[OrderLine, Shown]] = []
    for line in lines:
        code = f"{line.licence.code}:".lower()
        for candidate in left:
            if candidate.offer_id.lower().startswith(code) and candidate.term_duration == line.term:
                found.append((line, candidate))
                left.remove(candidate)
                break
    return found


def _activate(order: Order, found: list[tuple[OrderLine, Shown]], operation: Operation) -> None:
    for line, shown in found:
        line.subscription.show(as_of=microsoft_now(), **facts_of(shown))
    order.tenant.activate()
    journal.record(
        kind="order.completed",
        account_id=order.account_id,
        subject=order.key,
        listed_under=order.tenant.key,
        operation=operation,
    )
