"""What time does to a subscription: renewal, end, extended term, deletion. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft.times import midnight, read, stamp, term_end

if TYPE_CHECKING:
    from sandbox.table import Item

WINDOW = timedelta(hours=168)  # to cancel, and to give back each batch of seats
GRACE, DISABLED = timedelta(days=30), timedelta(days=90)
ENDED = ("expired", "disabled")
CANCEL, EXTEND = "Cancel", "RenewToExtendedServiceTerm"


def as_of(subscription: Item, now: datetime) -> Item:
    """The subscription at a moment: every term that has ended since is renewed or ended."""
    found = subscription
    while found["status"] not in ("deleted", *ENDED) and read(found["ends"]) <= now:
        found = _at_term_end(found)
    return _fading(found, now) if found["status"] in ENDED else found


def _at_term_end(found: Item) -> Item:
    """`ends` is the first moment after the term's last day."""
    if found["status"] == "suspended":
        return {**found, "status": "disabled", "faded": found["ends"]}
    if found["auto_renew"]:
        return _renewed(found)
    if termination(found) == CANCEL:
        return {**found, "status": "expired", "faded": found["ends"], "auto_renew": False}
    # A bare "do not renew" goes on month by month, like an explicit extension.
    return {**_started(found, "P1M"), "cycle": "monthly", "extended": True}


def termination(found: Item) -> str:
    """What was chosen for the end of the term; empty when nothing was."""
    chosen = (str(action.get("actionType", "")) for action in found["actions"])
    return next((each for each in chosen if each in (CANCEL, EXTEND)), "")


def _renewed(found: Item) -> Item:
    after = found["next_term"] or {}
    product = after.get("product", {})
    changed: Item = {"next_term": None, "actions": [], "trial": False}
    if product:
        changed["key"] = f"{product['productId']}:{product['skuId']}"
        changed["cycle"] = str(product.get("billingCycle", found["cycle"])).lower()
    if after.get("quantity"):
        changed["quantity"] = after["quantity"]
    term = str(product.get("termDuration") or found["term"])
    return _started({**found, **changed}, term)


def _started(found: Item, term: str) -> Item:
    start = read(found["ends"])
    until = stamp(start + WINDOW)
    return {
        **found,
        "term": term,
        "started": found["ends"],
        "ends": stamp(midnight(term_end(start.date(), term)) + timedelta(days=1)),
        "cancel_until": until,
        "batches": [{"quantity": found["quantity"], "until": until}],
    }


def _fading(found: Item, now: datetime) -> Item:
    since = now - read(found["faded"])
    if since >= GRACE + DISABLED:
        return {**found, "status": "deleted"}
    return {**found, "status": "disabled"} if since >= GRACE else found


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
