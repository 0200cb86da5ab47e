"""A preview with nothing changed, for the judgements to fill in."""

from datetime import UTC, date, datetime
from typing import Any

from subscriptions.rules.changes import Change
from subscriptions.rules.contract import Contract
from subscriptions.rules.preview import Note, Preview


def day_of(at: datetime) -> date:
    """The contract's day of a moment."""
    return at.astimezone(UTC).date()


def draft(contract: Contract, change: Change, at: datetime, **facts: Any) -> Preview:
    """The preview of a change that leaves all as it is, but for `facts`."""
    same: dict[str, Any] = {
        "currency": contract.currency,
        "period_before": contract.cycle_amount,
        "period_after": contract.cycle_amount,
        "period_was": contract.billing_cycle.lower(),
        "period": contract.billing_cycle.lower(),
        "ends_on": contract.ends_on,
    }
    return Preview(change=change, at=at, **(same | facts))


def unchanged(contract: Contract, change: Change, at: datetime) -> Preview:
    """The preview of a wish that is fulfilled already."""
    return draft(contract, change, at, changes_nothing=True)


def addon_notes(contract: Contract) -> tuple[Note, ...]:
    """Add-ons are subscriptions of their own: they go on, and their bill too."""
    if not contract.addons:
        return ()
    return (Note("addons_go_on", {"names": ", ".join(contract.addons)}),)


def price_notes(contract: Contract) -> tuple[Note, ...]:
    """The price of a seat changes with the next term."""
    after = contract.price_next
    if not contract.auto_renew or after in (None, contract.unit_price):
        return ()
    params = {
        "price": str(after),
        "currency": contract.currency,
        "renews_on": contract.renews_on.isoformat(),
    }
    return (Note("price_at_renewal", params),)
