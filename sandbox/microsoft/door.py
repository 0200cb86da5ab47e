"""The front door of Partner Center: tokens, headers, idempotency, the byte order mark."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.routing import Rule

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.microsoft import throttle, tokens
from sandbox.microsoft.casing import camel
from sandbox.microsoft.refusal import Refusal, front

if TYPE_CHECKING:
    from sandbox.world import World

ANSWERS_KEPT = 20_000
NOTHING = object()


@dataclass(frozen=True)
class Call:
    """One call that passed the door."""

    request: Request
    world: World
    token: tokens.Token

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent, in camelCase and without nulls.

        Raises:
            Refusal: 400 when there is none.
        """
        found = camel(self.raw_body())
        if not isinstance(found, dict):
            raise front(400, 800002, "Invalid request input")
        return found

    def raw_body(self) -> Any:
        """The JSON that was sent, as it was written."""
        try:
            return json.loads(self.request.get_data().decode("utf-8-sig") or "null")
        except ValueError:
            raise front(400, 800002, "Invalid request input") from None

    def query(self, name: str) -> str:
        """A parameter of the query, whatever its casing."""
        wanted = name.lower()
        return next((v for k, v in self.request.args.items() if k.lower() == wanted), "")


@dataclass(frozen=True)
class Reply:
    """An answer: JSON (or `NOTHING`), status, further headers."""

    body: Any = NOTHING
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    mark: bool = True


Handler = Callable[..., Reply]
READERS: dict[str, Handler] = {}


def partner(
    methods: str, path: str, handler: Handler, *, user: bool = False, catalogue: bool = False
) -> Rule:
    """A route of Partner Center.

    `user`: app-only tokens are refused. `catalogue`: the service whose answers have no byte order
    mark and whose headers come doubled.
    """
    if methods == "GET":
        READERS[path] = handler

    def serve(request: Request, world: World, **path_args: str) -> Response:
        try:
            throttle.check(request, world)
            reply = _decide(request, world, handler, user, path_args, READERS.get(path))
        except Refusal as refusal:
            return _head(refusal.response(), request, doubled=catalogue)
        return _head(_response(reply, mark=not catalogue), request, doubled=catalogue)

    return rule(methods, path, serve)


def _decide(
    request: Request,
    world: World,
    handler: Handler,
    user: bool,
    path_args: dict[str, str],
    reader: Handler | None,
) -> Reply:
    authorization = request.headers.get("Authorization", "")
    token = tokens.check(authorization, audience=tokens.PARTNER_CENTER)
    if token.tenant != world.table("provider")["self"]["tenant_id"]:
        raise front(403, 1002, "Authorization failed for the tenant of this token.")
    if user and token.is_app_only:
        text = "This resource does not support application-only authentication."
        raise front(403, 900329, text)
    call = Call(request, world, token)
    if request.method in ("GET", "HEAD"):
        return _told_mfa(call, handler(call, **path_args))
    look = partial(reader, call, **path_args) if reader else None

    def act() -> Reply:
        from sandbox.microsoft import writes

        customer_id = path_args.get("customer_id", "")
        return writes.carry_out(call, partial(handler, call, **path_args), look, customer_id)

    with world.change():
        return _told_mfa(call, _once(call, act))


def _told_mfa(call: Call, reply: Reply) -> Reply:
    """Whether the token bears a second factor, for a caller who asks with `ValidateMfa`."""
    if call.request.headers.get("ValidateMfa", "").lower() != "true":
        return reply
    said = "true" if call.token.has_mfa else "false"
    return replace(reply, headers={**reply.headers, "isMfaCompliant": said})


def _once(call: Call, act: Callable[[], Reply]) -> Reply:
    """Carry a write out, or repeat the first answer to the same id and the same bytes.

    The same id with another body is refused with 400: what Microsoft does then is not published.
    """
    key = call.request.headers.get("MS-RequestId", "").split(",")[0].strip().lower()
    if not key:
        return act()
    answers = call.world.table("answers")
    sent = (call.request.method, call.request.path, call.request.get_data())
    print_ = hashlib.sha256(repr(sent).encode()).hexdigest()
    known = answers.get(key)
    if known and known["print"] != print_:
        raise front(400, 2000, "MS-RequestId was used before with another request.")
    if known:
        body = known["body"] if known["has_body"] else NOTHING
        return Reply(body, known["status"], known["headers"], known["mark"])
    reply = act()
    answers[key] = {
        "print": print_,
        "has_body": reply.body is not NOTHING,
        "body": None if reply.body is NOTHING else reply.body,
        "status": reply.status,
        "headers": reply.headers,
        "mark": reply.mark,
    }
    _forget_old(answers)
    return reply


def _forget_old(answers: Any) -> None:
    if len(answers.committed) > ANSWERS_KEPT:
        for key in list(answers.committed)[: ANSWERS_KEPT // 10]:
            del answers[key]


def _response(reply: Reply, *, mark: bool) -> Response:
    if reply.body is NOTHING:
        return Response(status=reply.status, headers=reply.headers)
    if isinstance(reply.body, str) and reply.headers.get("Content-Type"):
        return Response(reply.body, reply.status, headers=reply.headers)
    response = json_response(reply.body, reply.status, mark=mark and reply.mark)
    response.headers.update(reply.headers)
    return response


def _head(response: Response, request: Request, *, doubled: bool) -> Response:
    asked, correlation = (
        request.headers.get(name) or str(uuid.uuid4())
        for name in ("MS-RequestId", "MS-CorrelationId")
    )
    locale = request.headers.get("X-Locale") or "en-US"
    times = 2 if doubled else 1
    vector = base64.b64encode(uuid.uuid4().bytes[:12]).decode()
    if request.path.startswith("/webhooks/") and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data()))
        response.headers.update({"Content-Encoding": "gzip", "Vary": "Accept-Encoding"})
    response.headers["MS-RequestId"] = ",".join([asked] * times)
    response.headers["MS-CorrelationId"] = ",".join([correlation] * times)
    response.headers["X-Locale"] = ",".join([locale] * 2)
    response.headers["MS-CV"] = f"{vector}.0"
    response.headers["MS-ServerId"] = "201022015"
    response.headers["Request-Context"] = "appId=cid-v1:03ce8ca8-8373-4021-8f25-d5dd45c7b12f"
    return response


def collection(items: list[Any], self_uri: str = "", **links: Any) -> dict[str, Any]:
    """The envelope of lists; `totalCount` counts this answer only."""
    shown = {**({"self": link(self_uri)} if self_uri else {}), **links}
    return {
        "totalCount": len(items),
        "items": items,
        **({"links": shown} if shown else {}),
        "attributes": {"objectType": "Collection"},
    }


def link(uri: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    """A link: relative, without the version."""
    sent = [{"key": name, "value": value} for name, value in headers.items()]
    return {"uri": uri, "method": method, "headers": sent}
