"""Errors in the shapes that Microsoft's services use."""

from __future__ import annotations

from typing import Any

from werkzeug import Response

from sandbox.answers import json_response


class Refusal(Exception):
    """The call is refused, and nothing of it is kept."""

    def __init__(
        self, status: int, body: dict[str, Any] | None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(body)
        self.status = status
        self.body = body
        self.headers = headers or {}

    def response(self) -> Response:
        """The answer; without a body where Microsoft sends none."""
        if self.body is None:
            return Response(status=self.status, headers=self.headers)
        response = json_response(self.body, self.status)
        response.headers.update(self.headers)
        return response


def front(status: int, code: int, text: str, *data: str, source: str = "PartnerFD") -> Refusal:
    """Shape of the front door, which most calls go through."""
    body = {"code": code, "description": text, "data": list(data), "source": source}
    return Refusal(status, body)


def newer(status: int, code: int, text: str, name: str) -> Refusal:
    """Shape of the newer services: agreements, account status."""
    return Refusal(
        status,
        {
            "code": code,
            "message": text,
            "description": text,
            "errorName": name,
            "isRetryable": False,
            "parameters": {},
            "errorMessageExtended": f"InternalErrorCode={code}",
        },
    )


def odata(status: int, code: str, text: str) -> Refusal:
    """Shape of Graph and of the price sheets."""
    return Refusal(status, {"error": {"code": code, "message": text}})
