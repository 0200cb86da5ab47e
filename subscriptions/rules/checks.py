"""What must hold before any change; each raises Forbidden with the reason."""

from datetime import UTC, datetime

from subscriptions.rules.contract import MAX_UPDATES, Contract
from subscriptions.rules.lifecycle import ACTIVE, DELETED, DISABLED, EXPIRED, PENDING, SUSPENDED
from subscriptions.rules.preview import Forbidden
from subscriptions.rules.terms import CYCLE_MONTHS, allowed_billing, months


def need_alive(contract: Contract, at: datetime) -> None:
    """Active or suspended, within its term, and not changed too often."""
    if contract.status == PENDING:
        raise Forbidden("pending")
    if contract.status == DELETED:
        raise Forbidden("deleted")
    if contract.status in (EXPIRED, DISABLED):
        raise Forbidden("ended", params={"ends_on": contract.ends_on.isoformat()})
    if contract.status not in (ACTIVE, SUSPENDED):
        raise Forbidden("status_unknown", params={"status": contract.status})
    if contract.updates >= MAX_UPDATES:
        raise Forbidden("too_many_updates", params={"maximum": MAX_UPDATES})
    if contract.ends_on < at.astimezone(UTC).date():
        raise Forbidden("renewing")


def need_active(contract: Contract) -> None:
    """Not suspended."""
    if contract.status == SUSPENDED:
        raise Forbidden("suspended")


def need_paid(contract: Contract) -> None:
    """Not a trial: nothing of one can be changed but its end (Microsoft's 800107)."""
    if contract.is_trial:
        raise Forbidden("trial", params={"ends_on": contract.ends_on.isoformat()})


def check_quantity(contract: Contract, quantity: int) -> None:
    """Within the licence's range; an add-on has no more seats than its base."""
    if quantity < 1:
        raise Forbidden("at_least_one", field="quantity")
    if quantity < contract.minimum:
        raise Forbidden("below_minimum", field="quantity", params={"minimum": contract.minimum})
    if contract.maximum is not None and quantity > contract.maximum:
        raise Forbidden("above_maximum", field="quantity", params={"maximum": contract.maximum})
    base = contract.base_quantity
    if base is not None and quantity > max(base, contract.quantity):
        if not base:
            raise Forbidden("base_not_active", field="quantity")
        raise Forbidden("above_base", field="quantity", params={"base": base})


def check_plan(term: str, billing_cycle: str) -> None:
    """A known term, paid in a rhythm that Microsoft has for it."""
    try:
        allowed = allowed_billing(term)
    except ValueError as error:
        raise Forbidden("unknown_term", field="term", params={"term": term}) from error
    if billing_cycle.lower() in allowed:
        return
    is_longer = CYCLE_MONTHS.get(billing_cycle.lower(), 0) > months(term)
    code = "billing_longer_than_term" if is_longer else "billing_not_sold"
    raise Forbidden(code, field="billing_cycle", params={"billing_cycle": billing_cycle})
