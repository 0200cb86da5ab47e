"""What Microsoft sells, kept as rows: stored by the sync, read by forms and the API."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import now

from accounts.models import Account
from common.clock import microsoft_now
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL, By
from subscriptions.models import Licence, Price


@dataclass(frozen=True)
class Item:
    """One SKU as Microsoft describes it."""

    product_id: str
    sku_id: str
    name: str
    description: str
    is_addon: bool
    is_trial: bool
    prerequisites: tuple[str, ...]
    minimum: int
    maximum: int | None


@dataclass(frozen=True)
class ListPrice:
    """What one seat costs the provider per billing period."""

    product_id: str
    sku_id: str
    currency: str
    term: str
    billing_cycle: str
    amount: Decimal


def plan_sync() -> None:
    """Ask for today's synchronisation of every market that an account uses."""
    day = microsoft_now().date().isoformat()
    for region, country in Account.objects.values_list("region", "country").distinct():
        ask_sync(market=region, country=country, by=PORTAL, once=f"catalogue:{country}:{day}")


@transaction.atomic
def ask_sync(*, market: str, country: str, by: By, once: str | None = None) -> Operation:
    """Fetch catalogue and prices of one country."""
    return journal.ask(
        kind="catalogue.sync",
        account_id=None,
        subject=f"catalogue:{market}:{country}",
        params={"market": market, "country": country},
        once=once,
        by=by,
    )


def store(
    *, market: str, country: str, segment: str, items: list[Item], prices: list[ListPrice]
) -> None:
    """Rows as Microsoft shows them now; what it no longer shows is withdrawn, never deleted."""
    at = now()
    for item in items:
        Licence.objects.update_or_create(
            market=market,
            country=country,
            segment=segment,
            product_id=item.product_id,
            sku_id=item.sku_id,
            defaults={
                "name": item.name,
                "description": item.description,
                "is_addon": item.is_addon,
                "is_trial": item.is_trial,
                "prerequisites": list(item.prerequisites),
                "minimum": item.minimum,
                "maximum": item.maximum,
                "withdrawn_at": None,
                "seen_at": at,
            },
        )
    rows = Licence.objects.filter(market=market, country=country, segment=segment)
    rows.filter(seen_at__lt=at, withdrawn_at=None).update(withdrawn_at=at)
    _store_prices({(row.product_id, row.sku_id): row for row in rows}, prices, at)


def _store_prices(
    licences: dict[tuple[str, str], Licence], prices: list[ListPrice], at: datetime
) -> None:
    for price in prices:
        licence = licences.get((price.product_id, price.sku_id))
        if licence is None:
            continue
        known = Price.objects.filter(
            licence=licence,
            currency=price.currency,
            term=price.term,
            billing_cycle=price.billing_cycle,
        ).first()
        if known is None:
            Price.objects.create(
                licence=licence,
                currency=price.currency,
                term=price.term,
                billing_cycle=price.billing_cycle,
                amount=price.amount,
                valid_from=at,
            )
        elif known.amount != price.amount:
            Price.objects.filter(pk=known.pk).update(amount=price.amount, valid_from=at)
