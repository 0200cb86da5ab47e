"""What time does to a subscription: charges, renewal, end, extended term, deletion. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import money
from sandbox.microsoft.cycles import cycle_on, term_of
from sandbox.microsoft.times import midnight, read, stamp, term_end

if TYPE_CHECKING:
    from sandbox.microsoft.price_list import PriceList
    from sandbox.table import Item

WINDOW = timedelta(hours=168)  # to cancel, and to give back each batch of seats
GRACE, DISABLED = timedelta(days=30), timedelta(days=90)
TRIAL = timedelta(days=30)
BARE_STOP = timedelta(hours=24)  # then "do not renew" without a choice becomes the extended term
ENDED = ("expired", "disabled")
CANCEL, EXTEND, TRANSITION = "Cancel", "RenewToExtendedServiceTerm", "Transition"
EXTENSION = {"scheduleType": "TermEnd", "actionType": EXTEND}
# Extended terms exist for terms bought, and ending, from these days on.
EXTENDED_IF_BOUGHT, EXTENDED_IF_ENDING = date(2025, 4, 1), date(2026, 5, 4)

Step = Callable[["Item", datetime, "PriceList"], "Item"]


def as_of(subscription: Item, now: datetime, prices: PriceList) -> Item:
    """The subscription at a moment, with every charge, renewal and end that has come since."""
    found = subscription
    while (step := _next(found)) and step[0] <= now:
        found = step[1](found, step[0], prices)
    return found


def _next(found: Item) -> tuple[datetime, Step] | None:
    if found["status"] == "deleted":
        return None
    if found["status"] in ENDED:
        since = read(found["faded"])
        return min(_fading(found, since), key=lambda step: step[0])
    steps: list[tuple[datetime, Step]] = [(read(found["ends"]), _at_term_end)]
    charged_to = midnight(date.fromisoformat(found["charged_to"]))
    if charged_to < steps[0][0]:
        steps.append((charged_to, _charge_cycle))
    if found["stopped_at"]:
        steps.append((read(found["stopped_at"]) + BARE_STOP, _extend_silently))
    if custom := custom_action(found):
        steps.append((read(custom["effectiveDate"]), _act_on_custom_date))
    return min(steps, key=lambda step: step[0])


def _fading(found: Item, since: datetime) -> list[tuple[datetime, Step]]:
    gone: tuple[datetime, Step] = (since + GRACE + DISABLED, _deleted)
    return [gone] if found["status"] == "disabled" else [gone, (since + GRACE, _disabled)]


def _deleted(found: Item, at: datetime, prices: PriceList) -> Item:
    return {**found, "status": "deleted"}


def _disabled(found: Item, at: datetime, prices: PriceList) -> Item:
    return {**found, "status": "disabled"}


def _charge_cycle(found: Item, at: datetime, prices: PriceList) -> Item:
    cycle = cycle_on(found, at.date())
    charge = money.for_cycle(found, "cycleCharge", cycle)
    return {**money.charged(found, at, charge), "charged_to": str(cycle.next_start)}


def _extend_silently(found: Item, at: datetime, prices: PriceList) -> Item:
    actions = [EXTENSION] if may_be_extended(found) else []
    return {**found, "stopped_at": "", "actions": actions}


def may_be_extended(found: Item) -> bool:
    """Whether the extended service term exists for the running term."""
    start, end = term_of(found)
    return not found["trial"] and start >= EXTENDED_IF_BOUGHT and end >= EXTENDED_IF_ENDING


def custom_action(found: Item) -> Item | None:
    """What is to be done on a day of its own, if anything."""
    chosen: list[Item] = [each for each in found["actions"] if each["scheduleType"] != "TermEnd"]
    return chosen[0] if chosen else None


def _act_on_custom_date(found: Item, at: datetime, prices: PriceList) -> Item:
    action = custom_action(found)
    assert action
    if action["actionType"] == CANCEL:
        return cancelled(found, at)
    product = action["instructions"]["product"]
    return converted({**found, "actions": []}, at, prices, product)


def cancelled(found: Item, now: datetime) -> Item:
    """Gone at once: all given back within a day of the term's start, then by day."""
    if found["trial"]:
        refund = []
    elif found["extended"] or money.is_day_old(found["started"], now):
        refund = [money.for_rest(found, "cancelImmediate", -found["quantity"], now)]
    else:
        refund = [money.in_full(found, now)]
    ended = {"status": "deleted", "auto_renew": False, **NOTHING_SCHEDULED, "batches": []}
    return {**money.charged(found, now, *refund), **ended}


def converted(found: Item, at: datetime, prices: PriceList, product: Item) -> Item:
    """Another licence or a longer term in mid-term; there is no new window."""
    back = money.charged(found, at, money.for_rest(found, "convert", -found["quantity"], at))
    term = str(product.get("termDuration") or found["term"])
    closed = {"batches": [], "cancel_until": stamp(at), "extended": False, "origin": None}
    changed = {**back, **_plan_of({**found, "origin": None}, product), **closed}
    if term != found["term"]:
        changed |= {"started": stamp(at), "aligned": False, "ends": _ends(at, term)}
    changed["unit"] = prices.unit(changed, at)
    cycle = cycle_on(changed, at.date())
    on = money.for_rest(changed, "convert", found["quantity"], at)
    return {**money.charged(changed, at, on), "charged_to": str(cycle.next_start)}


def _plan_of(found: Item, product: Item) -> Item:
    """The members that say what is bought, after instructions that may leave some out."""
    plan = found["origin"] or found
    key = f"{product['productId']}:{product['skuId']}" if "productId" in product else plan["key"]
    return {
        "key": key,
        "availability": str(product.get("availabilityId") or plan["availability"]),
        "term": str(product.get("termDuration") or plan["term"]).upper(),
        "cycle": str(product.get("billingCycle") or plan["cycle"]).lower(),
        "promotion": str(product.get("promotionId", "")),
    }


NOTHING_SCHEDULED: dict[str, Any] = {"next_term": None, "actions": [], "stopped_at": ""}


def _at_term_end(found: Item, at: datetime, prices: PriceList) -> Item:
    """`ends` is the first moment after the term's last day."""
    if found["status"] == "suspended":
        return {**found, "status": "disabled", "faded": found["ends"]}
    action = next((str(each["actionType"]) for each in found["actions"]), "")
    if found["auto_renew"] or action == TRANSITION:
        return _renewed(found, prices)
    if action == CANCEL or not (found["extended"] or may_be_extended(found)):
        ended = {**NOTHING_SCHEDULED, "auto_renew": False}
        return {**found, **ended, "status": "expired", "faded": found["ends"]}
    return _extended(found, at, prices)


def _renewed(found: Item, prices: PriceList) -> Item:
    instructions = (action.get("instructions") for action in found["actions"])
    after: Item = next((each for each in instructions if each), found["next_term"]) or {}
    changed: Item = {
        **_plan_of(found, after.get("product", {})),
        **NOTHING_SCHEDULED,
        "trial": False,
        "extended": False,
        "origin": None,
        "auto_renew": True,
        "quantity": after.get("quantity") or found["quantity"],
        "partner_id": after.get("partnerIdOnRecord") or found["partner_id"],
    }
    return _started({**found, **changed}, prices.unit, str(after.get("customTermEndDate", "")))


def _extended(found: Item, at: datetime, prices: PriceList) -> Item:
    plan = ("key", "availability", "term", "cycle")
    origin = found["origin"] or {name: found[name] for name in plan}
    month = {"term": "P1M", "cycle": "monthly", "promotion": "", "extended": True}
    kept = {**NOTHING_SCHEDULED, "actions": [EXTENSION], "origin": origin}
    return _started({**found, **month, **kept}, prices.extended)


def _started(found: Item, price: Callable[[Item, datetime], str], custom_end: str = "") -> Item:
    """A new term from the end of the last one, with its first charge."""
    start = read(found["ends"])
    until = stamp(start + WINDOW)
    fresh = {
        **found,
        "started": found["ends"],
        "aligned": bool(custom_end),
        "ends": stamp(midnight(read(custom_end).date()) + timedelta(days=1))
        if custom_end
        else _ends(start, found["term"]),
        "cancel_until": until,
        "batches": [{"quantity": found["quantity"], "until": until, "since": found["ends"]}],
        "unit": price(found, start),
    }
    cycle = cycle_on(fresh, start.date())
    charge = money.for_cycle(fresh, "renew", cycle)
    return {**money.charged(fresh, start, charge), "charged_to": str(cycle.next_start)}


def _ends(start: datetime, term: str) -> str:
    return stamp(midnight(term_end(start.astimezone(UTC).date(), term)) + timedelta(days=1))


def first_end(start: datetime, term: str, *, trial: bool, custom_end: str) -> str:
    """The first moment after a term that is bought now."""
    if custom_end:
        return stamp(midnight(read(custom_end).date()) + timedelta(days=1))
    return stamp(midnight(start.date()) + TRIAL) if trial else _ends(start, term)


def open_batches(found: Item, now: datetime) -> list[Item]:
    """The batches of seats that can still be given back, the first deadline first."""
    still = [batch for batch in found["batches"] if read(batch["until"]) > now]
    return sorted(still, key=lambda batch: str(batch["until"]))


def without_seats(batches: list[Item], quantity: int) -> list[Item]:
    """The batches after giving seats back: those whose deadline comes first go first."""
    left = []
    for batch in batches:
        taken = min(quantity, batch["quantity"])
        quantity -= taken
        if batch["quantity"] > taken:
            left.append({**batch, "quantity": batch["quantity"] - taken})
    return left
