"""When the schedule's rounds were last made; kept in the cache, for those who look after it."""

from datetime import datetime

from django.core.cache import cache
from django.utils.timezone import now

_KEPT = 24 * 3600


def beat(name: str) -> None:
    """This round has begun. Never raises."""
    cache.set(f"journal-pulse:{name}", now(), _KEPT)


def last(name: str) -> datetime | None:
    """When it last began; None when that is not known (any more)."""
    found = cache.get(f"journal-pulse:{name}")
    return found if isinstance(found, datetime) else None
