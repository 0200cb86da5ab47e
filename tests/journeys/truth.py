"""What must be true after a step: each raises AssertionError."""

from typing import Any

from common.clock import microsoft_now
from orders.models import Order
from partnercenter import connect
from sandbox.microsoft.subscriptions import current
from subscriptions.models import EndChoice, Status, Subscription
from subscriptions.remote.facts import facts_of
from subscriptions.rules import Change, ChangePlan, Contract, SetSeats, Upgrade
from sync.models import Drift
from sync.services.looks import ask_look
from tenants.models import Tenant
from tests.journeys.ledger import Due
from tests.journeys.shop import Shop
from tests.journeys.unsteady import WRITES

COMPARED = (
    "quantity", "status", "term", "billing_cycle", "auto_renew", "end_choice", "scheduled",
    "starts_at", "commitment_ends_at", "cancellable_until", "is_trial", "name",
)  # fmt: skip


def look(shop: Shop) -> None:
    """The portal takes over what Microsoft shows; nothing has been changed by anybody else."""
    for tenant in Tenant.objects.exclude(microsoft_id=""):
        ask_look(tenant=tenant)
    shop.run_journal()
    drifts = list(Drift.objects.values_list("name", "field", "ours", "theirs"))
    assert not drifts, f"taken for changes made elsewhere: {drifts}"
    for row in Subscription.objects.select_related("tenant").exclude(microsoft_id=""):
        is_shown(row)


def is_shown(row: Subscription) -> None:
    """A row is what Microsoft shows, without another look."""
    theirs = _facts(row)
    differing = [name for name in COMPARED if getattr(row, name) != theirs[name]]
    if _open(row.refundable) != _open(theirs["refundable"]):
        differing.append("refundable")
    told = [(name, getattr(row, name), theirs[name]) for name in differing]
    assert not told, f"{row} differs: {told}"


def _open(batches: list[dict[str, Any]]) -> list[dict[str, Any]]:
    at = microsoft_now().isoformat()
    return [batch for batch in batches if batch["until"] > at]


def _facts(row: Subscription) -> dict[str, Any]:
    return facts_of(
        connect("eu").subscription(
            customer_id=row.tenant.microsoft_id, subscription_id=row.microsoft_id
        )
    )


def agree(shop: Shop) -> None:
    """Both sides have the same subscriptions, in the same state, at the same price."""
    theirs = {row["id"]: current(shop.world, row) for row in _table(shop.world)}
    ours = {row.microsoft_id: row for row in Subscription.objects.select_related("licence")}
    assert set(theirs) == set(ours), f"only one side has {set(theirs) ^ set(ours)}"
    for microsoft_id, row in ours.items():
        found = theirs[microsoft_id]
        assert row.licence is not None and row.licence.code == found["key"], f"{row}: licence"
        if found["status"] != "active":
            continue
        assert f"{row.unit_price:.2f}" == f"{float(found['unit']):.2f}", (
            f"{row}: the portal reckons with {row.unit_price}, Microsoft with {found['unit']}"
        )


def same_charges(row: Subscription, due: list[Due], got: list[Due]) -> None:
    """What came with time is what was foreseen, as far as it could be."""
    for said, is_charged in zip(due, got, strict=False):
        same = (said.kind, said.starts_on) == (is_charged.kind, is_charged.starts_on)
        assert same and said.amount in (None, is_charged.amount), f"{row}: {said} is {is_charged}"
        if said.amount is None:
            return
    assert len(due) == len(got), f"{row}: foreseen {due}, charged {got}"


def same_fate(world: Any, row: Subscription, foreseen: Contract) -> None:
    """What has become of it is what the rules foresaw."""
    found = current(world, world.table("subscriptions")[row.microsoft_id])
    got = (found["status"], found["quantity"], found["term"], found["cycle"])
    said = (foreseen.status, foreseen.quantity, foreseen.term, foreseen.billing_cycle.lower())
    assert said == got, f"{row}: foreseen {said}, is {got}"


def kept(before: Subscription, after: Subscription, change: Change, keep_schedule: bool) -> None:
    """Seats and plans may change; what was chosen for the end of the term is kept on wish."""
    if not isinstance(change, SetSeats | ChangePlan | Upgrade) or after.status != Status.ACTIVE:
        return
    if before.end_choice in (EndChoice.CANCEL, EndChoice.EXTEND):
        assert after.end_choice == before.end_choice, f"{after}: the choice of the end is lost"
    if before.scheduled and keep_schedule:
        was, now = before.scheduled["quantity"], after.scheduled.get("quantity")
        assert was == now, f"{after}: scheduled were {was} seats, now {now}"


def bought_once(world: Any) -> None:
    """Microsoft has the orders of the portal, and each once."""
    theirs = [order["id"] for order in world.table("orders").values()]
    ours = [i for o in Order.objects.all() for i in o.microsoft_id.split(",") if i]
    assert sorted(theirs) == sorted(ours), f"Microsoft has {theirs}, the portal {ours}"
    lines = sum(order.lines.count() for order in Order.objects.all())
    assert lines == sum(len(order["lines"]) for order in world.table("orders").values())


def nothing_forbidden(world: Any) -> None:
    """No write was refused that nobody has disturbed."""
    refused = [c for c in writes(world) if 400 <= c["status"] < 500 and c["fault"] is None]
    assert not refused, f"refused: {refused}"


def writes(world: Any) -> list[dict[str, Any]]:
    """What Partner Center was asked to change."""
    calls: list[dict[str, Any]] = world.calls()
    return [c for c in calls if c["service"] == "partnercenter" and c["method"] in WRITES]


def _table(world: Any) -> list[dict[str, Any]]:
    return list(world.table("subscriptions").values())
