"""Subscriptions of a customer: read and change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import changes, owned
from sandbox.microsoft import partner as partners
from sandbox.microsoft.catalogue import sold_to
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import NOTHING, Call, Reply, collection, partner
from sandbox.microsoft.licences import by_key
from sandbox.microsoft.price_list import price_list
from sandbox.microsoft.refusal import front
from sandbox.microsoft.renewal_choices import Ground
from sandbox.microsoft.subscription_views import provisioning_view, subscribed, view
from sandbox.microsoft.terms import as_of
from sandbox.microsoft.times import read

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.table import Item
    from sandbox.world import World


def current(world: World, found: Item) -> Item:
    """The subscription as it is now: changes that were waiting made, terms renewed or ended.

    A renewal takes its time: until `renewal` seconds after midnight of Microsoft's clock the
    subscription is shown as before.
    """
    waiting = found["pending"]
    if waiting and world.is_past(waiting["at"]):
        found = {**found, **waiting["members"], "pending": None}
    settled = world.now() - timedelta(seconds=world.delays["renewal"])
    return as_of(found, settled, price_list(world))


def check_free(world: World, row: Item) -> None:
    """Is nothing else being done to a subscription?

    Raises:
        Refusal: 409 800082 while an update, 900278 while a renewal is under way.
    """
    if row["pending"]:
        raise front(409, 800082, "Subscription is not ready to be updated. Try again later.")
    if row["status"] in ("active", "suspended") and read(row["ends"]) <= world.now():
        told = "There is a pending operation on this subscription. Please try again later."
        raise front(409, 900278, told)


def all_of(world: World, customer_id: str) -> list[Item]:
    """Every subscription of a customer as it is now, those not shown yet too."""
    return [current(world, found) for found in owned.of(world, "subscriptions", customer_id)]


def base_seats(key: str, subscriptions: Iterable[Item]) -> int | None:
    """The seats of the bases of an add-on; None: it is none."""
    bases = by_key()[key].addon_to
    running = [each for each in subscriptions if each["status"] == "active"]
    return sum(each["quantity"] for each in running if each["key"] in bases) if bases else None


def readable(world: World, customer: Item) -> list[Item]:
    """The subscriptions that the list shows."""
    return [
        current(world, found)
        for found in owned.of(world, "subscriptions", customer["id"])
        if world.is_past(found["visible_at"])
    ]


def list_all(call: Call, customer_id: str) -> Reply:
    """All, those of one order, or those of one partner id; a new one appears after a moment."""
    customer = find(call.world, customer_id)
    order_id, mpn_id = call.query("order_id").lower(), call.query("mpn_id")
    items = [
        view(found, call.world.now())
        for found in readable(call.world, customer)
        if order_id in ("", found["order_id"]) and mpn_id in ("", found["partner_id"])
    ]
    return Reply(collection(items, f"/customers/{customer['id']}/subscriptions"))


def find_one(world: World, customer: Item, subscription_id: str) -> Item:
    """One subscription as it is now; the row itself inside a change.

    Raises:
        Refusal: 404 20003, also for one that was bought this very moment.
    """
    found = world.table("subscriptions").get(subscription_id.lower())
    is_his = found is not None and found["customer_id"] == customer["id"]
    if not found or not is_his or not world.is_past(found["readable_at"]):
        raise front(404, 20003, f"Subscription with ID {subscription_id} not found.")
    return found


def get(call: Call, customer_id: str, subscription_id: str) -> Reply:
    """One subscription."""
    customer = find(call.world, customer_id)
    found = current(call.world, find_one(call.world, customer, subscription_id))
    return Reply(view(found, call.world.now()))


def patch(call: Call, customer_id: str, subscription_id: str) -> Reply:
    """Replace the whole resource; 202 and a Location when updates are set to take long."""
    customer, world = find(call.world, customer_id), call.world
    row = find_one(world, customer, subscription_id)
    row |= current(world, row)
    check_free(world, row)
    changed = changes.applied(row, call.body(), _ground(world, customer, row))
    changed["updates"] = row["updates"] + 1
    if world.delays["subscription_update"] > 0:
        members = {name: changed[name] for name in changed if changed[name] != row[name]}
        row["pending"] = {"at": world.due("subscription_update"), "members": members}
        uri = f"/customers/{customer['id']}/subscriptions/{row['id']}"
        return Reply(NOTHING, 202, {"Location": uri})
    row |= changed
    return Reply(view(row, world.now()))


def _ground(world: World, customer: Item, row: Item) -> Ground:
    others = [each for each in all_of(world, customer["id"]) if each["id"] != row["id"]]
    return Ground(
        now=world.now(),
        prices=price_list(world),
        sold=sold_to(world, customer["id"])[1],
        others=others,
        base_seats=base_seats(row["key"], others),
        check_partner=lambda mpn_id: partners.check_of_record(world, mpn_id),
    )


def provisioning(call: Call, customer_id: str, subscription_id: str) -> Reply:
    """How far the seats are."""
    customer = find(call.world, customer_id)
    found = current(call.world, find_one(call.world, customer, subscription_id))
    return Reply(provisioning_view(found, call.world.is_past(found["provisioned_at"])))


def addons(call: Call, customer_id: str, subscription_id: str) -> Reply:
    """The customer's subscriptions that are add-ons to this one's licence."""
    customer, world = find(call.world, customer_id), call.world
    base = current(world, find_one(world, customer, subscription_id))
    items = [
        view(found, world.now())
        for found in readable(world, customer)
        if found["parent_id"] in ("", base["id"]) and base["key"] in by_key()[found["key"]].addon_to
    ]
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return Reply(body)


def subscribed_skus(call: Call, customer_id: str) -> Reply:
    """Seats per licence in the tenant: bought, used, free."""
    customer = find(call.world, customer_id)
    items = subscribed(call.world, customer["id"], readable(call.world, customer))
    return Reply(collection(items, f"/customers/{customer['id']}/subscribedskus"))


SUBSCRIPTION = f"{ONE}/subscriptions/<subscription_id>"
RULES = [
    partner("GET", f"{ONE}/subscriptions", list_all),
    partner("GET", SUBSCRIPTION, get),
    partner("PATCH", SUBSCRIPTION, patch),
    partner("GET", f"{SUBSCRIPTION}/provisioningstatus", provisioning),
    partner("GET", f"{SUBSCRIPTION}/addons", addons),
    partner("GET", f"{ONE}/subscribedskus", subscribed_skus, user=True),
]
