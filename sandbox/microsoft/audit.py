"""Audit records: who changed what at Partner Center, and when. Rows only; `audit_calls` reads."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sandbox.microsoft.casing import pascal
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

SECRET = ("userCredentials", "passwordProfile")
BASE = "https://api.partnercenter.microsoft.com/auditactivity/v1/auditrecords"
YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Actor:
    """Who did it: a person, an application, or Microsoft itself (both empty)."""

    user: str = ""
    application: str = ""
    correlation_id: str = ""


def told(resource: Any) -> str:
    """A resource as the text that records keep: JSON, PascalCase, without passwords."""
    if resource is None:
        return ""
    kept = (
        {name: value for name, value in resource.items() if name not in SECRET}
        if isinstance(resource, dict)
        else resource
    )
    return json.dumps(pascal(kept), separators=(",", ":"), ensure_ascii=False)


def record(
    world: World,
    actor: Actor,
    kind: tuple[str, str],
    *,
    customer_id: str,
    old: str = "",
    new: str = "",
    **data: str,
) -> Item:
    """Keep one record, inside a change; `old` and `new` are texts from `told`."""
    resource, operation = kind
    partner_id = world.table("provider")["self"]["tenant_id"]
    now = world.now()
    ticks = int((now - YEAR_ONE).total_seconds() * 10_000_000) + len(world.table("audit").committed)
    customer = world.table("customers").get(customer_id, {})
    kept: Item = {
        "id": f"{partner_id}_{customer_id}_{operation.replace('_', '')}_{ticks}",
        "partnerId": partner_id,
        "customerId": customer_id,
        "customerName": customer.get("company_name", ""),
        "userPrincipalName": actor.user,
        "applicationId": actor.application,
        "resourceType": resource,
        "resourceOldValue": old,
        "resourceNewValue": new,
        "operationType": operation,
        "originalCorrelationId": actor.correlation_id or str(uuid.uuid4()),
        "operationDate": stamp(now),
        "operationStatus": "succeeded",
        "customizedData": [{"key": name, "value": value} for name, value in data.items()],
        "attributes": {"objectType": "AuditRecord"},
    }
    while kept["id"] in world.table("audit"):
        kept["id"] += "0"
    world.table("audit")[kept["id"]] = kept
    return kept


def uri(kept: Item) -> str:
    """Where a webhook says that the record is."""
    return f"{BASE}/{kept['id']}"
