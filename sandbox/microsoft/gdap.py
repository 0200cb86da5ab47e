"""What the customer has granted: GDAP relationships, access assignments, the application's consent.

Rows only; `gdap_calls` and `consents` are the calls. Approval by itself is settled when somebody
looks, in real seconds after the relationship was locked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import owned
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

WAITING = ("approvalPending", "approved", "activating")


def is_automatic(world: World) -> bool:
    """Whether customers approve by themselves."""
    return bool(world.table("settings").get("gdap", {"auto": True})["auto"])


def settle(world: World) -> None:
    """Carry out the approvals and activations whose moment has come."""
    if not len(world.table("gdap_waiting").committed):
        return
    with world.change():
        for gdap_id in list(world.table("gdap_waiting")):
            _settle_one(world, gdap_id)


def _settle_one(world: World, gdap_id: str) -> None:
    found = world.table("gdap").get(gdap_id)
    if found is None or found["status"] not in WAITING:
        del world.table("gdap_waiting")[gdap_id]
        return
    if found["status"] == "approvalPending" and is_automatic(world):
        locked = datetime.fromisoformat(found["locked_at"])
        at = locked + timedelta(seconds=world.delays["gdap_approve"])
        if world.is_past(at.isoformat()):
            _approve_one(world, found, at)
    if found["status"] in ("approved", "activating") and world.is_past(found["active_at"]):
        _activate(world, found)
        del world.table("gdap_waiting")[gdap_id]


def _approve_one(world: World, found: Item, at: datetime) -> None:
    active_at = at.astimezone(UTC) + timedelta(seconds=world.delays["gdap_active"])
    found |= {"status": "activating", "active_at": active_at.isoformat()}
    world.table("consents").setdefault(found["tenant"], {"by": "customer"})


def _activate(world: World, found: Item) -> None:
    now = world.now()
    found |= {
        "status": "active",
        "activated": stamp(now),
        "ends": stamp(now + timedelta(days=found["days"])),
    }


def approve(world: World, *, domain: str) -> list[str]:
    """The administrator of that tenant approves all that waits, and consents to the application.

    Returns:
        The ids of the relationships that were approved.
    """
    settle(world)
    with world.change():
        tenant = world.table("onmicrosoft").get(domain.lower(), {}).get("customer_id", domain)
        if tenant not in world.table("customers"):
            return []
        world.table("consents").setdefault(tenant, {"by": "customer"})
        waiting = [
            world.table("gdap")[gdap_id]
            for gdap_id in world.table("gdap_waiting")
            if world.table("gdap")[gdap_id]["tenant"] == tenant
        ]
        pending = [found for found in waiting if found["status"] == "approvalPending"]
        for found in pending:
            _approve_one(world, found, world.real_now())
        approved = [str(found["id"]) for found in pending]
    settle(world)
    return approved


def has_consent(world: World, tenant: str) -> bool:
    """Whether the application may act in that tenant."""
    return tenant in world.table("consents")


def active_of(world: World, tenant: str) -> list[Item]:
    """The relationships with that tenant that are in force."""
    now = stamp(world.now())
    found = owned.of(world, "gdap", tenant)
    return [each for each in found if each["status"] == "active" and each["ends"] > now]


def roles(world: World, tenant: str) -> set[str]:
    """The roles that an active access assignment of an active relationship gives."""
    given: set[str] = set()
    for found in active_of(world, tenant):
        for assignment in found["assignments"]:
            if world.is_past(assignment["active_at"]):
                given |= set(assignment["roles"]) & set(found["roles"])
    return given


def need_role(world: World, tenant: str, accepted: Iterable[str]) -> None:
    """Pass where one of these roles was granted and the application has consent.

    Raises:
        Refusal: 403 900308.
    """
    settle(world)
    if not has_consent(world, tenant) or not roles(world, tenant) & set(accepted):
        raise front(403, 900308, "Insufficient privileges to complete the operation.")
