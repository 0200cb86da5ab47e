"""A customer and his profiles, as Microsoft shows them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sandbox.microsoft.door import link

if TYPE_CHECKING:
    from sandbox.table import Item


def listed(customer: Item) -> Item:
    """An item of the list: poorer than the customer itself."""
    company = {
        "tenantId": customer["id"],
        "domain": customer["domain"],
        "companyName": customer["company_name"],
        "attributes": {"objectType": "CustomerCompanyProfile"},
    }
    return {
        "id": customer["id"],
        "companyProfile": company,
        "relationshipToPartner": customer["relationship"],
        "attributes": {"objectType": "Customer"},
    }


def full(customer: Item, *, credentials: Any = None, with_more: bool = False) -> Item:
    """The customer whole; `with_more` adds what only a later read shows."""
    company = company_profile(customer) if with_more else _new_company(customer)
    shown: Item = {
        "id": customer["id"],
        "commerceId": customer["commerce_id"],
        "companyProfile": company,
        "billingProfile": billing_profile(customer),
        "relationshipToPartner": customer["relationship"],
        "allowDelegatedAccess": customer["delegated_access"],
    }
    if credentials:
        shown["userCredentials"] = credentials
    if with_more:
        shown["customDomains"] = [customer["domain"]]
        shown["links"] = {"self": link(f"/customers/{customer['id']}")}
    if customer["associated_partner_id"]:
        shown["associatedPartnerId"] = customer["associated_partner_id"]
    return {**shown, "attributes": {"objectType": "Customer"}}


def _new_company(customer: Item) -> Item:
    return {
        "tenantId": customer["id"],
        "domain": customer["domain"],
        "companyName": customer["company_name"],
        "links": {"self": link(f"/customers/{customer['id']}/profiles/company")},
        "attributes": {"objectType": "CustomerCompanyProfile"},
    }


def company_profile(customer: Item) -> Item:
    """The company as its tenant knows it."""
    address = customer["billing"].get("defaultAddress", {})
    names = {"state": "region"}
    kept = ("country", "state", "city", "addressLine1", "postalCode", "phoneNumber")
    return {
        "tenantId": customer["id"],
        "domain": customer["domain"],
        "companyName": customer["company_name"],
        "address": {names.get(n, n): address[n] for n in kept if n in address},
        "email": customer["billing"].get("email", ""),
        "links": {"self": link(f"/customers/{customer['id']}/profiles/company")},
        "attributes": {"objectType": "CustomerCompanyProfile"},
    }


def billing_profile(customer: Item) -> Item:
    """The billing profile; its ETag is a signed number written as text."""
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, customer["id"])),
        **customer["billing"],
        "links": {"self": link(f"/customers/{customer['id']}/profiles/billing")},
        "attributes": {
            "etag": customer["billing_etag"],
            "objectType": "CustomerBillingProfile",
        },
    }
