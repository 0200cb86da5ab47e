"""A request as a value: it is stored before it is first sent, and repeated byte for byte."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, Self

Service = Literal["partnercenter", "graph", "prices"]
ActsAs = Literal["user", "app"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request to Microsoft, without credentials and ids of the attempt."""

    method: str
    path: str
    """Below the service's root, query included: `/v1/customers?size=100`."""
    body: bytes = field(default=b"", repr=False)  # may carry a password
    service: Service = "partnercenter"
    acts_as: ActsAs = "user"
    """Whether it is sent for a signed-in administrator or for the application alone."""
    customer_tenant: str = ""
    """The tenant whose directory is meant (Graph); empty for the provider's own."""
    is_read: bool = False
    """Repeating it harms nobody. GET and HEAD are reads; some POSTs are too."""
    correlation_id: str = ""
    if_match: str = ""
    """The version that is changed, quoted as HTTP wants it; an older one is refused."""

    def to_json(self) -> dict[str, Any]:
        """A value that JSON can hold. It may contain secrets: store it encrypted."""
        return {**asdict(self), "body": self.body.decode()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """The request that `to_json` wrote; the same bytes."""
        known = {name.name for name in fields(cls)}
        members = {name: item for name, item in value.items() if name in known}
        return cls(**{**members, "body": str(value.get("body", "")).encode()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, 2xx only; everything else is an exception of `common.errors`."""

    status: int
    value: Any = field(default=None, repr=False)  # may carry credentials
    """The JSON value, member names in camelCase, numbers with a point as `Decimal`."""
    body: bytes = field(default=b"", repr=False)
    location: str = ""
    request_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Names in lower case."""


def json_bytes(value: Any) -> bytes:
    """JSON, compact and always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def without_nothing(members: dict[str, Any]) -> dict[str, Any]:
    """The members that say something: neither None, nor empty text."""
    return {name: value for name, value in members.items() if value not in (None, "")}
