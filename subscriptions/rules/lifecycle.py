"""What becomes of a subscription when its term ends: renewed, extended, or fading away. Pure.

Source: "Subscription lifecycle states" and the announcement of the extended service term
(October 2025), Partner Center.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from subscriptions.rules.contract import EXTEND, STOP, Contract, Scheduled, midnight
from subscriptions.rules.money import to_cents
from subscriptions.rules.terms import MONTHLY, term_end
from subscriptions.rules.windows import WINDOW, Batch

ACTIVE, SUSPENDED, PENDING = "active", "suspended", "pending"
EXPIRED, DISABLED, DELETED = "expired", "disabled", "deleted"
GRACE: Final = timedelta(days=30)
"""Expired: users still work. Then data is kept, but nobody can get at it, for `KEPT`."""
KEPT: Final = timedelta(days=90)
EXTENDABLE_TERMS_FROM: Final = date(2025, 4, 1)
EXTENDABLE_ENDS_FROM: Final = date(2026, 5, 4)
MONTHLY_FACTOR, NO_MONTHLY_FACTOR = Decimal("1.03"), Decimal("1.23")
TRIAL_BECOMES: Final = Scheduled(term="P1Y", billing_cycle=MONTHLY)


@dataclass(frozen=True)
class Stage:
    """A part of a subscription's life; `ends_on` is inclusive, None: for ever."""

    status: str
    starts_on: date
    ends_on: date | None


def is_extendable(contract: Contract) -> bool:
    """Whether it may go on month by month after its term."""
    if contract.is_extended:
        return True
    is_new = contract.started_on >= EXTENDABLE_TERMS_FROM
    return is_new and contract.ends_on >= EXTENDABLE_ENDS_FROM and not contract.is_trial


def extended_factor(contract: Contract) -> Decimal:
    """What the price of a month is multiplied with in the extended term."""
    return NO_MONTHLY_FACTOR if contract.monthly_price is None else MONTHLY_FACTOR


def extended_price(contract: Contract) -> Decimal:
    """Of one seat per month of the extended term, as far as today's prices tell."""
    month = contract.monthly_price or contract.yearly_by_month
    if contract.is_extended and month is None:
        return contract.unit_price
    if month is None:
        month = (contract.price_next or contract.unit_price) / (contract.cycle_months or 1)
    return to_cents(month * extended_factor(contract))


def goes_on(contract: Contract) -> bool:
    """Whether there will be a next term, plain or extended, if nobody changes anything."""
    return at_term_end(contract).status == ACTIVE


def at_term_end(contract: Contract) -> Contract:
    """The subscription on the day after its term; one that is not alive stays what it is."""
    if contract.status == SUSPENDED:
        return _ended(contract, DISABLED)
    if contract.status != ACTIVE:
        return contract
    if contract.auto_renew:
        return _renewed(contract)
    # Nobody chose: goes on month by month, like an explicit extension.
    if (is_extendable(contract) and contract.end_choice != STOP) or contract.end_choice == EXTEND:
        return _extended(contract)
    return _ended(contract, EXPIRED)


def fate(contract: Contract, at: datetime) -> Contract:
    """The subscription at a later moment, if nobody changes anything."""
    day = at.astimezone(UTC).date()
    while contract.status in (ACTIVE, SUSPENDED) and contract.ends_on < day:
        contract = at_term_end(contract)
    if contract.status not in (EXPIRED, DISABLED):
        return contract
    since = day - contract.renews_on
    if since >= GRACE + KEPT:
        return replace(contract, status=DELETED)
    return replace(contract, status=DISABLED) if since >= GRACE else contract


def stages(contract: Contract) -> tuple[Stage, ...]:
    """What follows the term, with dates; nothing is known of what is not alive."""
    after = at_term_end(contract)
    if after.status == ACTIVE:
        return (Stage(ACTIVE, after.started_on, after.ends_on),)
    if after.status not in (EXPIRED, DISABLED):
        return ()
    start = after.renews_on
    dark, gone = start + GRACE, start + GRACE + KEPT
    kept = Stage(DISABLED, start if after.status == DISABLED else dark, gone - timedelta(days=1))
    grace = (Stage(EXPIRED, start, dark - timedelta(days=1)),) if after.status == EXPIRED else ()
    return (*grace, kept, Stage(DELETED, gone, None))


def _renewed(contract: Contract) -> Contract:
    wish = contract.scheduled or (TRIAL_BECOMES if contract.is_trial else Scheduled())
    price = wish.unit_price or contract.price_next or contract.unit_price
    return _started(
        contract,
        quantity=wish.quantity or contract.quantity,
        term=wish.term or contract.renewal_term or contract.term,
        billing_cycle=wish.billing_cycle or contract.billing_cycle,
        unit_price=price,
        price_next=None if wish.is_other_plan else contract.price_next,
        ends_on=wish.ends_on,
        product=wish.product or contract.product,
    )


def _extended(contract: Contract) -> Contract:
    price = extended_price(contract)
    month: dict[str, Any] = {
        "term": "P1M",
        "billing_cycle": MONTHLY,
        "unit_price": price,
        "price_next": price,
    }
    return replace(
        _started(contract, ends_on=None, **month),
        is_extended=True,
        auto_renew=False,
        end_choice=contract.end_choice,
    )


def _started(contract: Contract, *, ends_on: date | None, **facts: Any) -> Contract:
    """A new term, with a new window for all seats."""
    start = contract.renews_on
    fresh = replace(
        contract,
        **facts,
        started_on=start,
        scheduled=None,
        end_choice="",
        is_trial=False,
        is_extended=False,
        cycle_ends_on=None,
        full_refund_until=None,
        cancellable_until=midnight(start) + WINDOW,
    )
    batch = Batch(fresh.quantity, midnight(start) + WINDOW)
    return replace(fresh, ends_on=ends_on or _end(fresh, contract), batches=(batch,))


def _end(fresh: Contract, before: Contract) -> date:
    """The last day of the new term; a term of unknown length is as long as the one before."""
    try:
        return term_end(fresh.started_on, fresh.term)
    except ValueError:
        return fresh.started_on + (before.ends_on - before.started_on)


def _ended(contract: Contract, status: str) -> Contract:
    return replace(contract, status=status, auto_renew=False, scheduled=None, batches=())
