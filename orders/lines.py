"""Judges the lines of an order against the catalogue: quantity, price seen, prerequisites."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Account
from common.refusals import Impossible
from common.templatetags.values import money
from orders.wishes import LineWish
from subscriptions.models import Licence, Status, Subscription
from tenants.models import Tenant

MOST_SEATS = 100_000
"""No order of a reseller is larger; Microsoft's own limits are mostly lower."""


@dataclass(frozen=True)
class Priced:
    """A line that may be ordered, at today's price."""

    wish: LineWish
    licence: Licence
    price: Decimal

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
        market=account.region, country=account.country, currency=account.currency
    )
    licences = {licence.pk: licence for licence in on_sale}
    errors: dict[str, str] = {}
    lines: list[Priced] = []
    twice = _listed_twice(wishes)
    for wish in wishes:
        licence = licences.get(wish.licence_id)
        try:
            if (wish.licence_id, wish.term) in twice:
                raise Impossible(_("This licence is listed twice. Give one line per term."))
            lines.append(_priced(wish, licence, account.currency))
        except Impossible as error:
            errors[field_of(wish)] = str(error)
    if not errors:
        errors = _without_base(lines, tenant)
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


def _priced(wish: LineWish, licence: Licence | None, currency: str) -> Priced:
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
    price = _price_now(wish, licence)
    if price != wish.seen_price:
        text = _("The price has changed from %(old)s to %(new)s. Look at the total, order again.")
        told = {"old": money(wish.seen_price, currency), "new": money(price, currency)}
        raise Impossible(text % told, code="price_changed")
    return Priced(wish, licence, price)


def _price_now(wish: LineWish, licence: Licence) -> Decimal:
    for price in licence.prices_now:  # type: ignore[attr-defined]
        if (price.term, price.billing_cycle) == (wish.term, wish.billing_cycle):
            return Decimal(price.amount)
    raise Impossible(_("This licence is not sold for this term."))


def _without_base(lines: Sequence[Priced], tenant: Tenant | None) -> dict[str, str]:
    """Add-ons whose base is neither ordered nor there: Microsoft would refuse the cart (400041)."""
    codes = {line.licence.code.lower() for line in lines if not line.licence.is_addon}
    if tenant is not None:
        held = Subscription.objects.filter(tenant=tenant, status=Status.ACTIVE)
        codes |= {s.licence.code.lower() for s in held.select_related("licence") if s.licence}
    return {
        field_of(line.wish): _("This add-on needs its base licence in the same order.")
        for line in lines
        if line.licence.is_addon
        and line.licence.prerequisites
        and not codes & {code.lower() for code in line.licence.prerequisites}
    }
