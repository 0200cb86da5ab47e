"""What Microsoft sells, kept as rows with validity: stored by the sync, read by forms and API."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import Account
from common.clock import microsoft_now
from common.segments import Segment
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL, By
from subscriptions.models import Licence, Plan, Price
from subscriptions.offers import Item, ListPrice, Shown
from subscriptions.validity import follow

SEGMENTS: Final = tuple(Segment)
DESCRIBED = (
    "name", "description", "is_addon", "is_trial", "prerequisites", "minimum", "maximum",
    "provisioning_id",
)  # fmt: skip
"""What a SKU says about itself; it is overwritten, its plans and prices are not."""


def plan_sync() -> None:
    """Ask for today's synchronisation of every market that an account uses."""
    day = microsoft_now().date().isoformat()
    for region, country in Account.objects.values_list("region", "country").distinct():
        ask_sync(market=region, country=country, by=PORTAL, once=f"catalogue:{country}:{day}")


@transaction.atomic
def ask_sync(*, market: str, country: str, by: By, once: str | None = None) -> list[Operation]:
    """Fetch catalogue and prices of one country, segment by segment."""
    return [
        journal.ask(
            kind="catalogue.sync",
            account_id=None,
            subject=f"catalogue:{market}:{country}:{segment}",
            params={"market": market, "country": country, "segment": str(segment)},
            once=f"{once}:{segment}" if once else None,
            by=by,
        )
        for segment in SEGMENTS
    ]


def store(shown: Shown) -> None:
    """Rows as Microsoft shows them now; what it no longer shows ends, and is never deleted."""
    at = microsoft_now()
    where = {"market": shown.market, "country": shown.country, "segment": shown.segment}
    _store_licences(where, shown.items, at)
    rows = Licence.objects.filter(**where)
    by_code = {(row.product_id, row.sku_id): row.pk for row in rows.filter(valid_to=None)}
    follow(
        Plan.objects.filter(licence__in=rows),
        key=("licence_id", "term", "billing_cycle"),
        wanted=_plans(by_code, shown.items),
        at=at,
    )
    sheet = Price.objects.filter(licence__in=rows)
    key = ("licence_id", "currency", "term", "billing_cycle", "is_announced")
    now_asked = _amounts(by_code, shown.prices, is_announced=False, at=at)
    follow(sheet.filter(is_announced=False), key=key, wanted=now_asked, at=at)
    coming = _amounts(by_code, shown.announced, is_announced=True, at=at)
    news = {which: facts for which, facts in coming.items() if _is_news(which, facts, now_asked)}
    follow(sheet.filter(is_announced=True), key=key, wanted=news, at=at)


def _store_licences(where: dict[str, str], items: Sequence[Item], at: datetime) -> None:
    rows = [
        Licence(
            **where,
            product_id=item.product_id,
            sku_id=item.sku_id,
            valid_from=at,
            valid_to=None,
            seen_at=at,
            **{name: getattr(item, name) for name in DESCRIBED},
        )
        for item in items
    ]
    Licence.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[*where, "product_id", "sku_id"],
        update_fields=[*DESCRIBED, "valid_to", "seen_at"],
        batch_size=1000,
    )
    gone = Licence.objects.filter(**where, valid_to=None).exclude(seen_at=at)
    gone.update(valid_to=at)


def _plans(by_code: dict[tuple[str, str], int], items: Sequence[Item]) -> dict[Any, dict[str, Any]]:
    return {
        (by_code[item.product_id, item.sku_id], plan.term, plan.billing_cycle): {
            "description": plan.description[:200],
            "is_renewable": plan.is_renewable,
            "refunds": list(plan.refunds),
        }
        for item in items
        for plan in item.plans
    }


def _amounts(
    by_code: dict[tuple[str, str], int],
    prices: Sequence[ListPrice],
    *,
    is_announced: bool,
    at: datetime,
) -> dict[Any, dict[str, Any]]:
    """Of several rows for the same plan the first counts: the smallest tier of seats."""
    found: dict[Any, dict[str, Any]] = {}
    for price in prices:
        pk = by_code.get((price.product_id, price.sku_id))
        if pk is None:
            continue
        which = (pk, price.currency, price.term, price.billing_cycle, is_announced)
        facts: dict[str, Any] = {"amount": _stored(price.amount), "retail": _stored(price.retail)}
        if is_announced:
            facts["valid_from"] = _later(price.starts_at, at)
        found.setdefault(which, facts)
    return found


def _is_news(which: Any, facts: dict[str, Any], current: dict[Any, dict[str, Any]]) -> bool:
    known = current.get((*which[:-1], False))
    return known is None or any(known[name] != facts[name] for name in ("amount", "retail"))


def _later(starts_at: datetime | None, at: datetime) -> datetime:
    """When an announced price begins: as the sheet says, else the first of next month (UTC)."""
    if starts_at is not None and starts_at > at:
        return starts_at
    month = at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (month + timedelta(days=32)).replace(day=1)


def _stored(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.0001"), ROUND_HALF_UP)
