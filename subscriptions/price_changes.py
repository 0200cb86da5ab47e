"""Price changes that are coming for what a reseller's customers hold."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet

from accounts.access import Actor
from accounts.models import Account
from common.clock import microsoft_now
from subscriptions.access import subscriptions_of
from subscriptions.models import Price, Status, Subscription
from subscriptions.tariff import Tariff


@dataclass(frozen=True)
class PriceChange:
    """Another price for a subscription, from its first renewal on or after `from_at`.

    A price in force is kept until the term ends: nothing changes before `renews_at`.
    """

    subscription: Subscription
    before: Decimal
    after: Decimal
    from_at: datetime

    @property
    def renews_at(self) -> datetime | None:
        return self.subscription.commitment_ends_at

    @property
    def difference(self) -> Decimal:
        """Per seat and billing period."""
        return self.after - self.before

    @property
    def amount(self) -> Decimal:
        """Per billing period, for all seats."""
        return self.difference * self.subscription.quantity


def affected(actor: Actor) -> QuerySet[Subscription]:
    """Subscriptions within reach for whose plan a price is announced, next renewal first."""
    announced = Price.objects.announced(after=microsoft_now()).filter(
        currency=actor.account.currency
    )
    return (
        subscriptions_of(actor)
        .filter(status=Status.ACTIVE)
        .filter(licence__prices__in=announced)
        .select_related("tenant", "licence")
        .order_by("commitment_ends_at", "pk")
        .distinct()
    )


def changes_of(account: Account, subscriptions: list[Subscription]) -> list[PriceChange]:
    """What is announced for these subscriptions, at the reseller's prices of the day it begins."""
    licences = {row.licence_id for row in subscriptions}
    announced = Price.objects.announced(after=microsoft_now()).filter(
        currency=account.currency, licence__in=licences
    )
    by_plan: dict[tuple[int | None, str, str], Price] = {
        (row.licence_id, row.term, row.billing_cycle): row for row in announced
    }
    days = {price.valid_from.date() for price in by_plan.values()}
    tariffs = {day: Tariff.of(account, day) for day in days}
    found = []
    for row in subscriptions:
        price = by_plan.get((row.licence_id, row.term, row.billing_cycle))
        if price is None or row.licence is None:
            continue
        after = tariffs[price.valid_from.date()].price(row.licence, price)
        if after != row.unit_price:
            found.append(PriceChange(row, row.unit_price, after, price.valid_from))
    return found
