"""Judges the lines of an order against the catalogue: plan, price seen, quantity, rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Account
from common.clock import microsoft_now
from common.refusals import Impossible
from common.templatetags.values import money
from orders.limits import MOST_SEATS, Held, against_others
from orders.term_ends import term_end
from orders.wishes import LineWish
from subscriptions.models import Licence, Price
from subscriptions.tariff import Tariff
from tenants.models import Tenant
from tenants.qualifications import segments_of


@dataclass(frozen=True)
class Priced:
    """A line that may be ordered, at today's price."""

    wish: LineWish
    licence: Licence
    price: Decimal
    """The reseller's, per seat and billing period."""
    cost: Decimal
    """The provider's."""

    @property
    def amount(self) -> Decimal:
        return self.price * self.wish.quantity


def priced(
    account: Account, wishes: Sequence[LineWish], *, tenant: Tenant | None = None
) -> list[Priced]:
    """The lines at today's prices. Raises Impossible with a text per licence that cannot be had."""
    if not wishes:
        raise Impossible(_("Choose at least one licence."), field="lines")
    on_sale = Licence.objects.on_sale(
        market=account.region,
        country=account.country,
        currency=account.currency,
        segments=segments_of(tenant),
    )
    licences = {licence.pk: licence for licence in on_sale}
    tariff = Tariff.of(account)
    errors: dict[str, str] = {}
    lines: list[Priced] = []
    twice = _listed_twice(wishes)
    for wish in wishes:
        licence = licences.get(wish.licence_id)
        try:
            if (wish.licence_id, wish.term) in twice:
                raise Impossible(_("This licence is listed twice. Give one line per term."))
            lines.append(_priced(wish, licence, tariff, account.currency))
        except Impossible as error:
            errors[field_of(wish)] = str(error)
    if not errors:
        errors = _against_rules(lines, tenant)
    if errors:
        raise Impossible.several(errors)
    return lines


def field_of(wish: LineWish) -> str:
    """The form field of a line."""
    return f"quantity_{wish.licence_id}"


def _listed_twice(wishes: Sequence[LineWish]) -> set[tuple[int, str]]:
    """Licence and term of several lines: what Microsoft answers could not be told apart."""
    counted = Counter((wish.licence_id, wish.term) for wish in wishes)
    return {line for line, times in counted.items() if times > 1}


def _priced(wish: LineWish, licence: Licence | None, tariff: Tariff, currency: str) -> Priced:
    if licence is None:
        raise Impossible(_("This licence is no longer sold. Remove it."))
    if wish.quantity < 1:
        raise Impossible(_("Enter a whole number from 1."))
    most = min(licence.maximum or MOST_SEATS, MOST_SEATS)
    if wish.quantity > most:
        text = _("At most %(maximum)s seats of this licence.")
        raise Impossible(text % {"maximum": most})
    if wish.quantity < licence.minimum:
        text = _("At least %(minimum)s seats of this licence.")
        raise Impossible(text % {"minimum": licence.minimum})
    if wish.ends_on is not None:
        _check_end(wish, wish.ends_on)
    price = _price_now(wish, licence)
    asked = tariff.price(licence, price)
    if asked != wish.seen_price:
        text = _("The price has changed from %(old)s to %(new)s. Look at the total, order again.")
        told = {"old": money(wish.seen_price, currency), "new": money(asked, currency)}
        raise Impossible(text % told, code="price_changed")
    return Priced(wish, licence, asked, price.amount)


def _check_end(wish: LineWish, ends_on: date) -> None:
    """A first term may be cut short, to a day within it; which days, Microsoft says."""
    today = microsoft_now().astimezone(UTC).date()
    if not today <= ends_on <= term_end(today, wish.term):
        raise Impossible(_("The chosen end does not lie within the term of this licence."))


def _price_now(wish: LineWish, licence: Licence) -> Price:
    prices: list[Price] = licence.prices_now  # type: ignore[attr-defined]
    for price in prices:
        if (price.term, price.billing_cycle) == (wish.term, wish.billing_cycle):
            return price
    raise Impossible(_("This licence is not sold for this term."))


def _against_rules(lines: Sequence[Priced], tenant: Tenant | None) -> dict[str, str]:
    """What the lines forbid each other, and what the customer holds forbids them."""
    ordered = Held.of_order((line.licence, line.wish.quantity) for line in lines)
    held = Held.by(tenant)
    found = {field_of(line.wish): against_others(line.licence, ordered, held) for line in lines}
    return {field: text for field, text in found.items() if text}
