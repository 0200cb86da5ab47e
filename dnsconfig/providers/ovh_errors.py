"""What OVH's answers, or their absence, mean: the families of `common.errors`."""

from typing import Any

import requests

from common.errors import (
    Busy,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    Refused,
    RemoteError,
)

EXPIRED = 460
"""OVH's own status: the credential has expired."""


def answer_of(response: requests.Response, method: str, path: str, *, is_void: bool = False) -> Any:
    """The JSON value of a good answer. Raises RemoteError for all others.

    `is_void`: no value is expected; OVH has answered such calls with `null`, 204, or nothing.
    """
    status = response.status_code
    if status == 204 or (is_void and status == 200 and not response.content):
        return None
    try:
        value = response.json()
    except requests.JSONDecodeError as error:
        raise _unclear(method, f"{method} {path}: no JSON, status {status}", "html") from error
    if status < 300:
        return value
    raise _error_of(response, value if isinstance(value, dict) else {}, method, path)


def no_answer(error: requests.RequestException, method: str, path: str) -> RemoteError:
    """A call that was not answered: nothing was sent when no connection was made."""
    told = f"{method} {path}: {type(error).__name__}"
    never_sent = isinstance(error, requests.ConnectTimeout) or "NewConnectionError" in str(error)
    return Busy(told, code="connection") if never_sent else _unclear(method, told, "connection")


def _unclear(method: str, text: str, code: str) -> RemoteError:
    return Busy(text, code=code) if method == "GET" else OutcomeUnknown(text, code=code)


def _error_of(
    response: requests.Response, value: dict[str, Any], method: str, path: str
) -> RemoteError:
    status = response.status_code
    told = " ".join([value.get("message") or response.reason, *_denied(value)])
    code = value.get("errorCode") or value.get("class") or str(status)
    asked = response.headers.get("X-OVH-QUERYID", "")
    call = f"{method} {path.partition('?')[0]}"
    if status in (401, 403, EXPIRED) or "Invalid signature" in told:
        return Misconfigured(f"OVH: {told} ({call})", code=code, request_id=asked)
    if status == 404:
        return NotFound(f"OVH: {told} ({call})", code=code, request_id=asked)
    if status in (409, 429):
        return Busy(
            f"OVH: {told} ({call})",
            retry_after=_seconds(response.headers.get("Retry-After", "")),
            code=code,
            request_id=asked,
        )
    if status == 408 or status >= 500:
        return _unclear(method, f"OVH: {told} ({call})", code)
    return Refused(f"OVH: {told} ({call})", code=code, request_id=asked)


def _denied(value: dict[str, Any]) -> list[str]:
    """The rights that a policy withholds, such as `dnsZone:apiovh:record/create`."""
    details = value.get("details")
    denied = details.get("unauthorizedActionsByIAM") if isinstance(details, dict) else None
    return [str(denied)] if denied else []


def _seconds(text: str) -> float | None:
    return float(text) if text.isdigit() else None
