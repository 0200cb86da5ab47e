"""OVH's two shapes of errors."""

from __future__ import annotations

from http import HTTPStatus

from werkzeug import Response

from sandbox.answers import json_response


class Refusal(Exception):
    """A call that OVH does not carry out.

    `kind` is a class like `Client::NotFound`, or an error code like `INVALID_SIGNATURE`.
    """

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.status, self.kind, self.message = status, kind, message

    def response(self) -> Response:
        """The answer, in the shape that goes with its kind."""
        if "::" in self.kind:
            return json_response({"class": self.kind, "message": self.message}, self.status)
        words = f"{self.status} {HTTPStatus(self.status).phrase}"
        body = {"errorCode": self.kind, "httpCode": words, "message": self.message}
        return json_response(body, self.status)


def bad_request(message: str) -> Refusal:
    """400: what was sent cannot be taken."""
    return Refusal(400, "Client::BadRequest", message)


def no_service() -> Refusal:
    """404 in the words that clients look for: no such zone in this account."""
    return Refusal(404, "Client::NotFound", "This service does not exist")


def no_object() -> Refusal:
    """404: no such record, task or date in the zone."""
    return Refusal(404, "Client::NotFound", "The requested object does not exist")


def conflict(message: str) -> Refusal:
    """409: not now."""
    return Refusal(409, "Client::Conflict", message)
