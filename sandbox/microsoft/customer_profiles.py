"""What belongs to a customer: profiles, validation, names."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sandbox.microsoft import owned
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.customer_views import billing_profile, company_profile
from sandbox.microsoft.door import Call, Reply
from sandbox.microsoft.door import partner as route
from sandbox.microsoft.refusal import front, newer

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

WORDS = {"under review": "UnderReview", "not allowed": "NotAllowed", "unknown": "Unknown"}


def validation_of(world: World, customer: Item) -> str:
    """`Not Ready` for a moment, then `Allowed`.

    A company whose name contains `Under Review`, `Not Allowed` or `Unknown` stays so.
    """
    if not world.is_past(customer["ready_at"]):
        return "Not Ready"
    name = customer["company_name"].lower()
    return next((status for word, status in WORDS.items() if word in name), "Allowed")


def validation(call: Call, customer_id: str) -> Reply:
    """Whether Microsoft lets this customer buy."""
    customer = find(call.world, customer_id)
    if call.query("type").lower() != "account":
        text_ = f"Account Status for the customer, {customer_id} was not found."
        raise newer(404, 600074, text_, "AccountStatusNotFound")
    at = customer["created_at"][:19]
    status = validation_of(call.world, customer)
    return Reply({"type": "account", "status": status, "lastUpdateDateTime": at})


def billing(call: Call, customer_id: str) -> Reply:
    """The billing profile."""
    return Reply(billing_profile(find(call.world, customer_id)))


def replace_billing(call: Call, customer_id: str) -> Reply:
    """Replace it whole, which needs the ETag that was read."""
    customer, body = find(call.world, customer_id), call.body()
    etag = call.request.headers.get("If-Match", "").strip('"')
    etag = etag or str(body.get("attributes", {}).get("etag", ""))
    if etag != customer["billing_etag"]:
        raise front(400, 2055, "Etag is no longer valid")
    left = ("id", "links", "attributes")
    customer["billing"] = {name: body[name] for name in body if name not in left}
    customer["company_name"] = text(body, "companyName") or customer["company_name"]
    customer["billing_etag"] = str(-(uuid.uuid4().int >> 66))
    return Reply(billing_profile(customer))


def company(call: Call, customer_id: str) -> Reply:
    """The company profile, read only."""
    return Reply(company_profile(find(call.world, customer_id)))


def custom_domains(call: Call, customer_id: str) -> Reply:
    """A bare array of names."""
    customer = find(call.world, customer_id)
    domains = owned.of(call.world, "domains", customer["id"])
    own = [domain["name"] for domain in domains if domain["verified"]]
    return Reply(own or [customer["domain"]])


def organization(call: Call, customer_id: str) -> Reply:
    """A bare array with the one organisation of the tenant."""
    customer = find(call.world, customer_id)
    address = customer["billing"].get("defaultAddress", {})
    return Reply(
        [
            {
                "street": address.get("addressLine1", ""),
                "countryLetterCode": address.get("country", ""),
                "postalCode": address.get("postalCode", ""),
                "city": address.get("city", ""),
                "state": address.get("state", ""),
                "displayName": customer["company_name"],
                "technicalNotificationMails": [customer["billing"].get("email", "")],
            }
        ]
    )


RULES = [
    route("GET", f"{ONE}/validationStatus", validation, user=True),
    route("GET", f"{ONE}/profiles/billing", billing),
    route("PUT", f"{ONE}/profiles/billing", replace_billing),
    route("GET", f"{ONE}/profiles/company", company),
    route("GET", f"{ONE}/customdomains", custom_domains),
    route("GET", f"{ONE}/organization", organization),
]
