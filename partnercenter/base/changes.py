"""What may be asked about changes that were made at Microsoft: audit records and webhooks."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import datetime

from partnercenter.request import Request
from partnercenter.types import AuditRecord, WebhookRegistration, WebhookTest


class AuditCalls(ABC):
    """Microsoft keeps the records of 90 days."""

    @abstractmethod
    def audit_records(
        self,
        *,
        since: datetime,
        until: datetime | None = None,
        customer_id: str = "",
        customer_name: str = "",
        resource_type: str = "",
        page_size: int = 500,
        timeout: float | None = None,
    ) -> Iterator[AuditRecord]:
        """Who changed what from `since` on; at most one of the three filters.

        `customer_name` is a part of the name. Records may appear late: ask again with overlap.
        """


class WebhookCalls(ABC):
    """Where Microsoft calls. One registration per provider."""

    @abstractmethod
    def webhook_events(self, *, timeout: float | None = None) -> list[str]:
        """The events one may ask for."""

    @abstractmethod
    def webhook_registration(self, *, timeout: float | None = None) -> WebhookRegistration | None:
        """The registration there is."""

    @abstractmethod
    def register_webhook(self, request: Request, *, request_id: str) -> WebhookRegistration:
        """The first registration."""

    @abstractmethod
    def update_webhook(self, request: Request, *, request_id: str) -> WebhookRegistration:
        """Replaces the registration. Raises NotFound when there is none."""

    @abstractmethod
    def test_webhook(self, request: Request, *, request_id: str) -> str:
        """The correlation id of a test event. Raises Busy above two a minute."""

    @abstractmethod
    def webhook_test(self, *, correlation_id: str, timeout: float | None = None) -> WebhookTest:
        """What became of a test event; known for seven days."""

    @abstractmethod
    def check_event_signature(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Whether Microsoft sent this event: `body` as it came, `headers` in any case.

        Raises `partnercenter.signature.BadSignature`; Busy when the certificate cannot be had
        now: answer 503, Microsoft repeats the event.
        """
