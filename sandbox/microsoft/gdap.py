"""What the customer has granted: GDAP relationships, access assignments, the application's consent.

Rows only; `gdap_calls`, `gdap_assignments` and `consents` are the calls. Approval by itself is
settled when somebody looks, in real seconds after the relationship was locked; expiry follows the
turned clock. What happens is told by webhooks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import owned, webhooks
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

NOTICE, EXTENSION = timedelta(days=30), timedelta(days=180)
IN_FORCE = ("active", "expiring")
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
    if found is None:
        del world.table("gdap_waiting")[gdap_id]
        return
    if found["status"] == "approvalPending" and is_automatic(world):
        locked = datetime.fromisoformat(found["locked_at"])
        at = locked + timedelta(seconds=world.delays["gdap_approve"])
        if world.is_past(at.isoformat()):
            _approve_one(world, found, at)
    if found["status"] == "activating" and world.is_past(found["active_at"]):
        _activate(world, found)
    for assignment in found["assignments"]:
        if not assignment["is_active"] and world.is_past(assignment["active_at"]):
            assignment["is_active"] = True
            tell_assignment(world, "activated", found, assignment)
    is_settled = all(each["is_active"] for each in found["assignments"])
    if found["status"] not in WAITING and is_settled:
        del world.table("gdap_waiting")[gdap_id]


def _approve_one(world: World, found: Item, at: datetime) -> None:
    active_at = at.astimezone(UTC) + timedelta(seconds=world.delays["gdap_active"])
    found |= {"status": "activating", "active_at": active_at.isoformat()}
    world.table("consents").setdefault(found["tenant"], {"by": "customer"})
    tell(world, "approved", found)


def _activate(world: World, found: Item) -> None:
    now = world.now()
    found |= {
        "status": "active",
        "activated": stamp(now),
        "ends": stamp(now + timedelta(days=found["days"])),
    }
    tell(world, "activated", found)


def as_of(found: Item, now: datetime) -> Item:
    """A relationship at a moment: extended by itself, about to expire, or expired."""
    if found["status"] != "active":
        return found
    ends = read(found["ends"])
    while ends <= now and found["extend"] == "P180D":
        ends += EXTENSION
    if ends <= now:
        return {**found, "status": "expired"}
    is_ending = found["extend"] != "P180D" and ends - now <= NOTICE
    return {**found, "ends": stamp(ends), "status": "expiring" if is_ending else "active"}


def expire(world: World) -> None:
    """Keep, and tell, which relationships time has ended or extended."""
    now = world.now()
    over = [each for each in world.table("gdap").committed.values() if _is_over(each, now)]
    if over:
        with world.change():
            for each in over:
                found = world.table("gdap")[each["id"]]
                found |= {"ends": as_of(found, now)["ends"], "status": as_of(found, now)["status"]}
                if found["status"] == "expired":
                    tell(world, "expired", found)


def _is_over(found: Item, now: datetime) -> bool:
    return found["status"] == "active" and read(found["ends"]) <= now


def tell(world: World, what: str, found: Item) -> None:
    """The webhook of a change of a relationship."""
    uri = f"https://partner.microsoft.com/granularAdminRelationships/{found['id']}"
    event = f"granular-admin-relationship-{what}"
    webhooks.emit(world, event, uri, "GranularAdminRelationship", None)


def tell_assignment(world: World, what: str, found: Item, assignment: Item) -> None:
    """The webhook of a change of an access assignment."""
    base = f"https://partner.microsoft.com/granularAdminRelationships/{found['id']}"
    uri = f"{base}/accessAssignments/{assignment['id']}"
    event = f"granular-admin-access-assignment-{what}"
    webhooks.emit(world, event, uri, "GranularAdminAccessAssignment", None)


def approve(world: World, *, domain: str) -> list[str]:
    """The administrator of that tenant approves all that waits, and consents to the application.

    Returns:
        The ids of the relationships that were approved.
    """
    settle(world)
    with world.change():
        names = world.table("onmicrosoft")
        known = names.get(domain.lower()) or names.get(f"{domain.lower()}.onmicrosoft.com") or {}
        tenant = known.get("customer_id", domain)
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
    found = [as_of(each, world.now()) for each in owned.of(world, "gdap", tenant)]
    return [each for each in found if each["status"] in IN_FORCE]


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
