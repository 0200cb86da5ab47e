"""Directory roles of a customer's tenant and who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft import gdap
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.data import load
from sandbox.microsoft.door import NOTHING, Call, Reply, partner
from sandbox.microsoft.refusal import front
from sandbox.microsoft.users import COMPANY_ADMINISTRATOR, USERS, find_user, of_tenant

if TYPE_CHECKING:
    from sandbox.table import Item

GIVES_ROLES = (COMPANY_ADMINISTRATOR, "e8611ab8-c189-46e8-94e1-60213ab1f814")


def list_all(call: Call, customer_id: str) -> Reply:
    """Every role that can be given."""
    find(call.world, customer_id)
    return Reply(_plain([_role(role_id) for role_id in load("roles")]))


def of_user(call: Call, customer_id: str, user_id: str) -> Reply:
    """The roles of one user."""
    customer = find(call.world, customer_id)
    user = find_user(call.world, customer["id"], user_id)
    return Reply(_plain([_role(role_id) for role_id in user["roles"]]))


def members(call: Call, customer_id: str, role_id: str) -> Reply:
    """Who has a role."""
    customer = find(call.world, customer_id)
    _check_role(role_id)
    users = [u for u in of_tenant(call.world, customer["id"]) if u["state"] == "active"]
    return Reply(_plain([_member(u, role_id) for u in users if role_id in u["roles"]]))


def give(call: Call, customer_id: str, role_id: str) -> Reply:
    """Give a role to a user."""
    customer = find(call.world, customer_id)
    _check_role(role_id)
    gdap.need_role(call.world, customer["id"], GIVES_ROLES)
    user = find_user(call.world, customer["id"], text(call.body(), "id"))
    user["roles"] = sorted({*user["roles"], role_id})
    return Reply(_member(user, role_id), 201)


def take(call: Call, customer_id: str, role_id: str, user_id: str) -> Reply:
    """Take a role away."""
    customer = find(call.world, customer_id)
    _check_role(role_id)
    gdap.need_role(call.world, customer["id"], GIVES_ROLES)
    user = find_user(call.world, customer["id"], user_id)
    user["roles"] = [role for role in user["roles"] if role != role_id]
    return Reply(NOTHING, 204)


def _check_role(role_id: str) -> None:
    if role_id not in load("roles"):
        raise front(404, 1000, "Not found")


def _role(role_id: str) -> Item:
    return {
        "name": load("roles")[role_id],
        "id": role_id,
        "attributes": {"objectType": "DirectoryRole"},
    }


def _member(user: Item, role_id: str) -> Item:
    return {
        "displayName": user["shown"].get("displayName", ""),
        "userPrincipalName": user["shown"]["userPrincipalName"],
        "roleId": role_id,
        "id": user["id"],
        "attributes": {"objectType": "UserMember"},
    }


def _plain(items: list[Item]) -> Item:
    return {
        "totalCount": len(items),
        "items": items,
        "attributes": {"objectType": "Collection"},
    }


MEMBERS = f"{ONE}/directoryroles/<role_id>/usermembers"
RULES = [
    partner("GET", f"{ONE}/directoryroles", list_all, user=True),
    partner("GET", f"{USERS}/<user_id>/directoryroles", of_user, user=True),
    partner("GET", MEMBERS, members, user=True),
    partner("POST", MEMBERS, give, user=True),
    partner("DELETE", f"{MEMBERS}/<user_id>", take, user=True),
]
