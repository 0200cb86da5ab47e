"""What Microsoft shows of a subscription, and what follows from it that Microsoft never shows."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from subscriptions import rules
from subscriptions.contracts import contract_of
from subscriptions.models import Licence, Subscription
from subscriptions.plans import licence_of, plan_of


def keep(*, subscription: Subscription, facts: Mapping[str, Any], as_of: datetime) -> None:
    """Record a look at Microsoft: `facts` are columns as `remote.facts.facts_of` reads them."""
    subscription.show(as_of=as_of, **columns(subscription, facts))


def columns(subscription: Subscription, facts: Mapping[str, Any]) -> dict[str, Any]:
    """`facts` with licence, price and "extended" of the term that is shown."""
    row = subscription
    licence = _licence(row, facts)
    is_same_term = facts["starts_at"] == row.starts_at
    is_extended = row.is_extended if is_same_term else facts["is_extended"]
    follows = {**facts, "licence": licence, "is_extended": is_extended}
    plan = (licence, facts["term"], facts["billing_cycle"])
    if row.starts_at is None or (
        is_same_term and plan == (row.licence, row.term, row.billing_cycle)
    ):
        return follows
    return {**follows, "unit_price": _price(row, *plan, is_extended=is_extended)}


def _licence(row: Subscription, facts: Mapping[str, Any]) -> Licence | None:
    code = str(facts["microsoft"].get("offerId", "")).rpartition(":")[0]
    if not code or (row.licence is not None and row.licence.code == code):
        return row.licence
    product_id, _colon, sku_id = code.partition(":")
    return licence_of(row, product_id, sku_id)


def _price(
    row: Subscription,
    licence: Licence | None,
    term: str,
    billing_cycle: str,
    *,
    is_extended: bool,
) -> Decimal:
    """Of one seat per charge cycle; the old one where the catalogue knows no other."""
    if is_extended:
        return rules.extended_price(contract_of(row))
    plan = plan_of(licence, row, term, billing_cycle)
    return plan.unit_price if plan else row.unit_price
