"""Another plan or licence in mid-term: conversion of a trial, longer term, billing, upgrade."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from subscriptions.rules.changes import ChangePlan, ConvertTrial, Upgrade
from subscriptions.rules.checks import check_plan, check_quantity, need_active, need_paid
from subscriptions.rules.contract import Contract
from subscriptions.rules.drafts import addon_notes, day_of, draft, unchanged
from subscriptions.rules.money import Charge, cut
from subscriptions.rules.preview import Forbidden, Note, Preview
from subscriptions.rules.proration import CONVERT, by_day_each, conversion
from subscriptions.rules.rebilling import billing_plan_change
from subscriptions.rules.terms import (
    TRIENNIAL,
    cycles,
    months,
    renewal_day,
    term_end,
)
from subscriptions.rules.windows import promised_until


def judge_conversion(contract: Contract, change: ConvertTrial, at: datetime) -> Preview:
    """A trial becomes a paid subscription today, with a term and a window of its own."""
    need_active(contract)
    if not contract.is_trial:
        raise Forbidden("not_a_trial")
    check_quantity(contract, change.quantity)
    check_plan(change.term, change.billing_cycle)
    today = day_of(at)
    first = cycles(today, change.term, change.billing_cycle)[0]
    return draft(
        contract,
        change,
        at,
        charges=(by_day_each(CONVERT, change.quantity, change.unit_price, first, today),),
        period_after=cut(change.unit_price * change.quantity),
        period=change.billing_cycle.lower(),
        charged_on=today,
        refundable_until=promised_until(at),
        impossible_until=renewal_day(today, change.term),
        deletes_schedule=contract.scheduled,
        ends_on=term_end(today, change.term),
    )


def judge_plan(contract: Contract, change: ChangePlan, at: datetime) -> Preview:
    """A longer term begins today; another billing of the same term counts by months."""
    need_active(contract)
    need_paid(contract)
    check_plan(change.term, change.billing_cycle)
    _need_not_shorter(contract, change.term)
    was, is_now = contract.billing_cycle.lower(), change.billing_cycle.lower()
    if contract.term == change.term and was == is_now:
        return unchanged(contract, change, at)
    today, ends_on = day_of(at), contract.ends_on
    if contract.term != change.term:
        seats, ends_on = contract.quantity, term_end(today, change.term)
        charges = _converted(contract, seats, change.unit_price, change.term, is_now, today)
    elif TRIENNIAL in (was, is_now):
        raise Forbidden("triennial_frozen", possible_from=contract.renews_on, field="billing_cycle")
    else:
        charges = billing_plan_change(contract, is_now, change.unit_price, today)
    return draft(
        contract,
        change,
        at,
        charges=charges,
        period_after=cut(change.unit_price * contract.quantity),
        period=is_now,
        charged_on=today,
        deletes_schedule=contract.scheduled,
        ends_on=ends_on,
        notes=(Note("no_new_window"),),
    )


def judge_upgrade(contract: Contract, change: Upgrade, at: datetime) -> Preview:
    """Seats of another licence for seats of this one; the window is never a new one."""
    need_active(contract)
    need_paid(contract)
    term, billing = change.term or contract.term, change.billing_cycle or contract.billing_cycle
    _check_upgrade(contract, change, term, billing)
    today, seats = day_of(at), change.quantity
    charges = _converted(contract, seats, change.unit_price, term, billing, today)
    is_whole, until = seats == contract.quantity, contract.cancellable_until
    rest = contract.unit_price * (contract.quantity - seats)
    return draft(
        contract,
        change,
        at,
        charges=charges,
        period_after=cut(rest + change.unit_price * seats),
        period=billing.lower(),
        charged_on=today,
        refundable_until=until if until and at < until and not is_whole else None,
        deletes_schedule=contract.scheduled,
        ends_on=contract.ends_on if term == contract.term else term_end(today, term),
        notes=(Note("no_new_window" if is_whole else "inherits_window"), *addon_notes(contract)),
    )


def _check_upgrade(contract: Contract, change: Upgrade, term: str, billing: str) -> None:
    if change.quantity < 1:
        raise Forbidden("at_least_one", field="quantity")
    if change.quantity > contract.quantity:
        params = {"maximum": contract.quantity}
        raise Forbidden("more_than_there_are", field="quantity", params=params)
    if 0 < contract.quantity - change.quantity < contract.minimum:
        params = {"minimum": contract.minimum}
        raise Forbidden("below_minimum", field="quantity", params=params)
    if change.product == contract.product:
        raise Forbidden("same_licence", field="product")
    check_plan(term, billing)
    _need_not_shorter(contract, term)


def _need_not_shorter(contract: Contract, term: str) -> None:
    """A shorter term is for the renewal only (Microsoft's 800122, 900267)."""
    try:
        is_shorter = months(term) < months(contract.term)
    except ValueError as error:
        raise Forbidden("unknown_term", params={"term": contract.term}) from error
    if is_shorter:
        raise Forbidden("term_shorter", possible_from=contract.renews_on, field="term")


def _converted(
    contract: Contract, seats: int, price: Decimal, term: str, billing: str, today: date
) -> tuple[Charge, ...]:
    """The rest of the cycle back, the new price on; another term starts today."""
    running = contract.cycle(today)
    if term != contract.term:
        coming = cycles(today, term, billing)[0]
    elif billing.lower() != contract.billing_cycle.lower():
        coming = replace(contract, billing_cycle=billing, cycle_ends_on=None).cycle(today)
    else:
        coming = running
    return conversion(seats, (contract.unit_price, price), (running, coming), today)
