"""More seats, fewer seats, none at all: judged per batch, priced by day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from subscriptions.rules.changes import Cancel, SetSeats
from subscriptions.rules.checks import check_quantity, need_active, need_paid
from subscriptions.rules.contract import Contract
from subscriptions.rules.drafts import addon_notes, day_of, draft, price_notes, unchanged
from subscriptions.rules.money import NOTHING, Charge
from subscriptions.rules.preview import Forbidden, Note, Preview
from subscriptions.rules.proration import ADD, CANCEL, REMOVE, by_day, cancellation, seat_change
from subscriptions.rules.windows import Batch, next_deadline, promised_until, returnable, take


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
    promise = promised_until(at) if more > 0 else None
    return draft(
        contract,
        change,
        at,
        charges=_charges(contract, change.quantity, at),
        period_after=contract.cycle_amount + contract.unit_price * more,
        charged_on=today,
        refundable_until=promise,
        impossible_until=contract.renews_on if promise and contract.goes_on else None,
        deletes_schedule=contract.scheduled,
        notes=(*_seat_notes(contract, more, at), *price_notes(contract)),
    )


def judge_cancel(contract: Contract, change: Cancel, at: datetime) -> Preview:
    """Within the window, or on any day of an extended term."""
    need_paid(contract)
    until = contract.cancellable_until
    is_open = until is not None and at < until
    if not is_open and not contract.is_extended:
        raise _too_late(contract, "cancel_window_closed", at)
    full = contract.refunded_in_full_until
    is_full = is_open and full is not None and at < full
    today = day_of(at)
    if is_full:
        charges = _in_full(contract, at)
    else:
        period = contract.cycle(today)
        charges = cancellation(contract.quantity, contract.unit_price, period, today)
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


def _charges(contract: Contract, quantity: int, at: datetime) -> tuple[Charge, ...]:
    today, running = day_of(at), contract.quantity
    if quantity > running:
        period = contract.cycle(today)
        return seat_change(running, quantity, contract.unit_price, period, today)
    taken, _ = take(contract.batches, running - quantity, at)
    lines: list[Charge] = []
    for first, seats in _by_first_day(contract, taken, at):
        lines += _back(contract, running, running - seats, first, today)
        running -= seats
    return tuple(lines)


def _in_full(contract: Contract, at: datetime) -> tuple[Charge, ...]:
    """All that was charged in this cycle is charged back, batch by batch, the last one first."""
    today, running = day_of(at), contract.quantity
    young = [batch for batch in contract.batches if batch.is_open(at)]
    steps = _by_first_day(contract, young, at)
    rest = running - sum(seats for _, seats in steps)
    lines: list[Charge] = []
    for first, seats in [*steps, (contract.cycle(today).start, rest)]:
        if seats > 0:
            lines += _back(contract, running, running - seats, first, today, CANCEL, CANCEL)
            running -= seats
    return tuple(lines)


def _by_first_day(
    contract: Contract, batches: Iterable[Batch], at: datetime
) -> list[tuple[date, int]]:
    """Seats by the day from which they are paid back, the last day first."""
    days: dict[date, int] = {}
    for batch in batches:
        day = day_of(at)
        if batch.is_refunded_in_full(at):
            day = max(min(day, day_of(batch.bought_at)), contract.started_on)
        days[day] = days.get(day, 0) + batch.quantity
    return sorted(days.items(), reverse=True)


def _back(
    contract: Contract,
    before: int,
    after: int,
    first: date,
    today: date,
    back: str = REMOVE,
    again: str = ADD,
) -> list[Charge]:
    """Lines from the first day on: of the cycle then, and of today's if that is another."""
    price, lines, period = contract.unit_price, [], contract.cycle(first)
    while True:
        lines.append(by_day(back, -before, price, period, first))
        if after:
            lines.append(by_day(again, after, price, period, first))
        if today <= period.end:
            return lines
        first = period.end + timedelta(days=1)
        period = contract.cycle(first)


def _seat_notes(contract: Contract, more: int, at: datetime) -> tuple[Note, ...]:
    if more < 0:
        return ()
    if contract.goes_on:
        return (Note("then_until_renewal", {"renews_on": contract.renews_on.isoformat()}),)
    return (Note("then_to_the_end", {"ends_on": contract.ends_on.isoformat()}),)


def _too_late(contract: Contract, code: str, at: datetime) -> Forbidden:
    """The way out is the renewal, if there will be one."""
    lowest = contract.quantity - returnable(contract.batches, at)
    deadline = next_deadline(contract.batches, at)
    return Forbidden(
        code if contract.goes_on else f"{code}_ends",
        possible_from=contract.renews_on if contract.goes_on else None,
        field="quantity" if code.startswith("reduce") else "",
        params={
            "lowest": lowest,
            "until_at": deadline.isoformat() if deadline else None,
            "ends_on": contract.ends_on.isoformat(),
            "renews_on": contract.renews_on.isoformat(),
        },
    )
