"""What the authority says when it refuses."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from werkzeug import Response

from sandbox.answers import json_response

if TYPE_CHECKING:
    from sandbox.world import World


class LoginError(Exception):
    """The authority refuses; `code` is the number after AADSTS."""

    def __init__(self, status: int, error: str, code: int, text: str) -> None:
        super().__init__(text)
        self.status, self.error, self.code, self.text = status, error, code, text

    def response(self, world: World) -> Response:
        """The error as OAuth wants it, with Microsoft's additions."""
        trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
        at = f"{world.real_now():%Y-%m-%d %H:%M:%SZ}"
        parts = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}"
        body = {
            "error": self.error,
            "error_description": f"AADSTS{self.code}: {self.text} {parts}",
            "error_codes": [self.code],
            "timestamp": at,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.code}",
        }
        return json_response(body, self.status)


def invalid_grant(code: int, text: str) -> LoginError:
    """400: what was shown in place of a password is not accepted."""
    return LoginError(400, "invalid_grant", code, text)
