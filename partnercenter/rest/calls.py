"""What the areas of the REST client share: a session, and ways to ask it."""

from typing import Any
from urllib.parse import urlencode

from common.errors import Busy, OutcomeUnknown
from partnercenter.request import Answer, Request, json_bytes
from partnercenter.rest.sentences import CUT_OFF
from partnercenter.rest.session import Session
from partnercenter.wire import Members, items


class Calls:
    """Base of every area."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def send(self, request: Request, *, request_id: str) -> Answer:
        return self._session.send(request, request_id=request_id)

    def _written(self, request: Request, request_id: str, *due: str) -> Members:
        """The object a write is answered with; `due` members must be there."""
        answer = self.send(request, request_id=request_id)
        value = answer.value
        if not isinstance(value, dict) or not all(value.get(name) for name in due):
            raise OutcomeUnknown(CUT_OFF, code="empty", request_id=answer.request_id)
        return value

    def _get(self, path: str, *, timeout: float | None = None, **members: Any) -> Members:
        """One object."""
        return _object(self._session.read(path, timeout=timeout, **members))

    def _list(self, path: str, *, timeout: float | None = None, **members: Any) -> list[Members]:
        """The items of a collection that comes whole."""
        return items(self._session.read(path, timeout=timeout, **members).value)

    def _post_question(self, path: str, body: bytes, timeout: float | None) -> Members:
        """A POST that only asks."""
        return _object(
            self._session.read(path, method="POST", body=body, acts_as="app", timeout=timeout)
        )


def _object(answer: Answer) -> Members:
    if not isinstance(answer.value, dict):
        raise Busy(CUT_OFF, code="empty", request_id=answer.request_id)
    return answer.value


def one_filter(wanted: dict[str, str], operator: str) -> str:
    """Microsoft filters by one member at a time. Raises ValueError for more."""
    given = [(name, value) for name, value in wanted.items() if value]
    if not given:
        return ""
    (name, value), *others = given
    if others:
        raise ValueError("Microsoft filters by one member only")
    return json_bytes({"Field": name, "Value": value, "Operator": operator}).decode()


def with_query(path: str, **wanted: str) -> str:
    """`path` with those parameters that are not empty."""
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{path}?{query}" if query else path
