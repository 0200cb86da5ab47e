"""What may be asked of Microsoft (Partner Center and Graph), in our words.

`connect(alias)` gives the client of one CSP region, built from `settings.PARTNER_CENTER` the way
Django builds its storages.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from common.clock import note_offset
from partnercenter.base import PartnerCenter

__all__ = ["PartnerCenter", "connect"]


@cache
def connect(alias: str) -> PartnerCenter:
    """The client of a region (`"eu"`), one per process.

    Raises ImproperlyConfigured when there is no such region or its settings are wrong.
    """
    try:
        entry: dict[str, Any] = settings.PARTNER_CENTER[alias]
    except KeyError:
        raise ImproperlyConfigured(f"PARTNER_CENTER has no region {alias!r}.") from None
    backend = import_string(entry["BACKEND"])
    options = entry.get("OPTIONS", {})
    # Stores that outlive the process are the portal's: they are named, not imported.
    parts = {
        name.lower(): import_string(entry[name])(alias, options)
        for name in ("TOKEN_STORE", "BUDGET")
        if name in entry
    }
    client = backend(on_clock=note_offset, **parts, **options)
    if not isinstance(client, PartnerCenter):
        raise ImproperlyConfigured(f"{entry['BACKEND']} is not a PartnerCenter.")
    return client


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting == "PARTNER_CENTER":
        connect.cache_clear()


setting_changed.connect(_forget)
