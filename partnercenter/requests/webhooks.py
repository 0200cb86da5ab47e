"""Writes about where Microsoft calls us."""

from collections.abc import Sequence

from partnercenter.request import Request, json_bytes

_REGISTRATION = "/webhooks/v1/registration"


def register_webhook(*, url: str, events: Sequence[str]) -> Request:
    """The first registration: Microsoft calls `url` (https) for these events."""
    return Request(method="POST", path=_REGISTRATION, body=_registration(url, events))


def update_webhook(*, url: str, events: Sequence[str]) -> Request:
    """Replaces the registration; there is one per provider."""
    return Request(method="PUT", path=_REGISTRATION, body=_registration(url, events))


def _registration(url: str, events: Sequence[str]) -> bytes:
    return json_bytes({"WebhookUrl": url, "WebhookEvents": list(events)})


def test_webhook() -> Request:
    """Asks for a `test-created` event; twice a minute at most."""
    return Request(method="POST", path=f"{_REGISTRATION}/validationEvents")
