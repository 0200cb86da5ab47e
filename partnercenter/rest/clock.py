"""Microsoft's clock, read from the `Date` header of every answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_WORTH_TELLING = timedelta(seconds=5)  # less is the network and the header's whole seconds


class Clock:
    """The offset last seen; `tell` hears of it first and whenever it jumps."""

    def __init__(self, tell: Callable[[timedelta], None] | None = None) -> None:
        self._tell = tell
        self._told: timedelta | None = None
        self.seen: timedelta | None = None

    def note(self, date_header: str) -> None:
        """Reads one `Date` header; an unreadable one is ignored."""
        then = http_date(date_header)
        if then is None:
            return
        self.seen = then - datetime.now(UTC)
        jumped = self._told is None or abs(self.seen - self._told) >= _WORTH_TELLING
        if self._tell and jumped:
            self._told = self.seen
            self._tell(self.seen)


def http_date(written: str) -> datetime | None:
    """A date of an HTTP header, aware, UTC (RFC 9110 §5.6.7); None when it is not one."""
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
