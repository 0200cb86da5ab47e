"""One exchange with Microsoft: token, headers, time-outs, and what the answer means."""

import logging
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx

from common.errors import Busy, RemoteError
from partnercenter.budget import Budget, Unlimited, resource_of
from partnercenter.request import Answer, Request
from partnercenter.rest.certificates import Certificates
from partnercenter.rest.clock import Clock
from partnercenter.rest.failures import failure, retry_after, unclear
from partnercenter.rest.options import Options
from partnercenter.rest.sentences import (
    BROKEN,
    CUT_OFF,
    NO_CALLS_LEFT,
    NOT_MICROSOFT,
    TOO_SLOW,
    UNREACHABLE,
)
from partnercenter.rest.tokens import Tokens
from partnercenter.signin import ConfiguredToken, TokenStore
from partnercenter.wire import load

log = logging.getLogger(__name__)

_NONE: Mapping[str, str] = {}
_NEVER_PROXIED = {"all://127.0.0.1": None, "all://localhost": None}
_SHORT = 5.0  # seconds that a call waits for its turn instead of being put off
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Session:
    """Sends requests over one pool of connections. Safe to share between threads."""

    def __init__(
        self,
        options: Options,
        *,
        transport: httpx.BaseTransport | None = None,
        on_clock: Callable[[timedelta], None] | None = None,
        token_store: TokenStore | None = None,
        budget: Budget | None = None,
    ) -> None:
        limits = httpx.Limits(max_connections=50, max_keepalive_connections=20)
        self.options = options
        self.clock = Clock(on_clock)
        self.http = httpx.Client(transport=transport, limits=limits, mounts=_NEVER_PROXIED)
        self._budget = budget or Unlimited()
        store = token_store or ConfiguredToken(options.refresh_token)
        self._tokens = Tokens(options, self.http, store)
        self.certificates = Certificates(self.http, options)

    def close(self) -> None:
        """Gives the connections back."""
        self.http.close()

    def read(
        self,
        path: str,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] = _NONE,
        **members: Any,
    ) -> Answer:
        """A question that changes nothing; `members` are those of `Request`."""
        members.setdefault("method", "GET")
        request = Request(path=path, is_read=True, **members)
        return self.send(request, request_id=str(uuid.uuid4()), timeout=timeout, headers=headers)

    def send(
        self,
        request: Request,
        *,
        request_id: str,
        timeout: float | None = None,
        headers: Mapping[str, str] = _NONE,
    ) -> Answer:
        """One request, repeated once with a new token when Microsoft refuses the token."""
        wait = timeout or self.options.timeout
        self._queue(request, wait)
        token = self.token(request, wait)
        response = self._exchange(self._prepare(request, request_id, token, wait, headers), request)
        if response.status_code == 401:
            token = self.token(request, wait, refused=token)
            again = self._prepare(request, request_id, token, wait, headers)
            response = self._exchange(again, request)
        return self._judge(request, response, request_id)

    def _queue(self, request: Request, wait: float) -> None:
        """Waits a moment for a place in the minute's calls. Raises Busy when it takes longer."""
        resource = resource_of(request)
        while resource and (pause := self._budget.take(resource)):
            if pause > min(wait / 2, _SHORT):
                raise Busy(NO_CALLS_LEFT, retry_after=pause, code="budget")
            time.sleep(pause)

    def token(self, request: Request, wait: float, refused: str = "") -> str:
        """The access token a request is sent with."""
        return self._tokens.get(
            service=request.service,
            acts_as=request.acts_as,
            tenant=request.customer_tenant,
            wait=wait,
            refused=refused,
        )

    @contextmanager
    def stream(self, request: Request) -> Iterator[httpx.Response]:
        """A big answer, read piece by piece; raises as `send` does."""
        wait = self.options.timeout
        prepared = self._prepare(request, str(uuid.uuid4()), self.token(request, wait), wait)
        with translated(request):
            response = self.http.send(prepared, stream=True)
            try:
                if not response.is_success:
                    response.read()
                    raise failure(request, response, _request_id(response))
                yield response
            finally:
                response.close()

    def _exchange(self, prepared: httpx.Request, request: Request) -> httpx.Response:
        started = time.monotonic()
        with translated(request):
            response = self.http.send(prepared)
        took = (time.monotonic() - started) * 1000
        path = request.path.split("?")[0]
        log.info("%s %s %d in %d ms", request.method, path, response.status_code, took)
        self.clock.note(response.headers.get("Date", ""))
        if response.status_code == 429 and (resource := resource_of(request)):
            self._budget.hold(resource, retry_after(response) or _SHORT)
        return response

    def _prepare(
        self,
        request: Request,
        request_id: str,
        token: str,
        wait: float,
        more: Mapping[str, str] = _NONE,
    ) -> httpx.Request:
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "MS-RequestId": request_id,
            "MS-CorrelationId": request.correlation_id or request_id,
            "X-Locale": self.options.locale,
            **more,
        }
        if request.if_match:
            headers["If-Match"] = request.if_match
        if request.service == "graph":
            headers["client-request-id"] = request_id
        if request.body:
            headers["Content-Type"] = "application/json"
        return self.http.build_request(
            request.method,
            self.options.root(request.service) + request.path,
            headers=headers,
            content=request.body or None,
            timeout=httpx.Timeout(wait, connect=min(wait, self.options.connect_timeout)),
        )

    def _judge(self, request: Request, response: httpx.Response, request_id: str) -> Answer:
        seen_as = _request_id(response) or request_id
        if not response.is_success:
            raise failure(request, response, seen_as)
        value = None
        if _body_is_due(request, response):
            value = _value(request, response, seen_as)
        return Answer(
            status=response.status_code,
            value=value,
            body=response.content,
            location=response.headers.get("Location", ""),
            request_id=seen_as,
            headers=dict(response.headers),
        )


@contextmanager
def translated(request: Request) -> Iterator[None]:
    """Broken connections as errors: before sending nothing was done, after it nobody knows."""
    try:
        yield
    except _NOT_SENT as error:
        raise Busy(UNREACHABLE, code="connection") from error
    except httpx.TimeoutException as error:
        raise unclear(request, TOO_SLOW, code="timeout") from error
    except (httpx.RequestError, OSError) as error:
        raise unclear(request, BROKEN, code="connection") from error


def _request_id(response: httpx.Response) -> str:
    """Some services send `g,g`; Graph calls the header `request-id`."""
    headers = response.headers
    said = headers.get("MS-RequestId") or headers.get("request-id", "")
    return str(said).split(",")[0].strip()


def _body_is_due(request: Request, response: httpx.Response) -> bool:
    return request.method not in ("HEAD", "DELETE") and response.status_code in (200, 201)


def _value(request: Request, response: httpx.Response, request_id: str) -> Any:
    try:
        return load(response.content)
    except ValueError as error:
        raise _cut(request, response, request_id) from error


def _cut(request: Request, response: httpx.Response, request_id: str) -> RemoteError:
    if response.content.strip().startswith(b"<"):
        return unclear(request, NOT_MICROSOFT, code="html", request_id=request_id)
    return unclear(request, CUT_OFF, code="empty", request_id=request_id)
