"""The vendor's printed exchanges, read from a folder beside the repository.

They are not ours to copy: on a machine without them the tests that need them are skipped.
"""

import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from django.conf import settings

BOM = b"\xef\xbb\xbf"
FOLDER = Path(os.environ.get("EXAMPLES") or settings.BASE_DIR.parent / "shared/data/partner-center")
NEEDED = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the vendor's examples are not at {FOLDER} (set EXAMPLES)"
)
_NOT_OURS = ("content-length", "content-encoding", "transfer-encoding", "expect", "connection")


@dataclass(frozen=True)
class Exchange:
    """A request and its answer, as the vendor printed them."""

    id: str
    method: str
    path: str
    """Without the `/v1.0` of Graph: below the service's root."""
    template: str
    """The path with names for what varies, as Graph's are with its `/v1.0`; without the query."""
    variables: dict[str, str]
    """The parts of the path that its template names, in order."""
    query: dict[str, str]
    body: Any = field(repr=False)
    status: int
    headers: dict[str, str] = field(repr=False)
    answer: Any = field(repr=False)
    is_event: bool
    """Microsoft sends it to the partner."""
    service: str
    mark: bool | None
    """Whether the answer began with the byte order mark, where its length tells."""

    @property
    def wanted(self) -> dict[str, Any]:
        """The request's body, member names in camelCase."""
        return dict(camel(self.body or {}))

    def var(self, index: int) -> str:
        """A part of the path by its place among the template's variables."""
        return list(self.variables.values())[index]

    @property
    def lower_headers(self) -> set[str]:
        """The names of the answer's headers."""
        return {name.lower() for name in self.headers}

    def response(self) -> httpx.Response:
        """The answer on the wire: successes with the byte order mark, nothing compressed."""
        kept = {
            name: value for name, value in self.headers.items() if name.lower() not in _NOT_OURS
        }
        if self.answer is None:
            return httpx.Response(self.status, headers=kept)
        if isinstance(self.answer, dict) and set(self.answer) == {"csv"}:
            return httpx.Response(self.status, headers=kept, content=self.answer["csv"].encode())
        body = json.dumps(self.answer, separators=(",", ":")).encode()
        return httpx.Response(
            self.status, headers=kept, content=(BOM if self.status < 400 else b"") + body
        )


@cache
def exchanges() -> dict[str, Exchange]:
    """All of them by id (`subscriptions/get-nce`); empty without the folder."""
    found = (_read(json.loads(path.read_text())) for path in sorted(FOLDER.glob("*/*.json")))
    return {exchange.id: exchange for exchange in found if exchange}


def _read(told: dict[str, Any]) -> Exchange | None:
    if "request" not in told:  # a table of rules
        return None
    request, response = told["request"], told["response"]
    path = request["path"]
    template = request["pathTemplate"].split("?")[0]
    host = request.get("host", "")
    return Exchange(
        id=told["id"],
        method=request["method"],
        path=path.removeprefix("/v1.0") if "graph" in host else path,
        template=template,
        variables=_variables(template, path),
        query=request.get("query") or {},
        body=request.get("body"),
        status=response["status"],
        headers={str(name): str(value) for name, value in response["headers"].items()},
        answer=response["body"],
        is_event="direction" in told,
        service="graph" if "graph" in host else "partnercenter",
        mark=(told.get("wire") or response.get("wire") or {}).get("byteOrderMark"),
    )


def _variables(template: str, path: str) -> dict[str, str]:
    names = re.findall(r"\{(\w+)\}", template)
    pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(template))
    match = re.fullmatch(pattern, path.rstrip("/") if path != "/" else path)
    return dict(zip(names, map(unquote, match.groups()), strict=True)) if match else {}


def camel(value: Any) -> Any:
    """The value with member names in camelCase: pages print both."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: camel(member) for name, member in value.items()}
    return [camel(item) for item in value] if isinstance(value, list) else value
