"""Calls carried out as somebody else: another administrator of the provider, at Microsoft's portal.

What they change was not asked for by the program under test: it has to find out by itself.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.datastructures import Headers
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.routing import Map
from werkzeug.test import EnvironBuilder

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft import tokens
from sandbox.microsoft.rules import RULES as MICROSOFT

if TYPE_CHECKING:
    from sandbox.world import World

PORTAL_APPLICATION = "4990cffe-04e8-4e8b-808a-1175604b879f"  # Partner Center's own pages


def elsewhere(request: Request, world: World) -> Response:
    """`{"method", "path", "body", "headers"?, "user"?}`; the answer's status and body."""
    asked = request.get_json(force=True)
    if not isinstance(asked, dict) or not str(asked.get("path", "")).startswith("/v1"):
        raise BadRequest("a JSON object with method and path is wanted")
    answer = carry_out(world, **{"method": "POST", **asked})
    text = answer.get_data().decode("utf-8-sig")
    try:
        body = json.loads(text) if text else None
    except ValueError:
        body = text
    return json_response({"status": answer.status_code, "body": body})


def carry_out(
    world: World,
    *,
    method: str,
    path: str,
    body: Any = None,
    headers: dict[str, str] | None = None,
    user: str = "",
) -> Response:
    """One call to Partner Center or Graph by an administrator of the provider."""
    own = world.table("provider")["self"]
    is_graph = path.startswith("/v1.0/")
    token = tokens.issue(
        tenant=own["tenant_id"],
        application=PORTAL_APPLICATION,
        audience=tokens.GRAPH if is_graph else tokens.PARTNER_CENTER,
        user=user or f"admin@{own['domain']}",
    )
    sent = {**(headers or {}), "Authorization": f"Bearer {token}"}
    built = EnvironBuilder(path=path, method=method, json=body, headers=Headers(sent))
    asked = built.get_request()
    try:
        endpoint, arguments = _map().bind("sandbox", path_info=asked.path).match(method=method)
    except HTTPException as error:
        return Response(str(error.description), error.code or 500)
    response: Response = endpoint(asked, world, **arguments)
    return response


@cache
def _map() -> Map:
    return Map([each.empty() for each in MICROSOFT], strict_slashes=False, merge_slashes=False)


RULES = [rule("POST", "/_sandbox/elsewhere", elsewhere)]
