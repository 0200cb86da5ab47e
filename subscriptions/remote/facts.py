"""Microsoft's view of a subscription as columns of ours: the only translator."""

from typing import Any

from partnercenter.types import NextTerm
from partnercenter.types import Subscription as Shown

_CYCLES = {
    "monthly": "Monthly",
    "annual": "Annual",
    "triennial": "Triennial",
    "onetime": "OneTime",
    "one_time": "OneTime",
}


def facts_of(shown: Shown) -> dict[str, Any]:
    """Columns of `Subscription`, by name. What Microsoft leaves empty keeps no old value."""
    return {
        "microsoft_id": shown.id,
        "name": shown.friendly_name or shown.offer_name,
        "quantity": shown.quantity,
        "status": shown.status,
        "term": shown.term_duration,
        "billing_cycle": cycle(shown.billing_cycle),
        "auto_renew": shown.auto_renew,
        "end_choice": shown.end_choice,
        "scheduled": _scheduled(next_term(shown)),
        "cancellable_until": shown.cancellable_until_at,
        "refundable": [
            {"quantity": batch.quantity, "until": batch.until_at.isoformat()}
            for batch in shown.refundable
            if batch.until_at is not None
        ],
        "starts_at": shown.starts_at,
        "commitment_ends_at": shown.commitment_end_at,
        "billing_cycle_ends_at": shown.billing_cycle_end_at,
        "renewal_term": shown.renewal_term,
        "is_trial": shown.is_trial,
        "is_extended": _is_extended(shown),
        "parent_microsoft_id": shown.parent_id,
        "promotion_id": shown.promotion_id,
        "suspension_reasons": list(shown.suspension_reasons),
        "mpn_id": shown.partner_id,
        "microsoft": dict(shown.members),
    }


def next_term(shown: Shown) -> NextTerm | None:
    """What was scheduled for the renewal, in either of the two members that may hold it."""
    told = (action.instructions for action in shown.scheduled_actions)
    return shown.next_term or next((each for each in told if each), None)


def cycle(word: str) -> str:
    """Microsoft's billing cycle as the catalogue spells it; unknown ones survive."""
    return _CYCLES.get(word.lower(), word)


def _is_extended(shown: Shown) -> bool:
    """Microsoft has no member for it: a later term, of a month, that nobody wanted to renew."""
    if shown.auto_renew or shown.end_choice != "extend" or shown.term_duration != "P1M":
        return False
    starts, created = shown.starts_at, shown.created_at
    return starts is not None and created is not None and starts.date() > created.date()


def _scheduled(term: NextTerm | None) -> dict[str, Any]:
    if term is None:
        return {}
    return {
        "quantity": term.quantity,
        "product_id": term.product_id,
        "sku_id": term.sku_id,
        "availability_id": term.availability_id,
        "term": term.term_duration,
        "billing_cycle": cycle(term.billing_cycle),
        "custom_end_date": term.custom_end_date.isoformat() if term.custom_end_date else None,
        "promotion_id": term.promotion_id,
    }
