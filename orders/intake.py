"""The one call behind form and API: look at Microsoft and the DNS, then place the order."""

from datetime import date

from django.http import Http404
from django.utils.translation import gettext as _

from accounts.access import Actor
from accounts.models import PartnerId, Role
from accounts.remote import partner_check
from accounts.verdicts import reason_for
from common.refusals import Impossible
from orders import services
from orders.models import Order
from orders.remote import checks
from orders.remote.look import look, look_at_customer
from orders.wishes import Contact, MoreWish, PlatformWish
from partnercenter.types import AgreementTemplate
from subscriptions.models import Status
from tenants.models import Tenant


def take_platform(*, actor: Actor, wish: PlatformWish) -> Order:
    """Place an order for a new platform. Raises Impossible, with nothing written."""
    actor.need(Role.MANAGER)
    known = services.same_form(actor.account, wish)
    if known is not None:
        return known
    errors = look(actor=actor, wish=wish)
    if errors:
        raise Impossible.several(errors)
    return services.order_platform(actor=actor, wish=wish)


def correct_customer(*, actor: Actor, order: Order, prefix: str, contact: Contact) -> bool:
    """Other data for the customer of an order that Microsoft refused. Raises Impossible."""
    actor.need(Role.MANAGER)
    ids = [line.licence_id for line in order.lines.all()]
    errors = look_at_customer(actor, contact, ids)
    if f"{prefix}.onmicrosoft.com" != order.tenant.service_name:
        found = checks.check_prefix(actor.account.region, prefix)
        errors |= {"subdomain": found.text} if found.is_bad else {}
    if errors:
        raise Impossible.several(errors)
    return services.correct_customer(order=order, prefix=prefix, contact=contact, by=actor.by)


def take_more(*, actor: Actor, tenant: Tenant, wish: MoreWish) -> Order:
    """Place an order for more licences. Raises Impossible, with nothing written."""
    actor.need(Role.MANAGER)
    return services.order_more(actor=actor, tenant=tenant, wish=wish)


def term_ends(tenant: Tenant) -> list[tuple[date, str]]:
    """Days on which new yearly licences may end, so that they renew with those that are held."""
    yearly = tenant.subscriptions.filter(status=Status.ACTIVE).exclude(term="P1M")
    names = {row.microsoft_id.lower(): row.name for row in yearly}
    return checks.term_ends(tenant, names) if names else []


def partner_choices(actor: Actor) -> list[PartnerId]:
    """The account's MPN IDs that may order."""
    return [partner for partner in actor.account.partner_ids.all() if partner.is_valid]


def suggest_prefix(*, actor: Actor, contact: Contact) -> str:
    """A free sub-domain made from the company's name."""
    return checks.free_prefix(actor.account.region, contact.company)


def agreement(actor: Actor) -> AgreementTemplate:
    """The Customer Agreement in force."""
    return checks.agreement(actor.account.region)


def check(*, actor: Actor, field: str, values: dict[str, str]) -> checks.Check:
    """Live check of one form field. Raises Http404 for a field that has none."""
    market = actor.account.region
    if field == "subdomain":
        prefix = values.get("subdomain", "").strip().lower().removesuffix(".onmicrosoft.com")
        return checks.check_prefix(market, prefix)
    if field == "suggestion":
        name = checks.free_prefix(market, values.get("company", ""))
        return checks.Check(checks.Answer.GOOD, f"{name}.onmicrosoft.com")
    if field == "email":
        return checks.check_email(market, values.get("email", "").strip())
    if field == "address":
        return checks.check_address(market, _contact(values))
    raise Http404


def _contact(values: dict[str, str]) -> Contact:
    return Contact(**{name: values.get(name, "") for name in Contact.__dataclass_fields__})


def partner_by_digits(*, actor: Actor, mpn_id: str) -> int:
    """Our id of an MPN ID given by its digits. Raises Impossible with Microsoft's own reason."""
    mpn_id = mpn_id.strip()
    known = actor.account.partner_ids.registered().filter(mpn_id=mpn_id).first()
    if known is not None:
        return known.pk
    if PartnerId.objects.held_elsewhere(actor.account, mpn_id):
        raise Impossible(_(reason_for("held").text), field="mpn_id", code="held")
    verdict = partner_check(alias=actor.account.region, mpn_id=mpn_id)
    if verdict.is_valid:
        text = _("Register this MPN ID for your account first.")
        raise Impossible(text, field="mpn_id", code="unregistered")
    raise Impossible(verdict.sentence, field="mpn_id", code=verdict.code)
