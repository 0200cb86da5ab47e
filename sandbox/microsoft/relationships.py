"""Existing tenants: the link that is shown, and its acceptance by the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft import audit, existing, partner, signup, users, webhooks
from sandbox.microsoft.door import Call, Reply
from sandbox.microsoft.door import partner as route

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

ACCEPTED = ("partner_customer_relationship", "reseller_relationship_accepted_by_customer")
ADDRESS = {
    "country": "FR",
    "city": "Paris",
    "addressLine1": "1 rue de la Paix",
    "postalCode": "75002",
    "firstName": "Alex",
    "lastName": "Martin",
    "phoneNumber": "0102030405",
}


def request_link(call: Call) -> Reply:
    """The one link that every customer's administrator opens."""
    own = call.world.table("provider")["self"]["tenant_id"]
    query = f"invType=ResellerRelationship&partnerId={own}&msppId=0&DAP=false"
    url = (
        f"https://admin.microsoft.com/Adminportal/Home?{query}#/BillingAccounts/partner-invitation"
    )
    return Reply({"url": url, "attributes": {"objectType": "RelationshipRequest"}})


def accept(world: World, *, domain: str, company_name: str = "") -> Item:
    """The administrator of a tenant accepts; a tenant nobody knew yet is made up.

    A tenant seeded with another reseller keeps him: see `seeds`.
    """
    name = domain.lower()
    name = name if "." in name else f"{name}.onmicrosoft.com"
    customers, outside = world.table("customers"), world.table("outside")
    with world.change():
        known = customers.get(world.table("onmicrosoft").get(name, {}).get("customer_id", ""))
        if known:
            if known["relationship"] != "reseller":
                known["relationship"] = "reseller"
                _tell(world, known)
            return known
        tenant = outside.get(name, {})
        company = company_name or tenant.get("company_name") or name.partition(".")[0].title()
        customer = signup.new_customer(
            world,
            domain=name,
            billing={
                "email": f"admin@{name}",
                "culture": "fr-FR",
                "language": "fr",
                "companyName": company,
                "defaultAddress": dict(ADDRESS),
            },
            associated_partner_id=tenant.get("associated_partner_id", ""),
            is_adopted=True,
        )
        customer["id"] = customer["commerce_id"] = tenant.get("tenant_id", customer["id"])
        customers[customer["id"]] = customer
        world.table("onmicrosoft")[name] = {"customer_id": customer["id"]}
        users.add_administrator(world, customer, "Existing-Password-1")
        existing.settle_in(world, customer, tenant)
        _tell(world, customer)
    return customer


def attach(world: World, *, domain: str, mpn_id: str) -> Item:
    """Another reseller of the provider gets attached to a customer, beside the first.

    Raises:
        KeyError: no such customer or partner.
    """
    name = domain.lower()
    name = name if "." in name else f"{name}.onmicrosoft.com"
    with world.change():
        customer = world.table("customers")[world.table("onmicrosoft")[name]["customer_id"]]
        tenant = world.table("partners")[mpn_id]["tenant_id"]
        if tenant not in partner.resellers_of(customer):
            customer["other_resellers"] = [*customer.get("other_resellers", []), tenant]
    return customer


def _tell(world: World, customer: Item) -> None:
    actor = audit.Actor(f"admin@{customer['domain']}")
    new = audit.told({"id": customer["id"], "companyName": customer["company_name"]})
    kept = audit.record(world, actor, ACCEPTED, customer_id=customer["id"], new=new)
    uri = f"https://api.partnercenter.microsoft.com/v1/customers/{customer['id']}"
    event = "reseller-relationship-accepted-by-customer"
    webhooks.emit(world, event, uri, "Customer", audit.uri(kept))


RULES = [route("GET", "/v1/customers/relationshiprequests", request_link, user=True)]
