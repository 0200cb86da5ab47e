"""All that Microsoft, the DNS or our rules would refuse of a new platform, before it is ordered."""

from accounts.access import Actor
from common.refusals import Impossible
from orders import services
from orders.remote import checks
from orders.wishes import Contact, PlatformWish
from subscriptions.models import Licence


def look(*, actor: Actor, wish: PlatformWish) -> dict[str, str]:
    """Refusals by field; empty when there is none."""
    errors = look_at_customer(actor, wish.contact, [line.licence_id for line in wish.lines])
    found = checks.check_prefix(actor.account.region, wish.prefix)
    errors |= {"subdomain": found.text} if found.is_bad else {}
    try:
        services.judge_wish(actor=actor, wish=wish)
    except Impossible as error:
        errors |= {field: texts[0] for field, texts in error.errors.items()}
    return errors


def look_at_customer(actor: Actor, contact: Contact, licence_ids: list[int]) -> dict[str, str]:
    """Address, e-mail, country: what Microsoft or the DNS would refuse, by field."""
    market = actor.account.region
    found = {
        "address": checks.check_address(market, contact),
        "email": checks.check_email(market, contact.email),
    }
    licence = Licence.objects.filter(pk__in=licence_ids).first()
    if licence is not None and contact.country != licence.country:
        found["country"] = checks.check_country(actor.account, licence, contact.country)
    return {field: check.text for field, check in found.items() if check.is_bad}
