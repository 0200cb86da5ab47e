"""Suspend and reactivate, the end of the term, what is scheduled for the renewal."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from subscriptions.rules.changes import (
    Change,
    ChooseEnd,
    ClearSchedule,
    Reactivate,
    Rename,
    ScheduleAtRenewal,
    Suspend,
)
from subscriptions.rules.checks import check_plan, check_quantity, need_active, need_paid
from subscriptions.rules.contract import EXTEND, RENEW, STOP, Contract, Scheduled, midnight
from subscriptions.rules.coterm import is_possible_end
from subscriptions.rules.drafts import addon_notes, draft, unchanged
from subscriptions.rules.lifecycle import (
    ACTIVE,
    DELETED,
    SUSPENDED,
    at_term_end,
    extended_factor,
    is_extendable,
    stages,
)
from subscriptions.rules.money import NOTHING
from subscriptions.rules.preview import Forbidden, Note, Preview
from subscriptions.rules.terms import term_end
from subscriptions.rules.windows import promised_until


def judge_rename(contract: Contract, change: Rename, at: datetime) -> Preview:
    """Any name that is one."""
    need_active(contract)
    if not change.name.strip():
        raise Forbidden("name_missing", field="name")
    if change.name == contract.name:
        return unchanged(contract, change, at)
    return draft(contract, change, at)


def judge_suspend(contract: Contract, change: Suspend, at: datetime) -> Preview:
    """Services stop, the bill does not; it will not renew."""
    need_paid(contract)
    if contract.status == SUSPENDED:
        return unchanged(contract, change, at)
    notes = (
        Note("billing_goes_on", {"ends_on": contract.ends_on.isoformat()}),
        *((Note("renewal_turned_off"),) if contract.auto_renew else ()),
        *_stage_notes(replace(contract, status=SUSPENDED)),
        *addon_notes(contract),
    )
    return draft(contract, change, at, deletes_schedule=contract.scheduled, notes=notes)


def judge_reactivate(contract: Contract, change: Reactivate, at: datetime) -> Preview:
    """Services come back; the choice for the end of the term does not."""
    if contract.status == ACTIVE:
        return unchanged(contract, change, at)
    notes = () if contract.auto_renew else (Note("renewal_stays_off"),)
    return draft(contract, change, at, notes=notes)


def judge_end(contract: Contract, change: ChooseEnd, at: datetime) -> Preview:
    """Renew, cancel or extend: one explicit choice, until the last day of the term."""
    need_active(contract)
    if change.choice not in (RENEW, STOP, EXTEND):
        raise Forbidden("unknown_choice", field="choice")
    if change.choice == EXTEND and not is_extendable(contract):
        raise Forbidden("not_extendable", field="choice")
    renews = change.choice == RENEW
    if contract.auto_renew is renews and (renews or contract.end_choice == change.choice):
        return unchanged(contract, change, at)
    wished = replace(contract, auto_renew=renews, end_choice=change.choice)
    if not renews:
        wished = replace(wished, scheduled=None)
    return _at_renewal(
        wished,
        change,
        at,
        period_before=contract.cycle_amount,
        deletes_schedule=None if renews else contract.scheduled,
        notes=_end_notes(wished),
    )


def judge_schedule(contract: Contract, change: ScheduleAtRenewal, at: datetime) -> Preview:
    """Other seats, licence or plan from the renewal on; it must be going to renew."""
    need_active(contract)
    if not contract.auto_renew:
        raise Forbidden("renewal_off")
    wish = change.scheduled
    if wish == contract.scheduled:
        return unchanged(contract, change, at)
    if wish.quantity is not None:
        ranged = replace(contract, minimum=1, maximum=None) if wish.product else contract
        check_quantity(ranged, wish.quantity)
    if wish.term or wish.billing_cycle or wish.ends_on:
        check_plan(wish.term or contract.term, wish.billing_cycle or contract.billing_cycle)
    if wish.ends_on is not None:
        _check_end(contract, wish.term or contract.term, wish.ends_on)
    planned = replace(contract, scheduled=wish)
    return _at_renewal(
        planned,
        change,
        at,
        deletes_schedule=contract.scheduled,
        notes=(
            *_price_doubts(planned, wish),
            *_renewal_notes(planned),
            Note("dropped_by_changes"),
        ),
    )


def judge_clear(contract: Contract, change: ClearSchedule, at: datetime) -> Preview:
    """It renews as it is."""
    need_active(contract)
    if contract.scheduled is None:
        return unchanged(contract, change, at)
    dropped = contract.scheduled
    return _at_renewal(replace(contract, scheduled=None), change, at, deletes_schedule=dropped)


def _price_doubts(contract: Contract, wish: Scheduled) -> tuple[Note, ...]:
    """Where the price of the next term is not known, today's stands in for it."""
    if wish.unit_price is not None:
        return ()
    if wish.is_other_plan:
        return (Note("price_unknown"),)
    return () if contract.price_next is not None else (Note("price_of_today"),)


def _check_end(contract: Contract, term: str, ends_on: date) -> None:
    """Whether it is the end of a month or of another subscription, Microsoft knows."""
    if not is_possible_end(contract.renews_on, term, ends_on):
        latest = term_end(contract.renews_on, term)
        params = {"starts_on": contract.renews_on.isoformat(), "ends_on": latest.isoformat()}
        raise Forbidden("end_outside_term", field="ends_on", params=params)


def _at_renewal(contract: Contract, change: Change, at: datetime, **facts: Any) -> Preview:
    """A preview of what the next term will cost; nothing is due today."""
    after = at_term_end(contract)
    lives = after.status == ACTIVE
    said: dict[str, Any] = {
        "period_after": after.cycle_amount if lives else NOTHING,
        "period": after.billing_cycle.lower(),
        "charged_on": contract.renews_on,
    }
    return draft(contract, change, at, **(said | facts))


def _end_notes(contract: Contract) -> tuple[Note, ...]:
    if contract.end_choice == RENEW:
        return _renewal_notes(contract)
    if contract.end_choice == STOP:
        return (*_stage_notes(contract), *addon_notes(contract))
    after = at_term_end(contract)
    params = {
        "starts_on": after.started_on.isoformat(),
        "price": str(after.unit_price),
        "currency": contract.currency,
        "percent": int((extended_factor(contract) - 1) * 100),
    }
    return (Note("extended_monthly", params), Note("extended_cancel_any_day"))


def _renewal_notes(contract: Contract) -> tuple[Note, ...]:
    after = at_term_end(contract)
    until = promised_until(midnight(after.started_on))
    renewed = {"renews_on": after.started_on.isoformat(), "ends_on": after.ends_on.isoformat()}
    return (Note("renews", renewed), Note("window_at_renewal", {"until_at": until.isoformat()}))


def _stage_notes(contract: Contract) -> tuple[Note, ...]:
    """One note for each stage after the term: `expired_from`, `disabled_from`, `deleted_on`."""
    return tuple(
        Note(
            "deleted_on" if stage.status == DELETED else f"{stage.status}_from",
            {
                "starts_on": stage.starts_on.isoformat(),
                "ends_on": stage.ends_on and stage.ends_on.isoformat(),
            },
        )
        for stage in stages(contract)
    )
