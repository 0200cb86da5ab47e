"""Seats moved to a better licence: into a new subscription or into an existing one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.microsoft import money, plan_changes
from sandbox.microsoft.cycles import cycle_at
from sandbox.microsoft.licences import Licence, by_key
from sandbox.microsoft.refusal import front
from sandbox.microsoft.renewal_choices import watched
from sandbox.microsoft.terms import NOTHING_SCHEDULED, first_end, open_batches, without_seats
from sandbox.microsoft.times import MONTHS, read, stamp

if TYPE_CHECKING:
    from sandbox.microsoft.price_list import PriceList
    from sandbox.table import Item

FIELD = "The target transition ToSubscriptionId field is invalid."


@dataclass(frozen=True)
class Wish:
    """What a transition asks for."""

    licence: Licence
    availability: str
    term: str
    cycle: str
    quantity: int
    promotion: str


def check(source: Item, wish: Wish) -> None:
    """May seats leave this subscription for that licence?

    Raises:
        Refusal: 400 800012, 800107, 900275, 900267, 900268, and those of a plan; 403 800020.
    """
    if source["status"] != "active":
        raise front(400, 800012, "This subscription isn't an active subscription")
    if source["trial"]:
        raise front(400, 800107, "Term changes are not supported for trial offers.")
    if wish.licence.key not in by_key()[source["key"]].upgrades:
        raise front(403, 800020, "The catalog item isn't eligible for purchase.")
    left = source["quantity"] - wish.quantity
    if wish.quantity < 1 or left < 0 or 0 < left < by_key()[source["key"]].minimum:
        raise front(400, 900275, "The requested quantity is not within the allowed quantity.")
    if wish.term not in wish.licence.sold_terms:
        raise front(400, 900268, "The term duration on the target transition is invalid.")
    if MONTHS[wish.term] < MONTHS[source["term"]]:
        told = "Target transition can't have a term duration shorter than that of the source"
        raise front(400, 900267, f"{told} subscription.")
    plan_changes.check_plan(wish.licence, wish.term, wish.cycle)


def check_target(source: Item, target: Item, wish: Wish) -> None:
    """May the seats join that subscription?

    Raises:
        Refusal: 400 900258 to 900261, 900236; 403 800067 too many seats.
    """
    if target["id"] == source["id"]:
        told = f"{FIELD} Target subscription id can't be the same as the source subscription ID."
        raise front(400, 900259, told)
    if target["status"] != "active" or target["trial"]:
        raise front(400, 900258, f"{FIELD} Target subscription must be active.")
    if (target["key"], target["term"]) != (wish.licence.key, wish.term):
        told = f"{FIELD} Target subscription must have the same CatalogItemId as in the request."
        raise front(400, 900260, told)
    if target["pending"]:
        raise front(400, 900261, f"{FIELD} The target subscription is not ready to be upgraded.")
    if not ends_later(source, target):
        told = f"{FIELD} Target subscription CommitmentEndDate must be later than source"
        raise front(400, 900236, f"{told} subscription")
    if target["quantity"] + wish.quantity > wish.licence.maximum:
        told = "The desired seat count exceeded the maximum seat count allowed per subscription"
        raise front(403, 800067, told)


def ends_later(source: Item, target: Item) -> bool:
    """Whether a subscription's commitment outlasts that of the source."""
    return read(target["ends"]) > read(source["ends"])


def left_over(source: Item, wish: Wish, now: datetime) -> Item:
    """The source after the transition: smaller, or gone."""
    back = money.for_rest(source, "convert", -wish.quantity, now)
    changed = {**money.charged(source, now, back), **NOTHING_SCHEDULED}
    changed["updates"] += 1
    if wish.quantity == source["quantity"]:
        return {**changed, "status": "deleted", "auto_renew": False, "batches": []}
    changed["quantity"] -= wish.quantity
    changed["batches"] = without_seats(open_batches(source, now), wish.quantity)
    return watched(changed, source, now)


def _moved_batches(source: Item, wish: Wish, now: datetime) -> list[Item]:
    """The windows that a part takes along; a whole upgrade has none."""
    if wish.quantity == source["quantity"]:
        return []
    before = open_batches(source, now)
    after = {each["until"]: each["quantity"] for each in without_seats(before, wish.quantity)}
    taken = [{**e, "quantity": e["quantity"] - after.get(e["until"], 0)} for e in before]
    return [each for each in taken if each["quantity"]]


def created(source: Item, wish: Wish, now: datetime, prices: PriceList, new: Item) -> Item:
    """A new subscription with the seats: in the source's term, or in a longer one from now on."""
    is_whole = wish.quantity == source["quantity"]
    made = {
        **source,
        **NOTHING_SCHEDULED,
        **new,
        "key": wish.licence.key,
        "availability": wish.availability,
        "name": wish.licence.title,
        "term": wish.term,
        "cycle": wish.cycle,
        "quantity": wish.quantity,
        "promotion": wish.promotion,
        "promoted_by": wish.promotion,
        "created": stamp(now),
        "cancel_until": stamp(now) if is_whole else source["cancel_until"],
        "batches": _moved_batches(source, wish, now),
        "auto_renew": True,
        "extended": False,
        "origin": None,
        "charges": [],
        "transitions": [],
        "updates": 0,
    }
    if wish.term != source["term"]:
        end = first_end(now, wish.term, trial=False, custom_end="")
        made |= {"started": stamp(now), "ends": end, "aligned": False}
    made["unit"] = prices.unit(made, now)
    charge = money.for_rest(made, "convert", wish.quantity, now)
    made["charged_to"] = str(cycle_at(made, now).next_start)
    return money.charged(made, now, charge)


def joined(source: Item, target: Item, wish: Wish, now: datetime) -> Item:
    """The existing subscription with the seats that came."""
    charge = money.for_rest(target, "convert", wish.quantity, now)
    changed = {**money.charged(target, now, charge), **NOTHING_SCHEDULED}
    changed["quantity"] += wish.quantity
    changed["batches"] = [*target["batches"], *_moved_batches(source, wish, now)]
    changed["updates"] += 1
    return watched(changed, target, now)
