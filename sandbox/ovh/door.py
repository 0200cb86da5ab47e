"""OVH's front door: application, consumer key, signature, rights; JSON in and out."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.routing import Rule

from sandbox.answers import json_response
from sandbox.http import rule
from sandbox.ovh.refusal import Refusal, bad_request
from sandbox.ovh.signature import is_signed

if TYPE_CHECKING:
    from sandbox.table import Item
    from sandbox.world import World

BASE = "/1.0"
VALIDATED = "validated"


@dataclass(frozen=True)
class Call:
    """One call that passed the door; `credential` is empty where none is wanted."""

    request: Request
    world: World
    credential: Item

    @property
    def account(self) -> str:
        """The NIC handle whose zones these are."""
        return str(self.credential["account"])

    def body(self) -> Item:
        """The JSON object that was sent.

        Raises:
            Refusal: 400 when there is none.
        """
        try:
            found = json.loads(self.request.get_data() or b"{}")
        except ValueError:
            raise bad_request("Invalid JSON received") from None
        if not isinstance(found, dict):
            raise bad_request("Invalid JSON received: an object is expected")
        return found

    def wanted(self, name: str) -> Any:
        """A member of the body that must be there.

        Raises:
            Refusal: 400 when it is not.
        """
        found = self.body().get(name)
        if found is None:
            raise bad_request(f"Missing parameter(s): {name}")
        return found


Handler = Callable[..., Any]


def ovh(methods: str, path: str, handler: Handler, *, is_open: bool = False) -> Rule:
    """A route of the API; its handler `(call, **path)` gives the JSON value, None is `null`.

    `is_open`: without signature.
    """

    def endpoint(request: Request, world: World, **path_args: Any) -> Response:
        try:
            credential = {} if is_open else _enter(request, world)
            response = json_response(handler(Call(request, world, credential), **path_args))
        except Refusal as refusal:
            response = refusal.response()
        if response.status_code != 404:
            # python-ovh adds the header to its message, and clients compare the one of a 404.
            response.headers["X-Ovh-QueryID"] = f"EU.ext-1.{uuid.uuid4().hex}"
        return response

    return rule(methods, BASE + path, endpoint)


def application_of(request: Request, world: World) -> Item:
    """The application that calls.

    Raises:
        Refusal: 403 when it is unknown.
    """
    key = request.headers.get("X-Ovh-Application", "")
    found = world.table("ovh_applications").get(key)
    if not found:
        raise Refusal(403, "INVALID_KEY", "Invalid application key")
    return found


def _enter(request: Request, world: World) -> Item:
    if not request.headers.get("X-Ovh-Application"):
        raise Refusal(403, "NOT_CREDENTIAL", "You must login first")
    application = application_of(request, world)
    key = request.headers.get("X-Ovh-Consumer", "")
    credential = world.table("ovh_credentials").get(key)
    if not credential or credential["application"] != application["key"]:
        raise Refusal(403, "INVALID_CREDENTIAL", "This credential does not exist")
    now = world.real_now().timestamp()
    if not is_signed(request, secret=application["secret"], consumer_key=key, now=now):
        raise Refusal(400, "INVALID_SIGNATURE", "Invalid signature")
    if credential["status"] != VALIDATED:
        raise Refusal(403, "INVALID_CREDENTIAL", "This credential is not valid")
    if not is_granted(credential["rules"], request.method, request.path.removeprefix(BASE)):
        raise Refusal(403, "NOT_GRANTED_CALL", "This call has not been granted")
    return credential


def is_granted(rules: list[Item], method: str, path: str) -> bool:
    """Whether one of the access rules allows a call; `*` in a rule's path is any text."""
    return any(
        each["method"] == method and re.fullmatch(_pattern(each["path"]), path) for each in rules
    )


def _pattern(path: str) -> str:
    return ".*".join(re.escape(part) for part in path.split("*"))
