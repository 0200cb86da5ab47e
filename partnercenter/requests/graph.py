"""Writes to Graph: GDAP from the provider's tenant, domains inside the customer's."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from partnercenter.request import Request, json_bytes

_RELATIONSHIPS = "/tenantRelationships/delegatedAdminRelationships"


def create_gdap(
    *,
    display_name: str,
    customer_id: str,
    role_ids: Sequence[str],
    duration: str = "P730D",
    auto_extend: str = "P180D",
) -> Request:
    """A relationship that asks for these roles, not sent to the customer yet.

    `display_name` is at most 50 characters and unique at the provider: it is what a repeat
    after a lost answer is recognised by. Durations are ISO 8601.
    """
    body = {
        "displayName": display_name,
        "duration": duration,
        "customer": {"tenantId": customer_id},
        "accessDetails": _access(role_ids),
        "autoExtendDuration": auto_extend,
    }
    return Request(method="POST", path=_RELATIONSHIPS, body=json_bytes(body), service="graph")


def lock_gdap(*, gdap_id: str) -> Request:
    """Freezes the relationship so that the customer can approve it."""
    return _ask(gdap_id, "lockForApproval")


def terminate_gdap(*, gdap_id: str) -> Request:
    """Ends an active relationship; it goes through `terminationRequested` and `terminating`."""
    return _ask(gdap_id, "terminate")


def _ask(gdap_id: str, action: str) -> Request:
    path = f"{_RELATIONSHIPS}/{gdap_id}/requests"
    body = json_bytes({"action": action})
    return Request(method="POST", path=path, body=body, service="graph")


def extend_gdap(*, gdap_id: str, etag: str, auto_extend: str = "P180D") -> Request:
    """Lets the relationship extend itself before its end; `etag` is of the one just read.

    `Stale` when it changed meanwhile: read it again. `PT0S` switches it off.
    """
    return Request(
        method="PATCH",
        path=f"{_RELATIONSHIPS}/{gdap_id}",
        body=json_bytes({"autoExtendDuration": auto_extend}),
        service="graph",
        if_match=etag,
    )


def assign_gdap(*, gdap_id: str, group_id: str, role_ids: Sequence[str]) -> Request:
    """Gives the approved roles to one security group of the provider."""
    container = {"accessContainerId": group_id, "accessContainerType": "securityGroup"}
    body = {"accessContainer": container, "accessDetails": _access(role_ids)}
    path = f"{_RELATIONSHIPS}/{gdap_id}/accessAssignments"
    return Request(method="POST", path=path, body=json_bytes(body), service="graph")


def _access(role_ids: Sequence[str]) -> dict[str, Any]:
    return {"unifiedRoles": [{"roleDefinitionId": role_id} for role_id in role_ids]}


def add_domain(*, customer_id: str, name: str) -> Request:
    """Adds a domain to the customer's tenant, unverified."""
    return _in_tenant(customer_id, "POST", "/domains", json_bytes({"id": name}))


def verify_domain(*, customer_id: str, name: str) -> Request:
    """Asks Microsoft to look for the verification record now."""
    return _in_tenant(customer_id, "POST", f"/domains/{quote(name)}/verify", b"")


def enable_services(*, customer_id: str, name: str, services: Sequence[str]) -> Request:
    """The services that use a verified domain: `Email`, `OfficeCommunicationsOnline`, `Intune`."""
    body = json_bytes({"supportedServices": list(services)})
    return _in_tenant(customer_id, "PATCH", f"/domains/{quote(name)}", body)


def _in_tenant(customer_id: str, method: str, path: str, body: bytes) -> Request:
    return Request(
        method=method, path=path, body=body, service="graph", customer_tenant=customer_id
    )
