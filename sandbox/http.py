"""Requests in, answers out: the glue around every service.

A service is a list of werkzeug rules whose endpoints are `(request, world, **path) -> Response`.
Faults, the log of calls and the turned clock's `Date` are added here, for all services alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from werkzeug import Request, Response
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound
from werkzeug.http import http_date
from werkzeug.routing import Map, Rule

from sandbox.answers import json_response
from sandbox.faulty import Dropped, Played, play
from sandbox.refusals import unknown_path

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from sandbox.world import World

__all__ = ["Dropped", "Endpoint", "Sandbox", "json_body", "json_response", "rule", "service_of"]

Endpoint = Callable[..., Response]
SERVICES: tuple[tuple[str, str], ...] = (
    ("ovh", r"^/1\.0(/|$)"),
    ("partnercenter", r"^/v1/|^/webhooks/v1/|^/v1\.0/sales/"),
    ("graph", r"^/(v1\.0|beta)/"),
    ("login", r"^/[^/]+/(oauth2|v2\.0|discovery|\.well-known)/|^/common/"),
)
ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def rule(methods: str, path: str, endpoint: Endpoint) -> Rule:
    """A route: methods separated by spaces, a werkzeug path, the callable that answers."""
    return Rule(path, methods=methods.split(), endpoint=endpoint)


def json_body(request: Request) -> dict[str, Any]:
    """The JSON object sent to the control API, whatever its content type.

    Raises:
        BadRequest: it is none.
    """
    body = request.get_json(force=True)
    if not isinstance(body, dict):
        raise BadRequest("a JSON object is wanted")
    return body


def service_of(path: str) -> str:
    """Which service a path belongs to; empty: the sandbox's own pages and control API."""
    return next((name for name, pattern in SERVICES if re.match(pattern, path)), "")


class Sandbox:
    """The WSGI application."""

    def __init__(self, world: World, paths: Map) -> None:
        self.world = world
        self._map = paths

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # Some Graph clients repeat the version of their base address in the path.
        environ["PATH_INFO"] = environ["PATH_INFO"].replace("/v1.0/v1.0/", "/v1.0/", 1)
        request = Request(environ)
        service = service_of(request.path)
        response = self._serve(request, service) if service else self._answer(request)
        response.headers.setdefault("Date", http_date(self.world.now()))
        return response(environ, start_response)

    def _serve(self, request: Request, service: str) -> Response:
        path = request.path + (f"?{request.query_string.decode()}" if request.query_string else "")
        fault = self.world.faults.match(service, request.method, path)
        played = Played(None) if not fault else Played(fault.kind)
        try:
            response = (
                play(fault, service, lambda: self._answer(request), played)
                if fault
                else self._answer(request)
            )
        except Dropped:
            self._record(request, service, 0, played)
            raise
        self._record(request, service, response.status_code, played)
        return response

    def _record(self, request: Request, service: str, status: int, played: Played) -> None:
        request_id = request.headers.get("MS-RequestId") or request.headers.get(
            "client-request-id", ""
        )
        self.world.record_call(
            service,
            request.method,
            request.path,
            status,
            request_id,
            query=request.query_string.decode(errors="replace"),
            fault=played.kind,
            done=played.done_status,
        )

    def _answer(self, request: Request) -> Response:
        adapter = self._map.bind(request.host or "sandbox", path_info=request.path)
        try:
            endpoint, arguments = adapter.match(method=request.method)
            response: Response = endpoint(request, self.world, **arguments)
        except (NotFound, MethodNotAllowed):
            return self._unknown(request)
        except HTTPException as error:
            return Response(str(error.description), error.code or 500)
        return response

    def _unknown(self, request: Request) -> Response:
        return unknown_path(service_of(request.path), request)
