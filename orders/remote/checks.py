"""Live checks of the order form: reads with 3 seconds of patience; a failure is *cannot tell*."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from common.errors import Refused, RemoteError
from dnsconfig import resolver
from orders.wishes import PREFIX, RESERVED, Contact, prefix_of
from partnercenter import connect
from partnercenter.types import Address, AgreementTemplate, CustomTermEnd
from subscriptions.models import Licence
from tenants.models import Tenant

log = logging.getLogger(__name__)

PATIENCE = 3.0
CUSTOMER_AGREEMENT = "117a77b0-9360-443b-8795-c6dedc750cf9"
"""Template of the Microsoft Customer Agreement, where Microsoft cannot be asked just now."""

T = TypeVar("T")


class Answer(TextChoices):
    GOOD = "good", gettext_lazy("good")
    BAD = "bad", gettext_lazy("not possible")
    UNKNOWN = "unknown", gettext_lazy("cannot tell")


@dataclass(frozen=True)
class Check:
    """What a live check found, and the sentence beside the field."""

    answer: Answer
    text: str

    @property
    def is_bad(self) -> bool:
        return self.answer == Answer.BAD


def check_prefix(market: str, prefix: str) -> Check:
    """Is `prefix.onmicrosoft.com` free? Not a reservation."""
    if not PREFIX.fullmatch(prefix):
        return Check(Answer.BAD, _("Use 2 to 27 letters (a–z) and digits; the first is a letter."))
    if prefix in RESERVED:
        return Check(Answer.BAD, _("This name is reserved. Choose another one."))
    if Tenant.objects.filter(service_name=f"{prefix}.onmicrosoft.com").exists():
        return Check(Answer.BAD, _("This name is already taken. Choose another one."))
    taken = _ask(lambda: connect(market).domain_is_taken(prefix=prefix, timeout=PATIENCE))
    if taken is None:
        return Check(
            Answer.UNKNOWN, _("Microsoft does not answer: cannot tell whether it is free.")
        )
    if taken:
        return Check(Answer.BAD, _("This name is already taken. Choose another one."))
    return Check(Answer.GOOD, _("%(name)s is free.") % {"name": f"{prefix}.onmicrosoft.com"})


def free_prefix(market: str, company: str) -> str:
    """A free name made from the company's; the first guess where nobody can tell."""
    base = prefix_of(company)
    for number in range(1, 10):
        prefix = base if number == 1 else f"{base}{number}"
        if not check_prefix(market, prefix).is_bad:
            return prefix
    return f"{base}{Tenant.objects.count() + 10}"


def check_address(market: str, contact: Contact) -> Check:
    """Would Microsoft accept the postal address?"""
    address = Address(
        first_name=contact.first_name,
        last_name=contact.last_name,
        line1=contact.address,
        line2=contact.address2,
        city=contact.city,
        state=contact.region,
        postal_code=contact.postal_code,
        country=contact.country,
        phone=contact.phone,
    )
    try:
        found = connect(market).validate_address(address=address, timeout=PATIENCE)
    except Refused as error:
        return Check(Answer.BAD, _("Microsoft refuses this address: %(why)s") % {"why": error})
    except RemoteError:
        return Check(Answer.UNKNOWN, _("Microsoft does not answer: the address is not checked."))
    if found.is_good:
        return Check(Answer.GOOD, _("Microsoft knows this address."))
    why = found.message or found.status
    return Check(Answer.BAD, _("Microsoft refuses this address: %(why)s") % {"why": why})


def check_country(account: Account, licence: Licence, country: str) -> Check:
    """Does Microsoft sell this licence there in the account's currency?"""
    offered = _ask(
        lambda: connect(account.region).availabilities(
            product_id=licence.product_id,
            sku_id=licence.sku_id,
            country=country,
            timeout=PATIENCE,
        )
    )
    if not offered:
        return Check(Answer.UNKNOWN, _("Microsoft does not answer: the country is not checked."))
    other = next((o.currency for o in offered if o.currency != account.currency), "")
    if other:
        text = _("Microsoft charges %(other)s in this country; your account orders in %(own)s.")
        return Check(Answer.BAD, text % {"other": other, "own": account.currency})
    return Check(Answer.GOOD, _("Microsoft sells there in %(own)s.") % {"own": account.currency})


def check_email(market: str, email: str) -> Check:
    """Does the domain of this address take mail (MX, else an address record)?"""
    try:
        validate_email(email)
    except ValidationError as error:
        return Check(Answer.BAD, error.messages[0])
    domain = email.rpartition("@")[2].lower()
    if domain == "microsoft.com" or domain.endswith(".microsoft.com"):
        return Check(Answer.BAD, _("Microsoft refuses addresses at microsoft.com."))
    accepts = resolver.accepts_mail(domain)
    if accepts is None:
        return Check(Answer.UNKNOWN, _("The domain's servers do not answer: cannot tell."))
    if not accepts:
        text = _("%(domain)s does not receive mail (no MX, no address). Check the spelling.")
        return Check(Answer.BAD, text % {"domain": domain})
    return Check(Answer.GOOD, _("%(domain)s receives mail.") % {"domain": domain})


def term_ends(tenant: Tenant, names: Mapping[str, str]) -> list[tuple[date, str]]:
    """Where a first term of a year may end, with a text for people; empty: cannot tell.

    `names`: of the customer's subscriptions, by Microsoft's id.
    """
    allowed = _ask(
        lambda: connect(tenant.market).custom_term_end_dates(
            customer_id=tenant.microsoft_id, term="P1Y", timeout=PATIENCE
        )
    )
    return [
        (each.ends_at.date(), _end_text(each, each.ends_at.date(), names))
        for each in allowed or []
        if each.ends_at is not None
    ]


def _end_text(end: CustomTermEnd, day: date, names: Mapping[str, str]) -> str:
    """`31 December 2026, with Microsoft 365 Business Basic`."""
    written = date_format(day, "DATE_FORMAT")
    held = sorted({names[i] for i in end.subscription_ids if i in names})
    if not held:
        return written
    return _("%(day)s, with %(names)s") % {"day": written, "names": ", ".join(held)}


def agreement(market: str) -> AgreementTemplate:
    """The Customer Agreement in force; remembered for a day."""
    key = f"customer-agreement:{market}"
    known = cache.get(key)
    if known is not None:
        return AgreementTemplate(**known)
    found = _ask(lambda: connect(market).agreement_templates(timeout=PATIENCE))
    if not found:
        return AgreementTemplate(
            template_id=CUSTOMER_AGREEMENT,
            agreement_type="MicrosoftCustomerAgreement",
            link="https://aka.ms/customeragreement",
            version_rank=0,
        )
    newest = max(found, key=lambda template: template.version_rank)
    cache.set(key, _plain(newest), 86_400)
    return newest


def _plain(template: AgreementTemplate) -> dict[str, object]:
    return {
        "template_id": template.template_id,
        "agreement_type": template.agreement_type,
        "link": template.link,
        "version_rank": template.version_rank,
    }


def _ask(ask: Callable[[], T]) -> T | None:
    """None when the other side cannot tell just now."""
    try:
        return ask()
    except RemoteError as error:
        log.info("live check: %s %s", type(error).__name__, error.code)
        return None
