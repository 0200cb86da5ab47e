"""Graph: granular delegated admin relationships of the provider."""

from __future__ import annotations

import base64
import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from werkzeug import Response

from sandbox.answers import json_response
from sandbox.microsoft import owned
from sandbox.microsoft.data import load
from sandbox.microsoft.graph_door import GraphCall, graph, listing
from sandbox.microsoft.refusal import odata
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item

BASE = "/tenantRelationships/delegatedAdminRelationships"
CONTEXT = "https://graph.microsoft.com/v1.0/tenantRelationships/$metadata#"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
DAYS = re.compile(r"P(?:(\d+)Y)?(?:(\d+)D)?")


def _need_person(call: GraphCall) -> None:
    if call.token.is_app_only or not call.is_provider:
        raise odata(403, "Forbidden", "Insufficient privileges to complete the operation.")


def create(call: GraphCall) -> Response:
    """A relationship that is not shown to the customer yet."""
    _need_person(call)
    body, world = call.body(), call.world
    name, tenant = str(body.get("displayName", "")), _tenant(call, body)
    if not 1 <= len(name) <= 50:
        raise odata(400, "badRequest", "displayName must have 1 to 50 characters.")
    days, wanted = _days(str(body.get("duration", ""))), _roles(body)
    extend = str(body.get("autoExtendDuration", "PT0S"))
    if extend not in ("PT0S", "P0D", "P180D"):
        raise odata(400, "badRequest", "autoExtendDuration must be PT0S, P0D or P180D.")
    if extend == "P180D" and GLOBAL_ADMINISTRATOR in wanted:
        raise odata(400, "badRequest", "A relationship with Global Administrator cannot extend.")
    with world.change():
        if name.lower() in world.table("gdap_names"):
            raise odata(409, "conflict", f"A relationship named '{name}' exists already.")
        now = world.now()
        found: Item = {
            "id": f"{uuid.uuid4()}-{uuid.uuid4()}",
            "name": name,
            "tenant": tenant,
            "status": "created",
            "days": days,
            "duration": body["duration"],
            "extend": extend,
            "roles": wanted,
            "created": stamp(now),
            "modified": stamp(now),
            "activated": "",
            "ends": stamp(now + timedelta(days=days)),
            "locked_at": "",
            "active_at": "",
            "assignments": [],
        }
        owned.add(world, "gdap", tenant, found)
        world.table("gdap_names")[name.lower()] = {"id": found["id"]}
    response = json_response(view(call, found), 201)
    response.headers["Location"] = f"https://graph.microsoft.com/v1.0{BASE}/{found['id']}"
    return response


def _tenant(call: GraphCall, body: Item) -> str:
    tenant = str((body.get("customer") or {}).get("tenantId", "")).lower()
    if tenant and tenant not in call.world.table("customers"):
        raise odata(400, "badRequest", f"The tenant {tenant} is not known.")
    return tenant


def _days(duration: str) -> int:
    match = DAYS.fullmatch(duration)
    days = int(match[1] or 0) * 365 + int(match[2] or 0) if match else 0
    if not 1 <= days <= 730:
        raise odata(400, "badRequest", "duration must be from P1D to P2Y.")
    return days


def _roles(body: Item) -> list[str]:
    given = (body.get("accessDetails") or {}).get("unifiedRoles") or []
    wanted = [str(role.get("roleDefinitionId", "")).lower() for role in given]
    if not wanted or any(role not in load("roles") for role in wanted):
        raise odata(400, "badRequest", "unifiedRoles must name known roles.")
    return wanted


def view(call: GraphCall, found: Item) -> Item:
    """A relationship as Graph shows it."""
    customer = call.world.table("customers").get(found["tenant"])
    named = (
        {"tenantId": found["tenant"], "displayName": customer["company_name"]} if customer else None
    )
    return {
        "@odata.type": "#microsoft.graph.delegatedAdminRelationship",
        "@odata.context": f"{CONTEXT}delegatedAdminRelationships",
        "@odata.etag": _etag(found["modified"] + found["status"]),
        "id": found["id"],
        "displayName": found["name"],
        "duration": found["duration"],
        "customer": named,
        "accessDetails": {"unifiedRoles": [{"roleDefinitionId": r} for r in found["roles"]]},
        "status": found["status"],
        "autoExtendDuration": found["extend"],
        "createdDateTime": found["created"],
        "lastModifiedDateTime": found["modified"],
        "activatedDateTime": found["activated"],
        "endDateTime": found["ends"],
    }


def _etag(version: str) -> str:
    return 'W/"' + base64.b64encode(version.encode()).decode() + '"'


def _find(call: GraphCall, gdap_id: str) -> Item:
    _need_person(call)
    found = call.world.table("gdap").get(gdap_id.lower())
    if not found:
        raise odata(404, "itemNotFound", "The delegated admin relationship does not exist.")
    return found


def list_all(call: GraphCall) -> Response:
    """All, or those of one customer (`$filter=customer/tenantId eq '...'`)."""
    _need_person(call)
    wanted = re.search(r"tenantId eq '([0-9a-fA-F-]+)'", call.request.args.get("$filter", ""))
    tenant = wanted[1].lower() if wanted else ""
    found = [g for g in call.world.table("gdap").values() if tenant in ("", g["tenant"])]
    return listing([view(call, g) for g in found], "delegatedAdminRelationships")


def get(call: GraphCall, gdap_id: str) -> Response:
    """One relationship."""
    return json_response(view(call, _find(call, gdap_id)))


def act(call: GraphCall, gdap_id: str) -> Response:
    """`lockForApproval`, `approve` is the customer's, `terminate`."""
    action = str(call.body().get("action", ""))
    with call.world.change():
        found = _find(call, gdap_id)
        if action == "lockForApproval":
            if found["status"] != "created":
                raise odata(409, "conflict", "The relationship has been locked already.")
            found |= {
                "status": "approvalPending",
                "locked_at": call.world.real_now().isoformat(),
                "modified": stamp(call.world.now()),
            }
            call.world.table("gdap_waiting")[found["id"]] = {}
        elif action == "terminate" and found["status"] == "active":
            found |= {"status": "terminated", "modified": stamp(call.world.now())}
        else:
            raise odata(400, "badRequest", f"The action {action} is not possible.")
    now = stamp(call.world.now())
    body = {
        "@odata.type": "#microsoft.graph.delegatedAdminRelationshipRequest",
        "@odata.context": f"{CONTEXT}requests",
        "id": str(uuid.uuid4()),
        "action": action,
        "status": "created",
        "createdDateTime": now,
        "lastModifiedDateTime": now,
    }
    return json_response(body, 201)


def delete(call: GraphCall, gdap_id: str) -> Response:
    """Possible only before it was locked, with `If-Match`."""
    with call.world.change():
        found = _find(call, gdap_id)
        if not call.request.headers.get("If-Match"):
            raise odata(412, "preconditionFailed", "If-Match is needed.")
        if found["status"] != "created":
            raise odata(400, "badRequest", "Only a relationship in status created can be deleted.")
        del call.world.table("gdap")[found["id"]]
        del call.world.table("gdap_names")[found["name"].lower()]
    return Response(status=204)


def assign(call: GraphCall, gdap_id: str) -> Response:
    """Give roles of an active relationship to a security group."""
    body = call.body()
    container = str((body.get("accessContainer") or {}).get("accessContainerId", ""))
    wanted = _roles(body)
    with call.world.change():
        found = _find(call, gdap_id)
        if found["status"] != "active":
            raise odata(400, "badRequest", "The relationship is not active.")
        if not container or not set(wanted) <= set(found["roles"]):
            raise odata(400, "badRequest", "The group or its roles are not those granted.")
        if any(a["container"] == container for a in found["assignments"]):
            raise odata(409, "conflict", "This group has an access assignment already.")
        assignment: Item = {
            "id": str(uuid.uuid4()),
            "container": container,
            "roles": wanted,
            "created": stamp(call.world.now()),
            "active_at": call.world.due("access_assignment"),
        }
        found["assignments"].append(assignment)
    return json_response(_assignment(call, assignment, is_new=True), 201)


def assignments(call: GraphCall, gdap_id: str) -> Response:
    """Which groups have which roles."""
    found = _find(call, gdap_id)
    return listing([_assignment(call, a) for a in found["assignments"]], "accessAssignments")


def _assignment(call: GraphCall, found: Item, *, is_new: bool = False) -> Item:
    is_active = not is_new and call.world.is_past(found["active_at"])
    return {
        "@odata.type": "#microsoft.graph.delegatedAdminAccessAssignment",
        "@odata.context": f"{CONTEXT}accessAssignments",
        "@odata.etag": _etag(found["active_at"]),
        "id": found["id"],
        "status": "active" if is_active else "pending",
        "createdDateTime": found["created"],
        "lastModifiedDateTime": found["created"],
        "accessContainer": {
            "accessContainerId": found["container"],
            "accessContainerType": "securityGroup",
        },
        "accessDetails": {"unifiedRoles": [{"roleDefinitionId": r} for r in found["roles"]]},
    }


RULES = [
    graph("POST", BASE, create),
    graph("GET", BASE, list_all),
    graph("GET", f"{BASE}/<gdap_id>", get),
    graph("DELETE", f"{BASE}/<gdap_id>", delete),
    graph("POST", f"{BASE}/<gdap_id>/requests", act),
    graph("POST", f"{BASE}/<gdap_id>/accessAssignments", assign),
    graph("GET", f"{BASE}/<gdap_id>/accessAssignments", assignments),
]
