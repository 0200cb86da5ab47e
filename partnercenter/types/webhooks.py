"""What Microsoft calls us about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, flag, ident, load, moment, text, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRegistration(Told):
    """Where Microsoft calls, and for which events."""

    subscriber_id: str
    url: str
    events: tuple[str, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            subscriber_id=ident(value, "subscriberId"),
            url=text(value, "webhookUrl"),
            events=texts(value, "webhookEvents"),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTest(Told):
    """What became of a test event."""

    correlation_id: str
    status: str
    """`completed`, `pending`, ..."""
    url: str
    results: tuple["WebhookAttempt", ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            correlation_id=ident(value, "correlationId"),
            status=text(value, "status"),
            url=text(value, "callbackUrl"),
            results=tuple(WebhookAttempt.parse(each) for each in value.get("results") or ()),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAttempt(Told):
    """One delivery of a test event."""

    response_code: str
    """The name of the HTTP status that we answered: `OK`."""
    response_message: str
    is_system_error: bool
    at: datetime | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            response_code=text(value, "responseCode"),
            response_message=text(value, "responseMessage"),
            is_system_error=flag(value, "systemError"),
            at=moment(value, "dateTimeUtc"),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MicrosoftEvent(Told):
    """A delivery. It only names what changed, up to 48 hours late: read the resource again."""

    name: str
    """`subscription-updated`, `reseller-relationship-accepted-by-customer`, ..."""
    resource_uri: str
    resource_name: str
    audit_uri: str
    changed_at: datetime | None

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """A delivery's body, as it came. Raises ValueError when it is not a JSON object."""
        value = load(body)
        if not isinstance(value, dict):
            raise ValueError("not a JSON object")
        return cls(
            name=text(value, "eventName"),
            resource_uri=text(value, "resourceUri"),
            resource_name=text(value, "resourceName"),
            audit_uri=text(value, "auditUri"),
            changed_at=moment(value, "resourceChangeUtcDate"),
            members=value,
        )
