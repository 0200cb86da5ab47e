"""Placing orders: rows and the journey in one transaction."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import Account, PartnerId
from common.refusals import Impossible
from journal.models import Operation
from journal.people import By
from orders.lines import Priced, priced
from orders.models import Order, OrderKind, OrderLine
from orders.services import approvals, drafts
from orders.services.limits import check_limit
from orders.services.records import record
from orders.wishes import MoreWish, PlatformWish
from subscriptions import rules
from subscriptions.models import Subscription
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
            yes = approvals.ask_if_needed(order=order, actor=actor)
            ready = journey.create_at_microsoft(tenant, journey=order.key, by=actor.by, after=yes)
            bought = _buy(order, tenant, actor.by, after=ready)
            mail = journey.Chain(tenant, journey=order.key, by=actor.by, last=bought)
            mail.step("tenant.mail_welcome")
            drafts.forget_placed(order=order)
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
    lines, accepted = judge_more(actor=actor, tenant=tenant, wish=wish)
    try:
        with transaction.atomic():
            order = _new_order(actor, tenant, OrderKind.MORE, wish, lines)
            for each in accepted:
                terms.accept(tenant=tenant, terms=each, by=actor.by)
            yes = approvals.ask_if_needed(order=order, actor=actor)
            _buy(order, tenant, actor.by, after=yes)
            drafts.forget_placed(order=order)
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
        check_limit(actor.account, lines)
    except Impossible as error:
        errors |= {field: texts[0] for field, texts in error.errors.items()}
    if partner is None or errors:
        raise Impossible.several(errors)
    return partner, lines


def judge_more(
    *, actor: Actor, tenant: Tenant, wish: MoreWish
) -> tuple[list[Priced], list[terms.Terms]]:
    """What our own rules say; nothing is written. Raises Impossible."""
    tenants.need_usable(tenant)
    partner_for(actor, tenant.partner_id_id)
    lines = priced(actor.account, wish.lines, tenant=tenant)
    check_limit(actor.account, lines)
    accepted = terms.need_accepted(
        tenant=tenant,
        segments={line.licence.segment for line in lines},
        language=wish.language,
        accepted=wish.accepted_terms,
    )
    return lines, accepted


def partner_for(actor: Actor, pk: int) -> PartnerId:
    """The account's own valid MPN ID. Raises Impossible beside the field."""
    partner = PartnerId.objects.filter(account=actor.account, pk=pk).first()
    if partner is None:
        raise Impossible(_("Choose one of your MPN IDs."), field="partner_id")
    if not partner.is_valid:
        text = _("Microsoft does not accept this MPN ID now: %(reason)s")
        raise Impossible(text % {"reason": partner.reason}, field="partner_id", code=partner.code)
    return partner


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
        orderer_id=actor.user.pk,
    )
    for number, line in enumerate(lines):
        _new_line(order, tenant, number, line)
    record(order, "order.placed", actor.by, total=str(order.total), currency=order.currency)
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
