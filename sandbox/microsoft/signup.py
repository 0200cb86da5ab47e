"""What must be right before a tenant is created."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from sandbox.microsoft import partner
from sandbox.microsoft.addresses import PHONE_NEEDED, rules_of, wrong_property
from sandbox.microsoft.casing import text
from sandbox.microsoft.refusal import Refusal, front
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,25}[a-z0-9])?\.onmicrosoft\.com", re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
PERSON = ("firstName", "lastName", "phoneNumber")


def checked(world: World, body: dict[str, Any]) -> Item:
    """The customer that was asked for.

    Raises:
        Refusal: as the live service refuses; for a taken domain, whose answer nobody has published,
            409 with code 1409 is our own choice.
    """
    company, billing = body.get("companyProfile", {}), body.get("billingProfile", {})
    _check_domain(world, text(company, "domain"))
    _check_billing(world, billing)
    _check_registration(company, billing)
    reseller = text(body, "associatedPartnerId").lower()
    if reseller:
        _check_reseller(world, reseller)
    return new_customer(
        world,
        domain=text(company, "domain"),
        billing=_kept_billing(billing),
        associated_partner_id=reseller,
        registration_number=text(company, "organizationRegistrationNumber"),
    )


def new_customer(world: World, *, domain: str, billing: Item, **members: Any) -> Item:
    """A customer as the sandbox keeps it; delays begin now."""
    tenant_id = str(uuid.uuid4())
    return {
        "id": tenant_id,
        "commerce_id": tenant_id,
        "domain": domain,
        "company_name": billing.get("companyName", ""),
        "billing": billing,
        "billing_etag": str(-(uuid.uuid4().int >> 66)),
        "associated_partner_id": "",
        "registration_number": "",
        "relationship": "reseller",
        "delegated_access": False,
        "created_at": stamp(world.now()),
        "visible_at": world.due("customer_visible"),
        "ready_at": world.due("customer_ready"),
        "qualifications": [],
        **members,
    }


def _check_domain(world: World, domain: str) -> None:
    if not DOMAIN.fullmatch(domain):
        raise invalid("DomainInvalid", "the domain must be a name under onmicrosoft.com")
    if domain.lower() in world.table("onmicrosoft"):
        data = f"property_name:  DomainNotAvailable - Details: {domain} is taken"
        raise front(409, 1409, f"The domain {domain} is already taken.", data)


def _check_billing(world: World, billing: dict[str, Any]) -> None:
    email, name = text(billing, "email").lower(), text(billing, "companyName")
    own = str(world.table("provider")["self"]["domain"])
    address = billing.get("defaultAddress", {})
    if not EMAIL.fullmatch(email) or email.endswith(("@microsoft.com", f"@{own}")):
        raise invalid("EmailInvalid", "the contact's address is not accepted")
    if len(name) < 2 or not any(character.isalnum() for character in name):
        raise invalid("CompanyNameInvalid", "the company's name is too short")
    wrong = wrong_property(address)
    if not wrong and "nowhere" in text(address, "addressLine1").lower():
        wrong = "Address"
    if wrong:
        raise invalid(f"{wrong}Invalid", f"{wrong} is not valid in this country")
    for part in ("firstName", "lastName"):
        if not 1 <= len(text(address, part) or text(billing, part)) <= 50:
            raise invalid(f"{part[0].upper()}{part[1:]}Invalid", "a name has 1 to 50 characters")


def _check_registration(company: dict[str, Any], billing: dict[str, Any]) -> None:
    address = billing.get("defaultAddress", {})
    country = text(address, "country").upper()
    number = text(company, "organizationRegistrationNumber")
    needed = bool((rules_of(country) or {}).get("registration_required"))
    if needed and not number:
        raise front(400, 600049, "Organization registration ID information is missing")
    if number and not needed:
        raise front(400, 600002, "Organization registration ID value isn't supported")
    if number and not re.fullmatch(r"[0-9A-Za-z-]{6,20}", number):
        raise front(400, 600050, "Organization registration ID information is invalid")
    if country in PHONE_NEEDED and not text(address, "phoneNumber"):
        raise front(400, 600051, "Customer phone number is missing")


def _check_reseller(world: World, tenant_id: str) -> None:
    found = partner.by_tenant(world, tenant_id)
    if not found or not found["indirect_reseller"] or not found["related"]:
        raise front(400, 800016, "PartnerID isn't a valid Indirect Reseller")
    if found["suspended"]:
        raise front(403, 800039, "Reseller program status isn't active")


def _kept_billing(billing: dict[str, Any]) -> Item:
    kept = ("firstName", "lastName", "email", "culture", "language", "companyName")
    address = {k: v for k, v in billing["defaultAddress"].items() if k != "attributes"}
    people = {name: text(billing, name) for name in PERSON[:2] if text(billing, name)}
    return {
        **{name: text(billing, name) for name in kept if text(billing, name)},
        "defaultAddress": {**people, **address},
    }


def invalid(name: str, details: str) -> Refusal:
    """400 27002, which names the property inside its data."""
    data = f"property_name:  {name} - Details: {details}"
    return front(400, 27002, "A property has invalid data.", data)
