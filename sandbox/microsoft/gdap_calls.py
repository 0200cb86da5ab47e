"""Graph: granular delegated admin relationships of the provider."""

from __future__ import annotations

import base64
import re
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from werkzeug import Response

from sandbox.answers import json_response
from sandbox.microsoft import gdap, owned
from sandbox.microsoft.data import load
from sandbox.microsoft.graph_door import GraphCall, graph, listing
from sandbox.microsoft.refusal import odata
from sandbox.microsoft.times import read, stamp

if TYPE_CHECKING:
    from sandbox.table import Item

BASE = "/tenantRelationships/delegatedAdminRelationships"
CONTEXT = "https://graph.microsoft.com/v1.0/tenantRelationships/$metadata#"
EXTENDABLE = {"autoExtendDuration"}
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
DAYS = re.compile(r"P(?:(\d+)Y)?(?:(\d+)D)?")


def _need_person(call: GraphCall) -> None:
    if call.token.is_app_only or not call.is_provider:
        raise odata(403, "Forbidden", "Insufficient privileges to complete the operation.")


def create(call: GraphCall) -> Response:
    """A relationship that is not shown to the customer yet."""
    _need_person(call)
    body, world = call.body(), call.world
    days, now = _days(str(body.get("duration", ""))), world.now()
    found: Item = {
        "id": f"{uuid.uuid4()}-{uuid.uuid4()}",
        "name": str(body.get("displayName", "")),
        "tenant": _tenant(call, body),
        "status": "created",
        "days": days,
        "duration": body["duration"],
        "extend": str(body.get("autoExtendDuration", "PT0S")),
        "roles": roles_of(body),
        "created": stamp(now),
        "modified": stamp(now),
        "activated": "",
        "ends": stamp(now + timedelta(days=days)),
        "locked_at": "",
        "active_at": "",
        "assignments": [],
    }
    _check(found)
    with world.change():
        _rename(call, found, found["name"])
        owned.add(world, "gdap", found["tenant"], found)
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


def roles_of(body: Item) -> list[str]:
    """The known roles that a body names.

    Raises:
        Refusal: 400.
    """
    given = (body.get("accessDetails") or {}).get("unifiedRoles") or []
    wanted = [str(role.get("roleDefinitionId", "")).lower() for role in given]
    if not wanted or any(role not in load("roles") for role in wanted):
        raise odata(400, "badRequest", "unifiedRoles must name known roles.")
    return wanted


def view(call: GraphCall, found: Item) -> Item:
    """A relationship as Graph shows it."""
    found = gdap.as_of(found, call.world.now())
    customer = call.world.table("customers").get(found["tenant"])
    named = (
        {"tenantId": found["tenant"], "displayName": customer["company_name"]} if customer else None
    )
    return {
        "@odata.type": "#microsoft.graph.delegatedAdminRelationship",
        "@odata.context": f"{CONTEXT}delegatedAdminRelationships",
        "@odata.etag": _version(call, found),
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


def _version(call: GraphCall, found: Item) -> str:
    return etag(found["modified"] + gdap.as_of(found, call.world.now())["status"])


def etag(version: str) -> str:
    """A weak ETag."""
    return 'W/"' + base64.b64encode(version.encode()).decode() + '"'


def need_match(call: GraphCall, wanted: str) -> None:
    """Pass where `If-Match` names the version that is there.

    Raises:
        Refusal: 412.
    """
    if call.request.headers.get("If-Match", "").strip() not in ("*", wanted):
        raise odata(412, "preconditionFailed", "If-Match is needed, with the last ETag.")


def find(call: GraphCall, gdap_id: str) -> Item:
    """A relationship of the provider.

    Raises:
        Refusal: 403 for an application alone, 404.
    """
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
    return json_response(view(call, find(call, gdap_id)))


def act(call: GraphCall, gdap_id: str) -> Response:
    """`lockForApproval`, `approve` is the customer's, `terminate`."""
    action = str(call.body().get("action", ""))
    with call.world.change():
        found = find(call, gdap_id)
        if action == "lockForApproval":
            if found["status"] != "created":
                raise odata(409, "conflict", "The relationship has been locked already.")
            found |= {
                "status": "approvalPending",
                "locked_at": call.world.real_now().isoformat(),
                "modified": stamp(call.world.now()),
            }
            call.world.table("gdap_waiting")[found["id"]] = {}
        elif action == "terminate" and found["status"] in ("active", "approvalPending"):
            found |= {"status": "terminated", "modified": stamp(call.world.now())}
            gdap.tell(call.world, "terminated", found)
        else:
            raise odata(400, "badRequest", f"The action {action} is not possible.")
    now, request_id = stamp(call.world.now()), str(uuid.uuid4())
    body = {
        "@odata.type": "#microsoft.graph.delegatedAdminRelationshipRequest",
        "@odata.context": f"{CONTEXT}requests",
        "id": request_id,
        "action": action,
        "status": "created",
        "createdDateTime": now,
        "lastModifiedDateTime": now,
    }
    response = json_response(body, 201)
    base = f"https://graph.microsoft.com/v1.0{BASE}"
    response.headers["Location"] = f"{base}/{gdap_id}/requests/{request_id}"
    return response


def delete(call: GraphCall, gdap_id: str) -> Response:
    """Possible only before it was locked, with `If-Match`."""
    with call.world.change():
        found = find(call, gdap_id)
        need_match(call, _version(call, found))
        if found["status"] != "created":
            raise odata(400, "badRequest", "Only a relationship in status created can be deleted.")
        del call.world.table("gdap")[found["id"]]
        del call.world.table("gdap_names")[found["name"].lower()]
    return Response(status=204)


def update(call: GraphCall, gdap_id: str) -> Response:
    """Before it was locked everything; later only whether it extends itself. Needs `If-Match`."""
    body = call.body()
    with call.world.change():
        found = find(call, gdap_id)
        need_match(call, _version(call, found))
        status = gdap.as_of(found, call.world.now())["status"]
        if status != "created" and (status not in gdap.IN_FORCE or set(body) - EXTENDABLE):
            raise odata(400, "badRequest", f"Not possible in the status {status}.")
        wanted = {**found, **_wanted(call, found, body)}
        _check(wanted)
        _rename(call, found, wanted["name"])
        found |= {**wanted, "modified": stamp(call.world.now())}
    return json_response(view(call, found))


def _wanted(call: GraphCall, found: Item, body: Item) -> Item:
    wanted: Item = {}
    if "displayName" in body:
        wanted["name"] = str(body["displayName"])
    if "customer" in body:
        wanted["tenant"] = _tenant(call, body)
    if "duration" in body:
        days = _days(str(body["duration"]))
        ends = stamp(read(found["created"]) + timedelta(days=days))
        wanted |= {"duration": body["duration"], "days": days, "ends": ends}
    if "accessDetails" in body:
        wanted["roles"] = roles_of(body)
    if "autoExtendDuration" in body:
        wanted["extend"] = str(body["autoExtendDuration"])
    return wanted


def _check(wanted: Item) -> None:
    if not 1 <= len(wanted["name"]) <= 50:
        raise odata(400, "badRequest", "displayName must have 1 to 50 characters.")
    if wanted["extend"] not in ("PT0S", "P0D", "P180D"):
        raise odata(400, "badRequest", "autoExtendDuration must be PT0S, P0D or P180D.")
    if wanted["extend"] == "P180D" and GLOBAL_ADMINISTRATOR in wanted["roles"]:
        raise odata(400, "badRequest", "A relationship with Global Administrator cannot extend.")


def _rename(call: GraphCall, found: Item, name: str) -> None:
    names = call.world.table("gdap_names")
    if names.get(name.lower(), {"id": found["id"]})["id"] != found["id"]:
        raise odata(409, "conflict", f"A relationship named '{name}' exists already.")
    names.pop(found["name"].lower(), None)
    names[name.lower()] = {"id": found["id"]}


RULES = [
    graph("POST", BASE, create),
    graph("GET", BASE, list_all),
    graph("GET", f"{BASE}/<gdap_id>", get),
    graph("PATCH", f"{BASE}/<gdap_id>", update),
    graph("DELETE", f"{BASE}/<gdap_id>", delete),
    graph("POST", f"{BASE}/<gdap_id>/requests", act),
]
