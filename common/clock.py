"""Microsoft's time: the system's, plus the offset of the sandbox's clock that one can turn.

It drives windows, renewals, due work and cashback. Leases, sessions and rate limits use real time.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

_KEY = "microsoft-clock-offset"
_last = timedelta(0)


def microsoft_now() -> datetime:
    """The time at Microsoft, aware, UTC."""
    return timezone.now() + offset()


def offset() -> timedelta:
    """How far Microsoft's clock is ahead; zero unless the sandbox is configured."""
    global _last
    if not settings.SANDBOX_URL:
        return timedelta(0)
    seconds = cache.get(_KEY)
    if seconds is not None:
        _last = timedelta(seconds=seconds)
    return _last


def note_offset(seen: timedelta) -> None:
    """Remember the offset read from a `Date` header; less than five seconds is the network."""
    global _last
    if not settings.SANDBOX_URL:
        return
    seen = seen if abs(seen) >= timedelta(seconds=5) else timedelta(0)
    if abs(seen - offset()) < timedelta(seconds=5):
        return
    _last = seen
    cache.set(_KEY, seen.total_seconds(), None)
