"""A delegation of an existing tenant, in the words of the stories."""

import uuid
from typing import Any

from sandbox.microsoft import relationships
from tenants.models import Delegation
from tests.people import People

BAKERY, GARAGE = "existing-bakery.onmicrosoft.com", "existing-garage.onmicrosoft.com"
BAKERY_ID = "eeeeeeee-0000-4000-8000-000000000001"
AGREED = {
    "agreement_first_name": "Alex",
    "agreement_last_name": "Martin",
    "agreement_email": "alex@existing-bakery.example",
    "agreement_phone": "",
    "agreed_date": "2026-01-15",
    "agreed": "on",
}


def wish(name: str = BAKERY, **changes: str) -> dict[str, str]:
    """The form as Northwind fills it in."""
    return {
        "form_key": str(uuid.uuid4()),
        "mpn_id": "4847383",
        "tenant_name": name,
        "company": "Existing Bakery",
        "first_name": "Alex",
        "last_name": "Martin",
        "email": "alex@existing-bakery.example",
        "phone": "",
        "language": "fr",
        **changes,
    }


def body(name: str = BAKERY, **changes: str) -> dict[str, str]:
    """The same for the API."""
    sent = wish(name, **changes)
    return {"key": sent.pop("form_key"), **sent}


def accept(world: Any, name: str = BAKERY) -> None:
    """The customer's administrator opens the link and accepts."""
    relationships.accept(world, domain=name)


def ask_for(people: People, name: str = BAKERY) -> Delegation:
    """Northwind's manager sends the form."""
    answer = people.manager.post("/delegations/new/", wish(name))
    assert answer.status_code == 302, answer.content.decode()
    return Delegation.objects.get(tenant_name=name)
