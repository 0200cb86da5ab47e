"""What Microsoft shows becomes rows: the same for our own changes, looks and imports.

`facts` are columns as `subscriptions.remote.facts.facts_of` names them.
"""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from common.clock import microsoft_now
from journal import services as journal
from journal.models import Operation
from journal.people import PORTAL, By
from subscriptions import rules
from subscriptions.contracts import contract_of
from subscriptions.models import Licence, Origin, Status, Subscription
from subscriptions.plans import licence_of, plan_of
from subscriptions.waiting.ending import end_with
from tenants.models import Tenant

LOOK = "subscription.look"
Facts = Mapping[str, Any]


@transaction.atomic
def learn(*, subscription: Subscription, facts: Facts, as_of: datetime) -> None:
    """Keep what Microsoft shows; a new term or licence brings its own price.

    An older look never overwrites a newer one.
    """
    if subscription.as_of is not None and subscription.as_of > as_of:
        return
    facts = understood(subscription=subscription, facts=facts)
    licence = _licence_of(subscription, facts)
    renewed = _is_new_term(subscription, facts)
    news: dict[str, Any] = {} if licence == subscription.licence else {"licence": licence}
    if renewed or news or _has_new_plan(subscription, facts):
        news |= _price(subscription, licence, facts)
    if renewed:
        news["paid_beside"] = Decimal(0)
    subscription.show(as_of=as_of, **facts, **news)
    if renewed:
        kind = "subscription.extended" if subscription.is_extended else "subscription.renewed"
        _tell(subscription, kind)
    end_with(subscription)


def understood(*, subscription: Subscription, facts: Facts) -> Facts:
    """`facts` of a known row: no term becomes an extended one while it runs.

    Microsoft has no member for it, and a month that shall be extended looks as one that was.
    """
    if subscription.starts_at != facts.get("starts_at"):
        return facts
    return {**facts, "is_extended": subscription.is_extended}


@transaction.atomic
def adopt(
    *, tenant: Tenant, facts: Facts, as_of: datetime, origin: str = Origin.ELSEWHERE
) -> Subscription:
    """A row for a subscription that Microsoft shows and nobody ordered here by a cart."""
    row = Subscription(tenant=tenant, currency=tenant.account.currency, **facts)
    row.licence = _licence_of(row, facts)
    price = {"unit_price": Decimal(0), **_price(row, row.licence, facts)}
    for name, value in {"origin": origin, "as_of": as_of, **price}.items():
        setattr(row, name, value)
    row.save()
    return row


def plan_looks() -> None:
    """Once a day, read again what has come to the end of its term."""
    at = microsoft_now()
    standing = [Status.ACTIVE, Status.SUSPENDED, Status.EXPIRED, Status.DISABLED]
    rows = Subscription.objects.filter(status__in=standing, commitment_ends_at__lt=at)
    for row in rows.exclude(microsoft_id="").select_related("tenant"):
        ask_look(subscription=row, by=PORTAL, once=f"look:{row.pk}:{at.date()}")


@transaction.atomic
def ask_look(*, subscription: Subscription, by: By, once: str | None = None) -> Operation:
    """Read this subscription at Microsoft; a look that waits already is enough."""
    subject = f"look:{subscription.key}"
    waiting = Operation.objects.filter(subject=subject, state="todo").first()
    return waiting or journal.ask(
        kind=LOOK,
        account_id=subscription.tenant.account_id,
        subject=subject,
        listed_under=subscription.tenant.key,
        params={"subscription": subscription.pk},
        once=once,
        by=by,
    )


def _licence_of(subscription: Subscription, facts: Facts) -> Licence | None:
    """The licence that Microsoft names, where our catalogue knows it; else the one before."""
    offer = str(facts.get("microsoft", {}).get("offerId", ""))
    product_id, _colon, rest = offer.partition(":")
    sku_id = rest.partition(":")[0]
    own = subscription.licence
    if not sku_id or (own is not None and own.code == f"{product_id}:{sku_id}"):
        return own
    return licence_of(subscription, product_id, sku_id) or own


def _is_new_term(subscription: Subscription, facts: Facts) -> bool:
    began, begins = subscription.starts_at, facts.get("starts_at")
    return began is not None and begins is not None and begins > began


def _has_new_plan(subscription: Subscription, facts: Facts) -> bool:
    """Another plan in the same term."""
    plan = (subscription.term, subscription.billing_cycle)
    return plan != (facts.get("term", plan[0]), facts.get("billing_cycle", plan[1]))


def _price(subscription: Subscription, licence: Licence | None, facts: Facts) -> dict[str, Any]:
    """Columns with the price of a seat from now on; none where it is not known."""
    if facts.get("is_extended") and subscription.pk is not None:
        return {"unit_price": rules.extended_price(contract_of(subscription)), "unit_cost": None}
    plan = plan_of(licence, subscription, facts["term"], facts["billing_cycle"])
    return {"unit_price": plan.unit_price, "unit_cost": plan.unit_cost} if plan else {}


def _tell(subscription: Subscription, kind: str) -> None:
    ends = subscription.commitment_ends_at
    journal.record(
        kind=kind,
        account_id=subscription.tenant.account_id,
        subject=subscription.key,
        listed_under=subscription.tenant.key,
        data={
            "quantity": subscription.quantity,
            "unit_price": str(subscription.unit_price),
            "ends_at": ends.isoformat() if ends else None,
        },
    )
