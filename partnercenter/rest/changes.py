"""Audit records and webhooks over REST."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from common.errors import NotFound
from partnercenter.base.changes import AuditCalls, WebhookCalls
from partnercenter.request import Request
from partnercenter.rest.calls import Calls, one_filter, with_query
from partnercenter.rest.pages import continued
from partnercenter.signature import BadSignature, certificate_url, check, signature_of
from partnercenter.types import AuditRecord, WebhookRegistration, WebhookTest
from partnercenter.wire import ident

_REGISTRATION = "/webhooks/v1/registration"


class RestAuditCalls(Calls, AuditCalls):
    """`AuditCalls` over REST."""

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
        exact = {"CustomerId": customer_id, "ResourceType": resource_type}
        path = with_query(
            "/v1/auditrecords",
            startDate=_day(since),
            endDate=_day(until) if until else "",
            filter=one_filter({**exact, "CompanyName": customer_name}, _operator(customer_name)),
            size=str(page_size),
        )
        told = (AuditRecord.parse(item) for item in continued(self._session, path, timeout))
        # Microsoft takes whole days only.
        return (found for found in told if _is_within(found.at, since, until))


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).date().isoformat()


def _operator(customer_name: str) -> str:
    return "substring" if customer_name else "equals"


def _is_within(at: datetime | None, since: datetime, until: datetime | None) -> bool:
    """A record without a readable time is shown rather than lost."""
    return at is None or (at >= since and (until is None or at <= until))


class RestWebhookCalls(Calls, WebhookCalls):
    """`WebhookCalls` over REST."""

    def webhook_events(self, *, timeout: float | None = None) -> list[str]:
        told = self._session.read(f"{_REGISTRATION}/events", timeout=timeout).value
        return [str(name) for name in told or ()]

    def webhook_registration(self, *, timeout: float | None = None) -> WebhookRegistration | None:
        try:
            told = self._session.read(_REGISTRATION, timeout=timeout).value
        except NotFound:
            return None
        return WebhookRegistration.parse(told) if told else None

    def register_webhook(self, request: Request, *, request_id: str) -> WebhookRegistration:
        return WebhookRegistration.parse(self._written(request, request_id, "webhookUrl"))

    def update_webhook(self, request: Request, *, request_id: str) -> WebhookRegistration:
        return WebhookRegistration.parse(self._written(request, request_id, "webhookUrl"))

    def test_webhook(self, request: Request, *, request_id: str) -> str:
        return ident(self._written(request, request_id, "correlationId"), "correlationId")

    def webhook_test(self, *, correlation_id: str, timeout: float | None = None) -> WebhookTest:
        path = f"{_REGISTRATION}/validationEvents/{correlation_id}"
        return WebhookTest.parse(self._get(path, timeout=timeout))

    def check_event_signature(self, body: bytes, headers: Mapping[str, str]) -> None:
        told = {name.lower(): value for name, value in headers.items()}
        signature = signature_of(told)
        known = self._session.certificates
        url = certificate_url(told, self._session.options.webhook_certificate_hosts)
        key, is_settled = known.key(url)
        try:
            check(key, signature, body)
        except BadSignature:
            if not is_settled:
                raise
            check(known.fresh_key(url), signature, body)  # renewed under the same address
