"""Calls to OVH are counted for each consumer key, by all workers together."""

import uuid
from collections.abc import Iterator

import pytest
import redis
from django.conf import settings as django_settings
from pytest_django import Settings

from common.errors import Busy
from dnsconfig.providers import ovh_calls
from dnsconfig.providers.ovh import OvhZones
from tests.dnsconfig.scripted import Script, scripted


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as one:
        yield one


@pytest.fixture
def key() -> str:
    """One that nobody has called with."""
    return uuid.uuid4().hex


def worker(script: Script, key: str, limit: int) -> OvhZones:
    keys = {"application_key": "ak", "application_secret": "as", "consumer_key": key}
    return OvhZones(keys=keys, endpoint=script.url, timeout=(5, 5), calls_per_minute=limit)


def test_two_workers_share_the_calls_of_a_key(script: Script, key: str) -> None:
    for provider in (worker(script, key, 2), worker(script, key, 2)):
        script.then(200, [])
        assert provider.zones() == []
    for provider in (worker(script, key, 2), worker(script, key, 2)):
        with pytest.raises(Busy) as raised:
            provider.zones()
        assert 5 < (raised.value.retry_after or 0) <= 60
    assert len(script.asked) == 2
    script.then(200, [])
    assert worker(script, uuid.uuid4().hex, 2).zones() == []


def test_a_short_wait_is_waited_for(
    script: Script, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, slept = [4.0, 1.0, 0.0], list[float]()

    class Budget:
        def take(self, _resource: str) -> float:
            return waits.pop(0)

    monkeypatch.setattr(ovh_calls, "_budget", lambda *_args: Budget())
    monkeypatch.setattr(ovh_calls.time, "sleep", slept.append)
    script.then(200, [])
    assert worker(script, key, 60).zones() == []
    assert slept == [4.0, 1.0]


def test_50_a_wait_that_ovh_asks_for_holds_all_workers(script: Script, key: str) -> None:
    script.then(429, {"message": "slow down"})
    with pytest.raises(Busy):
        worker(script, key, 60).zones()
    with pytest.raises(Busy) as raised:
        worker(script, key, 60).zones()
    assert 5 < (raised.value.retry_after or 0) <= 7
    assert len(script.asked) == 1


def test_without_valkey_calls_go_on(script: Script, key: str, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    script.then(200, [])
    assert worker(script, key, 60).zones() == []


def test_the_key_itself_is_nowhere_in_valkey(script: Script, key: str) -> None:
    script.then(200, [])
    worker(script, key, 60).zones()
    names = redis.Redis.from_url(django_settings.REDIS_URL).keys("ovh:*")
    assert names
    assert not any(key.encode() in name for name in names)


def test_no_limit_counts_nothing(script: Script, key: str) -> None:
    for _call in range(70):
        script.then(200, [])
    provider = worker(script, key, 0)
    assert [provider.zones() for _call in range(70)] == [[]] * 70
