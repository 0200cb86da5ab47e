"""A cache that may be lost: with its server away everything is a miss, and quickly so."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from common.cache import ForgivingRedisCache


@pytest.fixture
def lost() -> Iterator[ForgivingRedisCache]:
    """The portal's cache with nobody listening."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        place = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
        yield ForgivingRedisCache(place, {"OPTIONS": {"socket_connect_timeout": 0.5}})


def test_with_its_server_it_is_a_cache() -> None:
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    cache.set("b", {"x": [1]})
    assert (cache.get("a"), cache.get("b"), cache.get("c", 3)) == (1, {"x": [1]}, 3)
    assert cache.incr("a") == 2
    assert cache.delete("a")
    assert cache.get("a") is None


def test_without_it_all_is_a_miss(
    lost: ForgivingRedisCache, caplog: pytest.LogCaptureFixture
) -> None:
    began = time.monotonic()
    lost.set("a", 1)
    assert lost.get("a", "default") == "default"
    assert lost.add("a", 1), "the first one may go on"
    assert lost.incr("a") == 1
    assert not lost.delete("a")
    assert lost.get_or_set("a", lambda: 7) == 7
    assert time.monotonic() - began < 20
    assert "cache is away: ConnectionError" in caplog.text


def test_a_frozen_server_is_waited_for_shortly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
        frozen = ForgivingRedisCache(place, {"OPTIONS": options})
        began = time.monotonic()
        assert frozen.get("a") is None
        assert time.monotonic() - began < 20
