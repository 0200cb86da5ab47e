"""The door of Graph: tokens, errors in OData's shape, no byte order mark."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.routing import Rule

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft import gdap, tokens
from sandbox.microsoft.refusal import Refusal, odata

if TYPE_CHECKING:
    from sandbox.world import World


@dataclass(frozen=True)
class GraphCall:
    """One call that passed the door."""

    request: Request
    world: World
    token: tokens.Token

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent.

        Raises:
            Refusal: 400 when there is none.
        """
        try:
            found = json.loads(self.request.get_data().decode("utf-8-sig") or "{}")
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise odata(400, "BadRequest", "Unable to read JSON request payload.")
        return found

    @property
    def is_provider(self) -> bool:
        """Whether the token is for the provider's own tenant."""
        own: str = self.world.table("provider")["self"]["tenant_id"]
        return self.token.tenant == own


def graph(methods: str, path: str, handler: Callable[..., Response]) -> Rule:
    """A route of Graph below `/v1.0`."""

    def serve(request: Request, world: World, **path_args: str) -> Response:
        gdap.settle(world)
        try:
            call = GraphCall(request, world, _token(request))
            response = handler(call, **path_args)
        except Refusal as refusal:
            response = refusal.response()
        response.headers["request-id"] = str(uuid.uuid4())
        asked = request.headers.get("client-request-id") or response.headers["request-id"]
        response.headers["client-request-id"] = asked
        return response

    return rule(methods, f"/v1.0{path}", serve)


def _token(request: Request) -> tokens.Token:
    authorization = request.headers.get("Authorization", "")
    try:
        return tokens.check(authorization, audience=tokens.GRAPH)
    except Refusal:
        text = "Access token is missing, malformed, expired or for another audience."
        raise odata(401, "InvalidAuthenticationToken", text) from None


def listing(items: list[dict[str, Any]], context: str) -> Response:
    """A collection as OData envelops it."""
    base = "https://graph.microsoft.com/v1.0/$metadata#"
    return json_response({"@odata.context": base + context, "value": items})
