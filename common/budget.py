"""Counts the calls that all workers together make to a vendor.

A sliding minute in Valkey, by its own clock. When Valkey is away each process counts for itself.
"""

import logging
import time
from collections import defaultdict, deque
from typing import Final

import redis
from django.conf import settings

log = logging.getLogger(__name__)

MINUTE: Final = 60.0
_TAKE: Final = """
local held = redis.call('PTTL', KEYS[2])
if held > 0 then return held end
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], 0, ms - 60000)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return math.max(first[2] + 60000 - ms, 1)
end
redis.call('ZADD', KEYS[1], ms, now[1] .. '.' .. now[2] .. '.' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], 61000)
return 0
"""


class SharedBudget:
    """So many calls a minute for each resource of a vendor; `name` begins its keys in Valkey."""

    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        self._alone = LocalBudget(self._limit)
        self._redis = redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5
        )
        self._script = self._redis.register_script(_TAKE)
        self._made = 0

    def take(self, resource: str) -> float:
        """Seconds to wait before a call may be made; 0 counts the call as made. Never raises."""
        self._made += 1
        unique = f"{id(self)}.{self._made}"
        try:
            found = self._script(keys=self._keys(resource), args=[self._limit, unique])
        except redis.RedisError as error:
            log.warning("the shared budget is away: %s", type(error).__name__)
            return self._alone.take(resource)
        return float(found) / 1000

    def hold(self, resource: str, seconds: float) -> None:
        """The vendor asked to wait: nobody calls this resource before. Never raises."""
        self._alone.hold(resource, seconds)
        try:
            self._redis.set(self._keys(resource)[1], 1, px=max(int(seconds * 1000), 1))
        except redis.RedisError as error:
            log.warning("the shared budget is away: %s", type(error).__name__)

    def _keys(self, resource: str) -> list[str]:
        return [f"{self._name}:{resource}:{kind}" for kind in ("calls", "held")]


class LocalBudget:
    """The same for one process alone."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._held: dict[str, float] = {}

    def take(self, resource: str) -> float:
        at, calls = time.monotonic(), self._calls[resource]
        if self._held.get(resource, 0.0) > at:
            return self._held[resource] - at
        while calls and calls[0] <= at - MINUTE:
            calls.popleft()
        if len(calls) >= self._limit:
            return calls[0] + MINUTE - at
        calls.append(at)
        return 0.0

    def hold(self, resource: str, seconds: float) -> None:
        self._held[resource] = time.monotonic() + seconds
