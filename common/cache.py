"""A cache that may be lost: when Redis is away, everything is a miss and the portal goes on."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as TooSlow

log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; a lost server is a miss, never an error page."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(
            lambda: super(ForgivingRedisCache, self).get(key, default, version), default
        )

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._try(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        ask = lambda: super(ForgivingRedisCache, self).add(key, value, *args, **kwargs)  # noqa: E731
        return bool(self._try(ask, True))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        ask = lambda: super(ForgivingRedisCache, self).incr(key, delta, version)  # noqa: E731
        return int(self._try(ask, delta))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._try(lambda: super(ForgivingRedisCache, self).delete(key, version), False))

    def _try(self, ask: Callable[[], Any], fallback: Any) -> Any:
        try:
            return ask()
        except (NoConnection, TooSlow, RedisError) as error:
            log.warning("cache is away: %s", type(error).__name__)
            return fallback
