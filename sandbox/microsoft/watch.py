"""Sees what has become of subscriptions: by a call, or by time alone.

Every change is told by a webhook; one that nobody asked for leaves an audit record too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import audit, gdap, invoices, owned, webhooks
from sandbox.microsoft.subscription_views import view
from sandbox.microsoft.subscriptions import current

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

FACTS = (
    "offerId",
    "friendlyName",
    "quantity",
    "status",
    "autoRenewEnabled",
    "termDuration",
    "billingCycle",
    "commitmentEndDate",
    "partnerId",
    "scheduledNextTermInstructions",
    "scheduledActions",
)
INVOICE_READY = "invoice-ready"
UPDATE = ("subscription", "update_subscription")


def settle(world: World) -> None:
    """Tell what time has done to all subscriptions and relationships.

    Looked at once a minute, and whenever the clock was turned: a look costs time.
    """
    gdap.settle(world)
    moment = (world.offset, int(world.real_now().timestamp()) // 60)
    if world.looked_at == moment:
        return
    world.looked_at = moment
    gdap.expire(world)
    _tell_invoices(world)
    tenants = list(world.table("subscriptions_of").committed)
    changed = [tenant for tenant in tenants if any(True for _ in _differences(world, tenant))]
    if changed:
        with world.change():
            for tenant in changed:
                settle_one(world, tenant)


def _tell_invoices(world: World) -> None:
    """Of the invoices that have become ready since somebody registered for them."""
    to = webhooks.registration(world)
    if to is None or INVOICE_READY not in to["WebhookEvents"]:
        return
    known = world.table("webhooks").get("invoices")
    ready = invoices.numbers(world)
    if known is not None and known["numbers"] == ready:
        return
    with world.change():
        world.table("webhooks")["invoices"] = {"numbers": ready}
        for number in ready:
            if known is not None and number not in known["numbers"]:
                uri = f"https://api.partnercenter.microsoft.com/v1/invoices/{number}"
                webhooks.emit(world, INVOICE_READY, uri, "invoice", None)


def settle_one(world: World, tenant: str) -> None:
    """The same for one customer's subscriptions, inside a change."""
    for found, old, new in _differences(world, tenant):
        world.table("seen")[found["id"]] = new
        if old is None:  # planted or just bought: not the work of time
            continue
        is_renewed = old["commitmentEndDate"] != new["commitmentEndDate"]
        kept = audit.record(
            world,
            audit.Actor(),
            UPDATE,
            customer_id=tenant,
            old=audit.told(old),
            new=audit.told(new),
            SubscriptionId=found["id"],
            TransactionType="SystemPurchase" if is_renewed else "SystemUpdate",
        )
        _tell(world, found, audit.uri(kept))


def tell_changes(world: World, tenant: str, audit_uri: str | None) -> None:
    """Tell of the subscriptions that the write just carried out has changed or made."""
    for found, _, new in _differences(world, tenant):
        world.table("seen")[found["id"]] = new
        _tell(world, found, audit_uri)


def _differences(world: World, tenant: str) -> Iterator[tuple[Item, Item | None, Item]]:
    for row in owned.of(world, "subscriptions", tenant):
        new = _facts(world, row)
        old = world.table("seen").get(row["id"])
        if old != new:
            yield row, old, new


def _facts(world: World, row: Item) -> Item:
    waiting: Any = row.get("pending") or {}
    changed = {**row, **waiting.get("members", {}), "pending": None}
    shown = view(current(world, changed), world.now())
    return {"id": row["id"], **{name: shown.get(name) for name in FACTS}}


def _tell(world: World, found: Item, audit_uri: str | None) -> None:
    # The path with `/webhooks` is the vendor's own, odd as it is.
    base = f"http://api.partnercenter.microsoft.com/webhooks/v1/customers/{found['customer_id']}"
    uri = f"{base}/subscriptions/{found['id']}"
    webhooks.emit(world, "subscription-updated", uri, "subscription", audit_uri)
