"""Terms and billing cycles of a licence at today's prices, for changes of what one has."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from common.segments import Segment
from subscriptions.models import Licence, Subscription
from subscriptions.tariff import Tariff

TERMS = {
    ("P1M", "Monthly"): _("1 month, paid monthly"),
    ("P1Y", "Monthly"): _("1 year, paid monthly"),
    ("P1Y", "Annual"): _("1 year, paid yearly"),
    ("P3Y", "Monthly"): _("3 years, paid monthly"),
    ("P3Y", "Annual"): _("3 years, paid yearly"),
    ("P3Y", "Triennial"): _("3 years, paid at once"),
}


@dataclass(frozen=True)
class Plan:
    """A term, how it is paid, and what a seat costs per billing period."""

    term: str
    billing_cycle: str
    unit_price: Decimal
    currency: str
    unit_cost: Decimal
    """What the provider pays; no reseller sees it."""

    @property
    def value(self) -> str:
        """As forms carry it."""
        return f"{self.term}|{self.billing_cycle}"

    @property
    def label(self) -> str:
        return plan_label(self.term, self.billing_cycle)


def plan_label(term: str, billing_cycle: str) -> str:
    """In words; plans that nobody knows yet show as Microsoft calls them."""
    return str(TERMS.get((term, billing_cycle), f"{term} / {billing_cycle}"))


def plans_of(licence: Licence | None, subscription: Subscription) -> list[Plan]:
    """What the licence is sold for today, at the reseller's prices."""
    if licence is None:
        return []
    tariff = Tariff.of(subscription.tenant.account)
    plans = [
        Plan(row.term, row.billing_cycle, tariff.price(licence, row), row.currency, row.amount)
        for row in licence.prices.offered().filter(currency=subscription.currency)
    ]
    return sorted(plans, key=lambda plan: (plan.term, plan.billing_cycle != "Monthly"))


def plan_of(
    licence: Licence | None, subscription: Subscription, term: str, billing_cycle: str
) -> Plan | None:
    """One of them."""
    plans = plans_of(licence, subscription)
    found = (p for p in plans if (p.term, p.billing_cycle) == (term, billing_cycle))
    return next(found, None)


def licences_of(subscription: Subscription, codes: Collection[str]) -> list[Licence]:
    """The licences with these codes (`product:sku`) in the subscription's catalogue."""
    products = [code.partition(":")[0] for code in codes]
    rows = _catalogue_of(subscription).filter(product_id__in=products, valid_to=None)
    return [row for row in rows if row.code in codes]


def licence_of(subscription: Subscription, product_id: str, sku_id: str) -> Licence | None:
    """Another licence of the same catalogue as the subscription's."""
    return _catalogue_of(subscription).filter(product_id=product_id, sku_id=sku_id).first()


def paid_licence(trial: Subscription) -> Licence | None:
    """What a trial becomes: the licence of the same product that is neither trial nor add-on."""
    if trial.licence is None:
        return None
    rows = _catalogue_of(trial).filter(
        product_id=trial.licence.product_id, is_trial=False, valid_to=None
    )
    return rows.order_by("sku_id").first()


def _catalogue_of(subscription: Subscription) -> QuerySet[Licence]:
    """The licences of its own country and segment."""
    tenant, own = subscription.tenant, subscription.licence
    return Licence.objects.filter(
        market=own.market if own else tenant.market,
        country=own.country if own else tenant.country,
        segment=own.segment if own else Segment.COMMERCIAL,
    )
