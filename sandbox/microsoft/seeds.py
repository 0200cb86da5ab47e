"""What Microsoft knows from the start: the provider, its partners, names that are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.microsoft import partner
from sandbox.microsoft.data import load
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

PROVIDER = {
    "tenant_id": "2b1d6a8e-5d0c-4c53-9b5e-5f0a6c1d7e01",
    "domain": "contoso-provider.onmicrosoft.com",
    "client_id": "7c1f3a52-0c5e-4b39-9a6d-3f9f0d1b2a01",
    "client_secret": "sandbox-client-secret",
    "mpn_id": "4000001",
    "name": "Contoso Provider",
    "region": "EU",
    "address": {
        "country": "FR",
        "city": "Roubaix",
        "addressLine1": "2 rue Kellermann",
        "postalCode": "59100",
    },
}
USER = "automation@contoso-provider.onmicrosoft.com"
REFRESH_TOKENS = {
    "sandbox-refresh-token": "good",
    "sandbox-expired-refresh-token": "expired",
    "sandbox-no-mfa-refresh-token": "no_mfa",
    "sandbox-outdated-mfa-refresh-token": "outdated_mfa",
    "sandbox-risky-refresh-token": "risky",
    "sandbox-revoked-refresh-token": "revoked",
}
TAKEN = ("contoso", "contoso-provider", "microsoft", "northwind", "fabrikam", "taken")
OUTSIDE: dict[str, Item] = {
    # Tenants of Microsoft's own customers, which can accept a relationship. `seats` are another
    # provider's, `bought` subscriptions come through this one, sold by another program.
    "existing-bakery.onmicrosoft.com": {
        "tenant_id": "eeeeeeee-0000-4000-8000-000000000001",
        "company_name": "Existing Bakery",
        "seats": {"CFQ7TTC0LDPB:0001": 12},
        "people": 9,
    },
    "existing-garage.onmicrosoft.com": {
        "tenant_id": "eeeeeeee-0000-4000-8000-000000000002",
        "company_name": "Existing Garage",
        "associated_partner_id": "aaaaaaaa-0000-4000-8000-000004847385",
    },
    "existing-florist.onmicrosoft.com": {
        "tenant_id": "eeeeeeee-0000-4000-8000-000000000003",
        "company_name": "Existing Florist",
        "associated_partner_id": "aaaaaaaa-0000-4000-8000-000004847383",
        "bought": {"CFQ7TTC0LH18:0001": 4, "CFQ7TTC0LH16:0001": 2},
        "mpn_id": "4847383",
    },
    "existing-workshop.onmicrosoft.com": {
        "tenant_id": "eeeeeeee-0000-4000-8000-000000000004",
        "company_name": "Existing Workshop",
        "bought": {"CFQ7TTC0LDPB:0001": 3},
        "seats": {"CFQ7TTC0LH16:0001": 5},
        "people": 5,
    },
}


def plant(world: World) -> None:
    """Fill an empty world."""
    world.table("provider")["self"] = dict(PROVIDER)
    for value, state in REFRESH_TOKENS.items():
        world.table("refresh_tokens")[value] = {
            "user": USER,
            "state": state,
            "issued_at": stamp(world.now()),
            "mfa_at": stamp(world.now()),
            "ages": False,
        }
    for item in load("partners"):
        partner.put(world, item)
    for name in TAKEN:
        world.table("onmicrosoft")[f"{name}.onmicrosoft.com"] = {"customer_id": ""}
    for domain, tenant in OUTSIDE.items():
        world.table("onmicrosoft")[domain] = {"customer_id": ""}
        world.table("outside")[domain] = dict(tenant)
    world.table("settings")["gdap"] = {"auto": True}
