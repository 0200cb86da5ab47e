"""Zone providers: `settings.ZONE_PROVIDERS[alias]` names a backend and its options."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from dnsconfig.providers.base import (
    Capabilities,
    Key,
    Outcome,
    Written,
    ZoneProvider,
    say_nothing,
)

__all__ = [
    "Capabilities",
    "Key",
    "Outcome",
    "Written",
    "ZoneProvider",
    "backend",
    "connect",
    "say_nothing",
]


def backend(alias: str) -> type[ZoneProvider]:
    """The class behind an alias: what it can do, and which keys it asks for. Raises KeyError."""
    found: type[ZoneProvider] = import_string(_entry(alias)["BACKEND"])
    return found


def connect(alias: str, keys: Mapping[str, str], **more: Any) -> ZoneProvider:
    """A provider opened with an account's keys; asks nothing yet. Raises KeyError.

    `more` overrides options, e.g. a shorter `timeout` for a live check.
    """
    return backend(alias)(keys=keys, **{**_entry(alias)["OPTIONS"], **more})


def _entry(alias: str) -> dict[str, Any]:
    entries: Mapping[str, Any] = settings.ZONE_PROVIDERS
    return dict(entries[alias])
