"""Customers of the provider: create, read, list, drop."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sandbox.microsoft import partner, signup, users
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.customer_views import full, listed
from sandbox.microsoft.door import NOTHING, Call, Reply
from sandbox.microsoft.door import partner as route
from sandbox.microsoft.paging import asked_filter, page
from sandbox.microsoft.refusal import front
from sandbox.microsoft.subscriptions import all_of

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

LETTERS = "abcdefghjkmnpqrstuvwxyz"


def create(call: Call) -> Reply:
    """A new tenant, with the administrator's password: told now and never again."""
    if call.token.is_app_only and call.body().get("associatedPartnerId"):
        text = "This resource does not support application-only authentication."
        raise front(403, 900329, text)
    customer = signup.checked(call.world, call.body())
    password = "".join([secrets.choice(LETTERS).upper(), *(secrets.choice(LETTERS) for _ in "123")])
    password += f"{secrets.randbelow(10**5):05d}!"
    call.world.table("customers")[customer["id"]] = customer
    call.world.table("onmicrosoft")[customer["domain"].lower()] = {"customer_id": customer["id"]}
    users.add_administrator(call.world, customer, password)
    credentials = {"userName": "admin", "password": password}
    return Reply(full(customer, credentials=credentials), 201)


def get(call: Call, customer_id: str) -> Reply:
    """One customer, with what the list leaves out."""
    return Reply(full(find(call.world, customer_id), with_more=True))


def list_all(call: Call) -> Reply:
    """Customers by page, perhaps filtered; a new one appears after a moment."""
    seen = [
        customer
        for customer in call.world.table("customers").values()
        if customer["relationship"] == "reseller" and call.world.is_past(customer["visible_at"])
    ]
    wanted = asked_filter(call)
    found = [customer for customer in seen if _matches(call.world, customer, wanted)]
    return page(call, "/customers", found, listed)


def _matches(world: World, customer: Item, wanted: Item) -> bool:
    if not wanted:
        return True
    field, value = str(wanted["field"]).lower(), str(wanted.get("value", "")).lower()
    if field in ("indirectreseller", "indirectcloudsolutionprovider"):
        attached = partner.resellers_of(customer)
        return value in attached or value in [_mpn_of(world, tenant) for tenant in attached]
    names = {"companyname": "company_name", "domain": "domain"}
    if field not in names:
        raise front(400, 2000, f"The field {wanted['field']} cannot be filtered by.")
    text = str(customer[names[field]]).lower()
    operator = str(wanted.get("operator", "starts_with")).lower().replace("_", "")
    return text == value if operator == "equals" else text.startswith(value)


def _mpn_of(world: World, tenant: str) -> str:
    found = partner.by_tenant(world, tenant)
    return str(found["mpn_id"]) if found else ""


def drop(call: Call, customer_id: str) -> Reply:
    """PATCH: the only change is to end the relationship, with everything suspended before."""
    customer = find(call.world, customer_id)
    if str(call.body().get("relationshipToPartner", "")).lower() != "none":
        raise front(400, 2000, "Only relationshipToPartner can be changed, to none.")
    if any(each["status"] == "active" for each in all_of(call.world, customer["id"])):
        raise front(400, 2000, "Suspend the customer's subscriptions first.")
    customer["relationship"] = "none"
    empty = ("Id", "CommerceId", "CompanyProfile", "BillingProfile", "AllowDelegatedAccess")
    body = {
        **dict.fromkeys((*empty, "UserCredentials", "CustomDomains", "AssociatedPartnerId")),
        "RelationshipToPartner": "none",
        "Attributes": {"ObjectType": "Customer"},
    }
    return Reply(body, mark=False)


def delete(call: Call, customer_id: str) -> Reply:
    """As the integration sandbox does: the customer and his name are gone."""
    customer = find(call.world, customer_id)
    del call.world.table("customers")[customer["id"]]
    call.world.table("onmicrosoft").pop(customer["domain"].lower(), None)
    return Reply(NOTHING, 204)


def resellers(call: Call, customer_id: str) -> Reply:
    """The indirect resellers attached to a customer."""
    customer = find(call.world, customer_id)
    attached = [partner.by_tenant(call.world, each) for each in partner.resellers_of(customer)]
    items = [partner.relationship(each, with_state=False) for each in attached if each]
    body = {"totalCount": len(items), "items": items, "attributes": {"objectType": "Collection"}}
    return Reply(body)


RULES = [
    route("POST", "/v1/customers", create),
    route("GET", "/v1/customers", list_all),
    route("GET", ONE, get),
    route("PATCH", ONE, drop),
    route("DELETE", ONE, delete),
    route("GET", f"{ONE}/relationships", resellers, user=True),
]
