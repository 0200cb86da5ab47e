"""The application's consent in a customer's tenant."""

from __future__ import annotations

from sandbox.microsoft import gdap
from sandbox.microsoft.casing import text
from sandbox.microsoft.customer_rows import ONE, find
from sandbox.microsoft.door import NOTHING, Call, Reply, partner
from sandbox.microsoft.refusal import front


def consent(call: Call, customer_id: str) -> Reply:
    """The provider consents for the customer, which needs an active relationship."""
    customer, body = find(call.world, customer_id), call.body()
    application = text(body, "applicationId").lower()
    if not application or not body.get("applicationGrants"):
        raise front(400, 2000, "applicationId and applicationGrants are needed.")
    gdap.settle(call.world)
    if not gdap.active_of(call.world, customer["id"]):
        raise front(403, 900308, "Insufficient privileges to complete the operation.")
    consents = call.world.table("consents")
    if consents.get(customer["id"], {}).get("by") == "provider":
        raise front(409, 2000, "Permission entry already exists.")
    consents[customer["id"]] = {"by": "provider", "application_id": application}
    return Reply({**body, "attributes": {"objectType": "ApplicationConsent"}}, 201)


def withdraw(call: Call, customer_id: str, application_id: str) -> Reply:
    """Take the consent back."""
    customer = find(call.world, customer_id)
    if call.world.table("consents").pop(customer["id"], None) is None:
        raise front(404, 1000, "Not found")
    return Reply(NOTHING, 204)


RULES = [
    partner("POST", f"{ONE}/applicationconsents", consent, user=True),
    partner("DELETE", f"{ONE}/applicationconsents/<application_id>", withdraw, user=True),
]
