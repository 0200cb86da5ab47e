"""Microsoft's refusals, turned into the errors that say who acts next.

Five shapes are met: the front door's `{code, description}`, the newer services' `{code, message,
errorName}`, the gateway's `{statusCode, message}`, Graph's `{error: {code, message}}`, and nothing.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from common.errors import (
    AlreadyDone,
    Busy,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    Refused,
    RemoteError,
    Stale,
)
from partnercenter.causes import Cause, Family, cause_of
from partnercenter.request import Request
from partnercenter.rest.clock import http_date
from partnercenter.rest.codes import CUSTOMER_RIGHTS
from partnercenter.rest.fields import field_of
from partnercenter.rest.sentences import NO_REASON, NOT_MICROSOFT, OWN_ERROR
from partnercenter.wire import Members, flag, load, member, text, texts

_DIRECTORY = re.compile(r"/(users|directoryroles|subscribedskus|applicationconsents)\b")
_MAKES = re.compile(r"/(users|applicationconsents)$")
_STALE = "2055"
_SECONDS = re.compile(r"again in (\d+) second")


@dataclass(frozen=True, slots=True)
class Failure:
    """An error body in any shape; empty when there was none."""

    code: str = ""
    message: str = ""
    data: tuple[str, ...] = ()
    is_retryable: bool = False

    @classmethod
    def parse(cls, value: Members) -> "Failure":
        inner = member(value, "error") or value
        return cls(
            code=text(inner, "code") or text(inner, "statusCode"),
            message=text(inner, "description") or text(inner, "message"),
            data=texts(inner, "data") if isinstance(inner.get("data"), list) else (),
            is_retryable=flag(inner, "isRetryable"),
        )


def unclear(
    request: Request,
    message: str,
    *,
    code: str,
    request_id: str = "",
    wait: float | None = None,
) -> RemoteError:
    """No answer: a write may have been done, a read is simply repeated, after `wait` seconds."""
    if request.is_read:
        return Busy(message, retry_after=wait, code=code, request_id=request_id)
    return OutcomeUnknown(message, code=code, request_id=request_id)


def failure(request: Request, response: httpx.Response, request_id: str) -> RemoteError:
    """The error that an answer outside 2xx means."""
    status = response.status_code
    if status == 408 or not 400 <= status < 500:
        wait = retry_after(response)
        return unclear(request, OWN_ERROR, code=f"http-{status}", request_id=request_id, wait=wait)
    body = _read(response)
    if body is None:
        return unclear(request, NOT_MICROSOFT, code="html", request_id=request_id)
    return _decided(request, response, body, request_id)


def _read(response: httpx.Response) -> Failure | None:
    """None when the body is there but nothing that Microsoft's services write."""
    if not response.content.strip():
        return Failure()
    try:
        value = load(response.content)
    except ValueError:
        return None
    return Failure.parse(value) if isinstance(value, dict) else None


def _decided(
    request: Request, response: httpx.Response, told: Failure, request_id: str
) -> RemoteError:
    """Our sentence where the code is known, Microsoft's own words beside it as `detail`."""
    # A code that only repeats the status says nothing, but for 412: that is 2055 elsewhere.
    is_code = told.code != str(response.status_code)
    code = _STALE if response.status_code == 412 else told.code
    cause = cause_of(code, request.path) if is_code or code == _STALE else None
    said = _with_data(told.message or NO_REASON, told.data)
    error = _error(request, response, told, cause, cause.text if cause else said)
    error.request_id = request_id
    error.detail = said if cause else ""
    return error


def _error(
    request: Request, response: httpx.Response, told: Failure, cause: Cause | None, message: str
) -> RemoteError:
    status, code = response.status_code, told.code
    family = cause.family if cause else None
    if status == 429 or family == Family.BUSY or told.is_retryable:
        return Busy(message, retry_after=retry_after(response, told.message), code=code)
    if family == Family.DONE or (status == 409 and _makes_something(request)):
        return AlreadyDone(message, code=code)
    if status == 412 or code == _STALE:
        return Stale(message, code=code or str(status))
    if status in (401, 403) and _is_about_customer(request, code):
        return Refused(message, code=code, field="gdap")
    is_operators = family == Family.OPERATOR or (status == 403 and not code)
    if status == 401 or is_operators:
        return Misconfigured(message, code=code or str(status))
    if family == Family.UNKNOWN or (status == 400 and not code and not told.message):
        return unclear(request, message, code=code or "empty")
    kind = NotFound if status in (404, 410) or family == Family.MISSING else Refused
    field = field_of(request.path, told.data) or (cause.field if cause else "")
    return kind(message, code=code, field=field)


def _makes_something(request: Request) -> bool:
    """A conflict there means: it exists. For a customer it would be somebody else's domain."""
    return request.service == "graph" or bool(_MAKES.search(request.path))


def _is_about_customer(request: Request, code: str) -> bool:
    if request.customer_tenant:
        return True
    return code in CUSTOMER_RIGHTS and bool(_DIRECTORY.search(request.path))


def _with_data(message: str, data: tuple[str, ...]) -> str:
    details = [item for item in data if item and not item.startswith("http")]
    return " ".join([message, *details])


def retry_after(response: httpx.Response, message: str = "") -> float | None:
    """Seconds to wait: the header as seconds or date, else what the text says."""
    header = response.headers.get("Retry-After", "").split(",")[0].strip()
    if header.isdecimal():
        return float(header)
    until = http_date(response.headers.get("Retry-After", ""))
    if until:
        now = http_date(response.headers.get("Date", "")) or datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    said = _SECONDS.search(message)
    return float(said[1]) if said else None
