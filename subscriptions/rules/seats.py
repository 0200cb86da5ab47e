"""More seats, fewer seats, none at all: judged per batch, priced by day."""

from datetime import date, datetime

from subscriptions.rules.changes import Cancel, SetSeats
from subscriptions.rules.checks import check_quantity, need_active, need_paid
from subscriptions.rules.contract import Contract
from subscriptions.rules.drafts import addon_notes, day_of, draft, price_notes, unchanged
from subscriptions.rules.lifecycle import goes_on
from subscriptions.rules.money import NOTHING, Charge
from subscriptions.rules.preview import Forbidden, Note, Preview
from subscriptions.rules.proration import CANCEL, by_day, cancellation, seat_change, whole_cycle
from subscriptions.rules.windows import FULL, next_deadline, promised_until, returnable, take


def judge_seats(contract: Contract, change: SetSeats, at: datetime) -> Preview:
    """Up at any time, down by what is still returnable."""
    need_active(contract)
    need_paid(contract)
    check_quantity(contract, change.quantity)
    more = change.quantity - contract.quantity
    if not more:
        return unchanged(contract, change, at)
    if more < 0 and -more > returnable(contract.batches, at):
        raise _too_late(contract, "reduce_window_closed", at)
    today = day_of(at)
    first = today if more > 0 else _credited_from(contract, -more, at)
    promise = promised_until(at) if more > 0 else None
    return draft(
        contract,
        change,
        at,
        charges=seat_change(
            contract.quantity, change.quantity, contract.unit_price, contract.cycle(today), first
        ),
        period_after=contract.cycle_amount + contract.unit_price * more,
        charged_on=today,
        refundable_until=promise,
        impossible_until=contract.renews_on if promise and goes_on(contract) else None,
        deletes_schedule=contract.scheduled,
        notes=(*_seat_notes(contract, more, at), *price_notes(contract)),
    )


def judge_cancel(contract: Contract, change: Cancel, at: datetime) -> Preview:
    """Within the window, or on any day of an extended term, which is always refunded by day."""
    need_paid(contract)
    until = contract.cancellable_until
    if not contract.is_extended and (until is None or at >= until):
        raise _too_late(contract, "cancel_window_closed", at)
    full = contract.refunded_in_full_until
    is_full = not contract.is_extended and full is not None and at < full
    today = day_of(at)
    charges = _all_back(contract, at) if is_full else _rest_back(contract, today)
    notes = (
        Note("refund_in_full" if is_full else "refund_by_day"),
        Note("ends_at_once"),
        *addon_notes(contract),
    )
    return draft(
        contract,
        change,
        at,
        charges=charges,
        period_after=NOTHING,
        charged_on=today,
        deletes_schedule=contract.scheduled,
        ends_on=today,
        notes=notes,
    )


def _credited_from(contract: Contract, less: int, at: datetime) -> date:
    """Today; where all seats that go back are less than 24 hours old, the day they were bought."""
    taken, _ = take(contract.batches, less, at)
    if any(at >= batch.bought_at + FULL for batch in taken):
        return day_of(at)
    bought_on = max(day_of(batch.bought_at) for batch in taken)
    return max(min(bought_on, day_of(at)), contract.cycle(day_of(at)).start)


def _rest_back(contract: Contract, today: date) -> tuple[Charge, ...]:
    period = contract.cycle(today)
    return cancellation(contract.quantity, contract.unit_price, period, today)


def _all_back(contract: Contract, at: datetime) -> tuple[Charge, ...]:
    """All that was charged since the term began, batch by batch, the last one first."""
    price, period = contract.unit_price, contract.cycle(day_of(at))
    young = (batch for batch in contract.batches if batch.is_open(at))
    lines: list[Charge] = []
    running = contract.quantity
    for batch in sorted(young, key=lambda batch: batch.until, reverse=True):
        day = day_of(batch.bought_at)
        if day in period and day > period.start and batch.quantity < running:
            lines.append(by_day(CANCEL, -running, price, period, day))
            running -= batch.quantity
            lines.append(by_day(CANCEL, running, price, period, day))
    if contract.paid_beside:
        first, last = period.start, period.end
        lines.append(Charge(CANCEL, -1, contract.paid_beside, -contract.paid_beside, first, last))
    return (*lines, whole_cycle(CANCEL, -running, price, period))


def _seat_notes(contract: Contract, more: int, at: datetime) -> tuple[Note, ...]:
    if more < 0:
        return ()
    if goes_on(contract):
        return (Note("then_until_renewal", {"renews_on": contract.renews_on.isoformat()}),)
    return (Note("then_to_the_end", {"ends_on": contract.ends_on.isoformat()}),)


def _too_late(contract: Contract, code: str, at: datetime) -> Forbidden:
    """The way out is the renewal, if there will be one."""
    open_seats = returnable(contract.batches, at)
    deadline = next_deadline(contract.batches, at)
    return Forbidden(
        code if goes_on(contract) else f"{code}_ends",
        possible_from=contract.renews_on if goes_on(contract) else None,
        field="quantity" if code.startswith("reduce") else "",
        params={
            "lowest": contract.quantity - open_seats,
            "returnable": open_seats,
            "until_at": deadline.isoformat() if deadline else None,
            "ends_on": contract.ends_on.isoformat(),
            "renews_on": contract.renews_on.isoformat(),
        },
    )
