"""Rows as the contract that the rules judge."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from common.clock import microsoft_now
from subscriptions.models import Status, Subscription
from subscriptions.plans import Plan, licence_of, paid_licence, plan_of, plans_of
from subscriptions.rules import TRIAL_BECOMES, Batch, Contract, Scheduled, term_end


def contract_of(subscription: Subscription) -> Contract:
    """One subscription, with what else of its tenant and of the catalogue counts for it."""
    row = subscription
    licence = row.licence
    plans = {(p.term, p.billing_cycle): p for p in plans_of(licence, row)}
    monthly, yearly = plans.get(("P1M", "Monthly")), plans.get(("P1Y", "Monthly"))
    others = list(row.tenant.subscriptions.current().exclude(pk=row.pk).select_related("licence"))
    started_on, ends_on = _term(row)
    return Contract(
        status=row.status,
        quantity=row.quantity,
        term=row.term,
        billing_cycle=row.billing_cycle,
        unit_price=row.unit_price,
        currency=row.currency,
        started_on=started_on,
        ends_on=ends_on,
        minimum=licence.minimum if licence else 1,
        maximum=licence.maximum if licence else None,
        batches=tuple(batches(row)),
        cancellable_until=row.cancellable_until,
        paid_beside=row.paid_beside,
        full_refund_until=_full_refund_until(row),
        cycle_ends_on=_day(row.billing_cycle_ends_at),
        auto_renew=row.auto_renew,
        end_choice=row.end_choice,
        scheduled=scheduled_of(row, plans),
        is_trial=row.is_trial,
        is_extended=row.is_extended,
        price_next=_price_next(row, plans),
        monthly_price=monthly.unit_price if monthly else None,
        yearly_by_month=yearly.unit_price if yearly else None,
        addons=tuple(other.name for other in others if is_addon_of(other, row)),
        base_quantity=_base_quantity(row, others),
        name=row.name,
        product=licence.code if licence else "",
    )


def batches(subscription: Subscription) -> list[Batch]:
    """The open and closed windows that Microsoft has listed."""
    return [
        Batch(int(row["quantity"]), datetime.fromisoformat(row["until"]))
        for row in subscription.refundable
    ]


def open_batches(subscription: Subscription) -> list[Batch]:
    """Seats that may be given back now, the next deadline first."""
    at = microsoft_now()
    found = [batch for batch in batches(subscription) if batch.is_open(at)]
    return sorted(found, key=lambda batch: batch.until)


def scheduled_of(
    subscription: Subscription, plans: dict[tuple[str, str], Plan] | None = None
) -> Scheduled | None:
    """What waits for the renewal, if anything does; priced where `plans` know it."""
    kept: dict[str, Any] = subscription.scheduled
    if not kept:
        return None
    product = f"{kept['product_id']}:{kept['sku_id']}" if kept.get("product_id") else ""
    found = Scheduled.from_json({**kept, "product": product, "ends_on": None})
    own = subscription.licence.code if subscription.licence else ""
    if plans is None:
        return found
    if product in ("", own):
        plan = plans.get((found.term, found.billing_cycle))
    else:
        licence = licence_of(subscription, *product.split(":"))
        plan = plan_of(licence, subscription, found.term, found.billing_cycle)
    return replace(found, unit_price=plan.unit_price) if plan else found


def _base_quantity(row: Subscription, others: list[Subscription]) -> int | None:
    """Seats of the active bases of an add-on together; None: it is none."""
    bases = [other for other in others if is_addon_of(row, other)]
    if not bases and not (row.licence and row.licence.is_addon):
        return None
    return sum(base.quantity for base in bases if base.status == Status.ACTIVE)


def is_addon_of(addon: Subscription, base: Subscription) -> bool:
    """By Microsoft's own link, else because its licence needs the other's."""
    if addon.parent_microsoft_id:
        return addon.parent_microsoft_id == base.microsoft_id
    if addon.licence is None or base.licence is None or not addon.licence.is_addon:
        return False
    return base.licence.code in addon.licence.prerequisites


def _term(row: Subscription) -> tuple[date, date]:
    """First and last day; reckoned where Microsoft has not shown them yet."""
    start = _day(row.starts_at or row.created_at) or datetime.now(UTC).date()
    return start, _day(row.commitment_ends_at) or term_end(start, row.term)


def _price_next(row: Subscription, plans: dict[tuple[str, str], Plan]) -> Any:
    if row.is_trial:
        become = TRIAL_BECOMES
        plan = plan_of(paid_licence(row), row, become.term, become.billing_cycle.title())
    else:
        plan = plans.get((row.renewal_term or row.term, row.billing_cycle))
    return plan.unit_price if plan else None


def _full_refund_until(row: Subscription) -> datetime | None:
    options = row.microsoft.get("refundOptions") or []
    ends = [str(each.get("expiresAt") or "") for each in options if each.get("type") == "Full"]
    return datetime.fromisoformat(ends[0]) if ends and ends[0] else None


def _day(at: datetime | None) -> date | None:
    return at.astimezone(UTC).date() if at else None
