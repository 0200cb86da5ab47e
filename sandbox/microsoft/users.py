"""Users of a customer's tenant, and their passwords."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.microsoft import gdap, owned
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import NOTHING, Call, Reply, link, partner
from sandbox.microsoft.paging import asked_filter, page
from sandbox.microsoft.refusal import front
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

COMPANY_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1"
HELPDESK_ADMINISTRATOR = "729827e3-9c14-49f7-bb1b-9608f156bbb8"
AUTHENTICATION_ADMINISTRATOR = "c4e39bd9-1100-46d3-8c65-fb160da0071f"
PRIVILEGED_AUTHENTICATION = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13"
SETS_ADMINISTRATORS = (COMPANY_ADMINISTRATOR, PRIVILEGED_AUTHENTICATION)
SETS_USERS = (
    *SETS_ADMINISTRATORS,
    USER_ADMINISTRATOR,
    HELPDESK_ADMINISTRATOR,
    AUTHENTICATION_ADMINISTRATOR,
)
WRITES_USERS = (COMPANY_ADMINISTRATOR, USER_ADMINISTRATOR)
KEPT_AFTER_DELETE = timedelta(days=30)


def add_administrator(world: World, customer: Item, password: str) -> None:
    """The first administrator, `admin@` the tenant's own domain."""
    contact = customer["billing"].get("defaultAddress", {})
    user = new(
        customer["id"],
        userPrincipalName=f"admin@{customer['domain']}",
        firstName=contact.get("firstName", "Admin"),
        lastName=contact.get("lastName", "Admin"),
        displayName=customer["company_name"],
        usageLocation=contact.get("country", ""),
    )
    user |= {"password": password, "roles": [COMPANY_ADMINISTRATOR]}
    owned.add(world, "users", customer["id"], user)


def new(tenant: str, **shown: str) -> Item:
    """A user as the sandbox keeps one, without password, roles and licences."""
    return {
        "id": str(uuid.uuid4()),
        "tenant": tenant,
        "shown": shown,
        "password": "",
        "force_change": True,
        "state": "active",
        "deleted_at": "",
        "roles": [],
        "licences": [],
    }


def of_tenant(world: World, tenant: str) -> list[Item]:
    """Everybody, the deleted ones of the last 30 days included."""
    oldest = world.now() - KEPT_AFTER_DELETE
    return [
        user
        for user in owned.of(world, "users", tenant)
        if user["state"] == "active" or read(user["deleted_at"]) > oldest
    ]


def find_user(world: World, tenant: str, user_id: str) -> Item:
    """A user by id or principal name.

    Raises:
        Refusal: 404 60002.
    """
    wanted = user_id.lower()
    found = world.table("users").get(wanted)
    if found and found["tenant"] == tenant:
        return found
    for user in of_tenant(world, tenant):
        if user["shown"]["userPrincipalName"].lower() == wanted:
            return user
    raise front(404, 60002, "User object ID isn't found")


def view(user: Item, *, with_password: bool = False) -> Item:
    """A user as shown; the password only in the answer to the call that set it."""
    shown: Item = {**user["shown"], "id": user["id"]}
    if with_password:
        shown["passwordProfile"] = {
            "forceChangePassword": user["force_change"],
            "password": user["password"],
        }
        shown["lastDirectorySyncTime"] = None
    shown |= {"userDomainType": "none", "state": user["state"]}
    if user["deleted_at"]:
        shown["softDeletionTime"] = user["deleted_at"]
    elif with_password:
        shown["softDeletionTime"] = None
    uri = f"/customers/{user['tenant']}/users/{user['id']}"
    return {**shown, "links": {"self": link(uri)}, "attributes": {"objectType": "CustomerUser"}}


def list_all(call: Call, customer_id: str) -> Reply:
    """Active users by page; deleted ones with the filter `UserState` (or `UserStatus`)."""
    customer = find(call.world, customer_id)
    wanted = asked_filter(call)
    is_deleted = str(wanted.get("field", "")).lower() in ("userstate", "userstatus")
    state = "inactive" if is_deleted else "active"
    found = [u for u in of_tenant(call.world, customer["id"]) if u["state"] == state]
    return page(call, f"/customers/{customer['id']}/users", found, view)


def get(call: Call, customer_id: str, user_id: str) -> Reply:
    """One user."""
    customer = find(call.world, customer_id)
    return Reply(view(find_user(call.world, customer["id"], user_id)))


def create(call: Call, customer_id: str) -> Reply:
    """A user; answered 200, with the password echoed."""
    customer, body = find(call.world, customer_id), call.body()
    gdap.need_role(call.world, customer["id"], WRITES_USERS)
    names = ("usageLocation", "userPrincipalName", "firstName", "lastName", "displayName")
    principal = text(body, "userPrincipalName")
    _check_principal(call.world, customer["id"], principal)
    profile = body.get("passwordProfile", {})
    _check_password(text(profile, "password"))
    user = new(customer["id"], **{n: text(body, n) for n in (*names, "immutableId") if n in body})
    user |= {
        "password": text(profile, "password"),
        "force_change": bool(profile.get("forceChangePassword")),
    }
    owned.add(call.world, "users", customer["id"], user)
    return Reply(view(user, with_password=True))


def _check_principal(world: World, tenant: str, principal: str) -> None:
    domain = principal.rpartition("@")[2].lower()
    known = world.table("domains").get(f"{tenant}/{domain}")
    own = world.table("customers")[tenant]["domain"].lower()
    if "@" not in principal or not (domain == own or (known and known["verified"])):
        raise front(400, 2000, "The domain of the user principal name is not verified.")
    taken = {u["shown"]["userPrincipalName"].lower() for u in of_tenant(world, tenant)}
    if principal.lower() in taken:
        raise front(409, 2000, "A user with that principal name exists already.")


def _check_password(password: str) -> None:
    kinds = sum(
        re.search(pattern, password) is not None
        for pattern in ("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")
    )
    if not 8 <= len(password) <= 256 or kinds < 3:
        text_ = "The specified password does not comply with password complexity requirements."
        raise front(400, 2000, text_)


def change(call: Call, customer_id: str, user_id: str) -> Reply:
    """Members of a user, his restoration (`state: active`), or, as once, his password."""
    customer, body = find(call.world, customer_id), call.body()
    if "passwordProfile" in body:
        return reset_password(call, customer_id, user_id)
    gdap.need_role(call.world, customer["id"], WRITES_USERS)
    user = find_user(call.world, customer["id"], user_id)
    editable = ("usageLocation", "userPrincipalName", "firstName", "lastName", "displayName")
    user["shown"] |= {name: text(body, name) for name in editable if name in body}
    if text(body, "state").lower() == "active":
        user |= {"state": "active", "deleted_at": ""}
    return Reply(view(user))


def reset_password(call: Call, customer_id: str, user_id: str) -> Reply:
    """A new password; an administrator's needs a stronger role than a user's."""
    customer, body = find(call.world, customer_id), call.body()
    user = find_user(call.world, customer["id"], user_id)
    gdap.need_role(call.world, customer["id"], SETS_ADMINISTRATORS if user["roles"] else SETS_USERS)
    profile = body.get("passwordProfile", {})
    _check_password(text(profile, "password"))
    user |= {
        "password": text(profile, "password"),
        "force_change": bool(profile.get("forceChangePassword")),
    }
    return Reply(view(user, with_password=True))


def delete(call: Call, customer_id: str, user_id: str) -> Reply:
    """Soft: 30 days in which he can be restored."""
    customer = find(call.world, customer_id)
    gdap.need_role(call.world, customer["id"], WRITES_USERS)
    user = find_user(call.world, customer["id"], user_id)
    user |= {"state": "inactive", "deleted_at": stamp(call.world.now())}
    return Reply(NOTHING, 204)


USERS = f"{ONE}/users"
RULES = [
    partner("GET", USERS, list_all, user=True),
    partner("POST", USERS, create, user=True),
    partner("GET", f"{USERS}/<user_id>", get, user=True),
    partner("PATCH", f"{USERS}/<user_id>", change, user=True),
    partner("PATCH", f"{USERS}/<user_id>/resetpassword", reset_password, user=True),
    partner("DELETE", f"{USERS}/<user_id>", delete, user=True),
]
