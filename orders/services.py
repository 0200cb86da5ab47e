"""Use cases of orders. They write rows and the journey in one transaction and touch no network."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Account, PartnerId
from common.refusals import Impossible
from journal import services as journal
from journal.models import NextActor, Operation, State
from journal.people import By
from orders.lines import Priced, priced
from orders.models import Order, OrderKind, OrderLine
from orders.wishes import Contact, MoreWish, PlatformWish
from subscriptions import rules
from subscriptions.models import Subscription
from subscriptions.tariff import Tariff
from tenants import journey, terms
from tenants import services as tenants
from tenants.models import Agreement, Gdap, Tenant


def order_platform(*, actor: Actor, wish: PlatformWish) -> Order:
    """Place an order for a new platform; the same form sent again is the same order.

    Raises Impossible with all that the rules forbid, PermissionDenied for limited reach.
    """
    actor.need_all()
    known = same_form(actor.account, wish)
    if known is not None:
        return known
    partner, lines = judge_wish(actor=actor, wish=wish)
    try:
        with transaction.atomic():
            tenant = _new_tenant(actor, partner, wish)
            order = _new_order(actor, tenant, OrderKind.NEW_PLATFORM, wish, lines)
            ready = journey.create_at_microsoft(tenant, journey=order.key, by=actor.by)
            bought = _buy(order, tenant, actor.by, after=ready)
            mail = journey.Chain(tenant, journey=order.key, by=actor.by, last=bought)
            mail.step("tenant.mail_welcome")
            return order
    except IntegrityError:
        return _lost_race(actor.account, wish)


def order_more(*, actor: Actor, tenant: Tenant, wish: MoreWish) -> Order:
    """Buy more licences for a platform; the same form sent again is the same order.

    Raises Impossible with all that the rules forbid.
    """
    known = same_form(actor.account, wish)
    if known is not None:
        return known
    tenants.need_usable(tenant)
    partner_for(actor, tenant.partner_id_id)
    lines = priced(actor.account, wish.lines, tenant=tenant)
    _check_limit(actor.account, lines)
    accepted = terms.need_accepted(
        tenant=tenant,
        segments={line.licence.segment for line in lines},
        language=wish.language,
        accepted=wish.accepted_terms,
    )
    try:
        with transaction.atomic():
            order = _new_order(actor, tenant, OrderKind.MORE, wish, lines)
            for each in accepted:
                terms.accept(tenant=tenant, terms=each, by=actor.by)
            _buy(order, tenant, actor.by, after=None)
            return order
    except IntegrityError:
        return _lost_race(actor.account, wish)


def judge_wish(*, actor: Actor, wish: PlatformWish) -> tuple[PartnerId, list[Priced]]:
    """What our own rules say; nothing is written. Raises Impossible, all refusals at once."""
    errors: dict[str, str] = {}
    partner: PartnerId | None = None
    lines: list[Priced] = []
    try:
        partner = partner_for(actor, wish.partner_id)
    except Impossible as error:
        errors |= {field: texts[0] for field, texts in error.errors.items()}
    try:
        lines = priced(actor.account, wish.lines)
        _check_limit(actor.account, lines)
    except Impossible as error:
        errors |= {field: texts[0] for field, texts in error.errors.items()}
    if partner is None or errors:
        raise Impossible.several(errors)
    return partner, lines


def partner_for(actor: Actor, pk: int) -> PartnerId:
    """The account's own valid MPN ID. Raises Impossible beside the field."""
    partner = PartnerId.objects.filter(account=actor.account, pk=pk).first()
    if partner is None:
        raise Impossible(_("Choose one of your MPN IDs."), field="partner_id")
    if not partner.is_valid:
        text = _("Microsoft does not accept this MPN ID now: %(reason)s")
        raise Impossible(text % {"reason": partner.reason}, field="partner_id", code=partner.code)
    return partner


@transaction.atomic
def correct_customer(*, order: Order, prefix: str, contact: Contact, by: By) -> bool:
    """Microsoft refused the customer's data: keep other ones and go on.

    False when nothing waits for that (any more). Raises Impossible when the sub-domain is taken.
    """
    step = correctable(order)
    if step is None:
        return False
    tenants.correct(
        tenant=order.tenant,
        service_name=f"{prefix}.onmicrosoft.com",
        facts={name: str(value) for name, value in vars(contact).items()},
        by=by,
    )
    return journal.retry(operation=step, by=by)


def correctable(order: Order) -> Operation | None:
    """The refused creation of the customer, if the order hangs on it."""
    refused = order.steps().filter(kind="tenant.create_customer", state=State.ERROR)
    return refused.filter(request_id=None, next_actor=NextActor.RESELLER).first()


@transaction.atomic
def accept_prices(*, order: Order, by: By) -> bool:
    """The reseller accepts what Microsoft asks now; the order goes on. False when nothing waits."""
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
        raise Impossible(_over_limit(limit, order.currency))
    Order.objects.filter(pk=order.pk).update(total=total)
    _record(order, "order.prices_accepted", by, total=str(total))
    return journal.retry(operation=cart, by=by)


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


def same_form(account: Account, wish: PlatformWish | MoreWish) -> Order | None:
    """The order that this very form has already placed.

    Raises Impossible when the form was changed since: an order is never dropped in silence.
    """
    order = Order.objects.filter(account=account, form_key=wish.form_key).first()
    if order is not None and not _is_of(order, wish):
        text = _("This form has placed order %(id)s already. Begin a new order.")
        raise Impossible(text % {"id": order.pk}, code="form_key")
    return order


def _is_of(order: Order, wish: PlatformWish | MoreWish) -> bool:
    """Whether the order is this wish. The sub-domain may have been made up: it is not compared."""
    names = ("licence", "term", "billing_cycle", "quantity", "ends_on")
    placed = set(order.lines.values_list(*names))
    wished = {(w.licence_id, w.term, w.billing_cycle, w.quantity, w.ends_on) for w in wish.lines}
    if isinstance(wish, MoreWish):
        return order.kind == OrderKind.MORE and placed == wished
    tenant = order.tenant
    same = (tenant.company, tenant.email) == (wish.contact.company, wish.contact.email)
    return order.kind == OrderKind.NEW_PLATFORM and same and placed == wished


def _lost_race(account: Account, wish: PlatformWish | MoreWish) -> Order:
    """Somebody was first: the same form (that order), or the same sub-domain (refused)."""
    known = same_form(account, wish)
    if known is None:
        raise Impossible(_("This sub-domain is already taken."), field="subdomain") from None
    return known


def _new_tenant(actor: Actor, partner: PartnerId, wish: PlatformWish) -> Tenant:
    contact, agreement = wish.contact, wish.agreement
    tenant = Tenant.objects.create(
        account=actor.account,
        partner_id=partner,
        service_name=f"{wish.prefix}.onmicrosoft.com",
        display_name=contact.company,
        company=contact.company,
        first_name=contact.first_name,
        last_name=contact.last_name,
        email=contact.email,
        phone=contact.phone,
        address=contact.address,
        address2=contact.address2,
        city=contact.city,
        region=contact.region,
        postal_code=contact.postal_code,
        country=contact.country,
        language=contact.language,
        registration_number=contact.registration_number,
    )
    Agreement.objects.create(
        tenant=tenant,
        template_id=agreement.template_id,
        version=agreement.version,
        link=agreement.link,
        first_name=agreement.first_name,
        last_name=agreement.last_name,
        email=agreement.email,
        phone=agreement.phone,
        agreed_date=agreement.agreed_date,
        recorded_by=actor.user.email,
    )
    Gdap.objects.create(tenant=tenant)
    return tenant


def _new_order(
    actor: Actor,
    tenant: Tenant,
    kind: str,
    wish: PlatformWish | MoreWish,
    lines: Sequence[Priced],
) -> Order:
    order = Order.objects.create(
        account=actor.account,
        tenant=tenant,
        kind=kind,
        form_key=wish.form_key,
        currency=actor.account.currency,
        total=rules.total(line.amount for line in lines),
        mpn_id=tenant.partner_id.mpn_id,
        placed_by=actor.user.email,
    )
    for number, line in enumerate(lines):
        _new_line(order, tenant, number, line)
    _record(order, "order.placed", actor.by, total=str(order.total), currency=order.currency)
    return order


def _new_line(order: Order, tenant: Tenant, number: int, line: Priced) -> None:
    subscription = Subscription.objects.create(
        tenant=tenant,
        licence=line.licence,
        name=line.licence.name,
        quantity=line.wish.quantity,
        term=line.wish.term,
        billing_cycle=line.wish.billing_cycle,
        unit_price=line.price,
        unit_cost=line.cost,
        currency=order.currency,
        mpn_id=order.mpn_id,
    )
    OrderLine.objects.create(
        order=order,
        number=number,
        licence=line.licence,
        subscription=subscription,
        quantity=line.wish.quantity,
        term=line.wish.term,
        billing_cycle=line.wish.billing_cycle,
        unit_price=line.price,
        unit_cost=line.cost,
        ends_on=line.wish.ends_on,
    )


def _buy(order: Order, tenant: Tenant, by: By, *, after: Operation | None) -> Operation:
    """A last look at the MPN ID, cart, checkout, and the wait for what was bought."""
    chain = journey.Chain(tenant, journey=order.key, by=by, last=after)
    for kind in ("order.check_partner", "order.fill_cart", "order.checkout"):
        chain.step(kind, order=order.pk)
    return chain.step("order.await_subscriptions", order=order.pk)


def _check_limit(account: Account, lines: Sequence[Priced]) -> None:
    limit = account.spend_limit
    if limit is not None and rules.total(line.amount for line in lines) > limit:
        raise Impossible(_over_limit(limit, account.currency), field="lines", code="spend_limit")


def _over_limit(limit: Decimal, currency: str) -> str:
    text = _("This exceeds the spend limit of %(limit)s %(currency)s per order.")
    return text % {"limit": limit, "currency": currency}


def _record(order: Order, kind: str, by: By, **data: str) -> None:
    journal.record(
        kind=kind,
        account_id=order.account_id,
        subject=order.key,
        listed_under=order.tenant.key,
        data=data,
        by=by,
    )
