"""Calls counted over a sliding window of real time."""

from __future__ import annotations

from collections import deque
from threading import Lock

PER_MINUTE, WINDOW = 500, 60.0
KEYS_KEPT = 50_000


class Limits:
    """The limits in force and the calls that count.

    `per_minute` and `per_customer` are calls in `window` seconds.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: dict[str, deque[float]] = {}
        self.set(per_minute=PER_MINUTE, per_customer=PER_MINUTE, window=WINDOW)

    def set(self, *, per_minute: int, per_customer: int, window: float) -> None:
        """New limits; what was counted is forgotten."""
        with self._lock:
            self.per_minute, self.per_customer, self.window = per_minute, per_customer, window
            self._calls.clear()

    def wait(self, key: str, limit: int, now: float) -> float:
        """Count one call at `now` (monotonic seconds); 0, or how long it has come too early."""
        with self._lock:
            if len(self._calls) > KEYS_KEPT:
                self._calls.clear()
            calls = self._calls.setdefault(key, deque())
            while calls and calls[0] <= now - self.window:
                calls.popleft()
            calls.append(now)
            if len(calls) <= limit:
                return 0.0
            if len(calls) > limit + 1:
                calls.popleft()
            return max(calls[0] + self.window - now, 0.001)

    def listed(self) -> dict[str, float]:
        """The limits as JSON."""
        return {
            "per_minute": self.per_minute,
            "per_customer": self.per_customer,
            "window": self.window,
        }
