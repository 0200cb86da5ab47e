"""Licences given to users of a customer's tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.microsoft import gdap
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import find
from sandbox.microsoft.door import Call, Reply, collection, partner
from sandbox.microsoft.licences import all_licences
from sandbox.microsoft.refusal import front
from sandbox.microsoft.subscription_views import subscribed
from sandbox.microsoft.subscriptions import readable
from sandbox.microsoft.users import COMPANY_ADMINISTRATOR, USER_ADMINISTRATOR, USERS, find_user

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

LICENCE_ADMINISTRATOR = "4d6ac14f-3453-41d0-bef9-a3e0c569773a"
ACCEPTED = (COMPANY_ADMINISTRATOR, USER_ADMINISTRATOR, LICENCE_ADMINISTRATOR)


def update(call: Call, customer_id: str, user_id: str) -> Reply:
    """Give and take licences; answered 201. The user needs a usage location."""
    customer, body = find(call.world, customer_id), call.body()
    gdap.need_role(call.world, customer["id"], ACCEPTED)
    user = find_user(call.world, customer["id"], user_id)
    given = [_sku(each) for each in body.get("licensesToAssign", [])]
    taken = [_sku(each) for each in body.get("licensesToRemove", [])]
    if given and not user["shown"].get("usageLocation"):
        raise front(400, 2000, "The user has no usage location.")
    for sku in set(given) - set(user["licences"]):
        _need_free(call.world, customer, sku)
    user["licences"] = sorted({*user["licences"], *given} - set(taken))
    return Reply({**body, "attributes": {"objectType": "LicenseUpdate"}}, 201)


def _sku(given: Any) -> str:
    return text(given, "skuId").lower() if isinstance(given, dict) else str(given).lower()


def _need_free(world: World, customer: Item, sku: str) -> None:
    seats = subscribed(world, customer["id"], readable(world, customer))
    free = sum(each["availableUnits"] for each in seats if each["productSku"]["id"] == sku)
    if free < 1:
        told = "We are sorry, it looks like you have run out of licenses."
        raise front(400, 60012, told, f"No licences of {sku} are left for {customer['id']}.")


def of_user(call: Call, customer_id: str, user_id: str) -> Reply:
    """The licences that a user has."""
    customer = find(call.world, customer_id)
    user = find_user(call.world, customer["id"], user_id)
    known = {licence.provisioning_id: licence for licence in all_licences()}
    items = [
        {
            "servicePlans": [],
            "productSku": {
                "id": sku,
                "name": known[sku].title,
                "skuPartNumber": known[sku].part_number,
                "licenseGroupId": "group1",
            },
            "attributes": {"objectType": "License"},
        }
        for sku in user["licences"]
        if sku in known
    ]
    return Reply(collection(items))


RULES = [
    partner("POST", f"{USERS}/<user_id>/licenseupdates", update, user=True),
    partner("GET", f"{USERS}/<user_id>/licenses", of_user, user=True),
]
