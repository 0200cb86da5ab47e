"""Graph: which security groups of the provider have which roles of a relationship."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from werkzeug import Response

from sandbox.answers import json_response
from sandbox.microsoft import gdap
from sandbox.microsoft.gdap_calls import BASE, CONTEXT, etag, find, need_match, roles_of
from sandbox.microsoft.graph_door import GraphCall, graph, listing
from sandbox.microsoft.refusal import odata
from sandbox.microsoft.times import stamp

if TYPE_CHECKING:
    from sandbox.table import Item

GRAPH = "https://graph.microsoft.com/v1.0"
RETRY_AFTER = "10"


def assign(call: GraphCall, gdap_id: str) -> Response:
    """Give roles of an active relationship to a security group."""
    body = call.body()
    container = str((body.get("accessContainer") or {}).get("accessContainerId", ""))
    wanted = roles_of(body)
    with call.world.change():
        found = find(call, gdap_id)
        _check(call, found, wanted)
        if not container:
            raise odata(400, "badRequest", "accessContainerId is needed.")
        if any(a["container"] == container for a in found["assignments"]):
            raise odata(409, "conflict", "This group has an access assignment already.")
        now = stamp(call.world.now())
        assignment: Item = {
            "id": str(uuid.uuid4()),
            "container": container,
            "created": now,
            "is_active": False,
            **_given(call, wanted),
        }
        found["assignments"].append(assignment)
        call.world.table("gdap_waiting")[found["id"]] = {}
        gdap.tell_assignment(call.world, "created", found, assignment)
    response = json_response(_view(assignment), 201)
    path = f"{GRAPH}{BASE}/{gdap_id}/accessAssignments/{assignment['id']}"
    response.headers["Location"] = path
    return response


def _check(call: GraphCall, found: Item, wanted: list[str]) -> None:
    if gdap.as_of(found, call.world.now())["status"] not in gdap.IN_FORCE:
        raise odata(400, "badRequest", "The relationship is not active.")
    if not set(wanted) <= set(found["roles"]):
        raise odata(400, "badRequest", "The relationship does not have all of these roles.")


def _given(call: GraphCall, wanted: list[str]) -> Item:
    return {
        "roles": wanted,
        "modified": stamp(call.world.now()),
        "active_at": call.world.due("access_assignment"),
    }


def list_all(call: GraphCall, gdap_id: str) -> Response:
    """Which groups have which roles."""
    found = find(call, gdap_id)
    return listing([_view(each) for each in found["assignments"]], "accessAssignments")


def get(call: GraphCall, gdap_id: str, assignment_id: str) -> Response:
    """One assignment."""
    return json_response(_view(_find(call, gdap_id, assignment_id)[1]))


def update(call: GraphCall, gdap_id: str, assignment_id: str) -> Response:
    """Other roles: 202 with an operation to look at; 200 where nothing changes."""
    wanted = roles_of(call.body())
    with call.world.change():
        found, assignment = _find(call, gdap_id, assignment_id)
        need_match(call, _etag(assignment))
        _check(call, found, wanted)
        if set(wanted) == set(assignment["roles"]):
            return json_response(_view(assignment))
        assignment |= _given(call, wanted)
        gdap.tell_assignment(call.world, "updated", found, assignment)
    response = json_response({}, 202)
    response.headers["Location"] = f"{GRAPH}{BASE}/{gdap_id}/operations/{assignment['id']}"
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def operation(call: GraphCall, gdap_id: str, operation_id: str) -> Response:
    """How far a change of roles is."""
    _, assignment = _find(call, gdap_id, operation_id)
    is_done = call.world.is_past(assignment["active_at"])
    return json_response(
        {
            "@odata.type": "#microsoft.graph.delegatedAdminRelationshipOperation",
            "id": operation_id,
            "operationType": "delegatedAdminAccessAssignmentUpdate",
            "status": "succeeded" if is_done else "running",
            "createdDateTime": assignment["modified"],
            "lastModifiedDateTime": assignment["modified"],
        }
    )


def delete(call: GraphCall, gdap_id: str, assignment_id: str) -> Response:
    """Take a group's roles away."""
    with call.world.change():
        found, assignment = _find(call, gdap_id, assignment_id)
        need_match(call, _etag(assignment))
        found["assignments"].remove(assignment)
        gdap.tell_assignment(call.world, "deleted", found, assignment)
    return Response(status=204)


def _find(call: GraphCall, gdap_id: str, assignment_id: str) -> tuple[Item, Item]:
    found = find(call, gdap_id)
    for assignment in found["assignments"]:
        if assignment["id"] == assignment_id.lower():
            return found, assignment
    raise odata(404, "itemNotFound", "The access assignment does not exist.")


def _etag(found: Item) -> str:
    return etag(f"{found['modified']} {found['is_active']}")


def _view(found: Item) -> Item:
    return {
        "@odata.type": "#microsoft.graph.delegatedAdminAccessAssignment",
        "@odata.context": f"{CONTEXT}accessAssignments",
        "@odata.etag": _etag(found),
        "id": found["id"],
        "status": "active" if found["is_active"] else "pending",
        "createdDateTime": found["created"],
        "lastModifiedDateTime": found["modified"],
        "accessContainer": {
            "accessContainerId": found["container"],
            "accessContainerType": "securityGroup",
        },
        "accessDetails": {"unifiedRoles": [{"roleDefinitionId": r} for r in found["roles"]]},
    }


ONE = f"{BASE}/<gdap_id>"
ASSIGNMENT = f"{ONE}/accessAssignments/<assignment_id>"
RULES = [
    graph("POST", f"{ONE}/accessAssignments", assign),
    graph("GET", f"{ONE}/accessAssignments", list_all),
    graph("GET", ASSIGNMENT, get),
    graph("PATCH", ASSIGNMENT, update),
    graph("DELETE", ASSIGNMENT, delete),
    graph("GET", f"{ONE}/operations/<operation_id>", operation),
]
