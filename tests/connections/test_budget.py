"""All workers together stay under what Microsoft takes in a minute."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import redis
from django.conf import settings

from common.budget import LocalBudget
from common.errors import Busy
from connections.budget import SharedBudget
from partnercenter.budget import resource_of
from partnercenter.request import Request
from tests.partnercenter.microsoft import CUSTOMER, Microsoft, ok


@pytest.fixture
def alias(settings: pytest.FixtureRequest) -> Iterator[str]:
    """A region that nobody else counts for."""
    settings.MICROSOFT_CALLS_PER_MINUTE = 20  # type: ignore[attr-defined]
    yield uuid.uuid4().hex


def test_workers_share_one_count(alias: str) -> None:
    budgets = [SharedBudget(alias, {}) for _worker in range(4)]
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: budgets[n % 4].take("order"), range(30)))
    assert waits.count(0.0) == 20
    assert all(0 < wait <= 60 for wait in waits if wait)
    assert budgets[0].take("customer") == 0.0


def test_a_wait_that_microsoft_asks_for_holds_all_workers(alias: str) -> None:
    first, second = SharedBudget(alias, {}), SharedBudget(alias, {})
    first.hold("order", 57)
    assert 50 < second.take("order") <= 57
    assert second.take("subscription") == 0.0


def test_without_valkey_each_process_counts_alone(
    alias: str, settings: pytest.FixtureRequest
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]
    budget = SharedBudget(alias, {})
    assert [budget.take("order") for _ in range(20)] == [0.0] * 20
    assert budget.take("order") > 0


def test_a_minute_slides(monkeypatch: pytest.MonkeyPatch) -> None:
    at = [0.0]
    monkeypatch.setattr("common.budget.time.monotonic", lambda: at[0])
    budget = LocalBudget(2)
    assert budget.take("order") == 0.0
    at[0] = 30
    assert budget.take("order") == 0.0
    assert budget.take("order") == 30
    at[0] = 60
    assert budget.take("order") == 0.0


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        (f"/v1/customers/{CUSTOMER}", "customer"),
        (f"/v1/customers/{CUSTOMER}/orders", "order"),
        (f"/v1/customers/{CUSTOMER}/carts/1/checkout", "order"),
        (f"/v1/customers/{CUSTOMER}/subscriptions/1", "subscription"),
        (f"/v1/customers/{CUSTOMER}/profiles/billing", ""),
        ("/v1/customers?size=100", ""),
        ("/v1/products?country=FR", ""),
    ],
)
def test_what_is_counted(path: str, resource: str) -> None:
    assert resource_of(Request(method="GET", path=path)) == resource


def test_a_429_holds_the_next_call_back(alias: str) -> None:
    throttled = httpx.Response(
        429,
        headers={"Retry-After": "57"},
        json={"statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds."},
    )
    microsoft = Microsoft(throttled, ok({"id": CUSTOMER}))
    client = microsoft.client(budget=SharedBudget(alias, {}))
    for _try in range(2):
        with pytest.raises(Busy) as raised:
            client.customer(customer_id=CUSTOMER)
        assert raised.value.retry_after is not None
        assert raised.value.retry_after > 50
    assert len(microsoft.asked) == 1


def test_the_count_is_forgotten_by_itself(alias: str) -> None:
    SharedBudget(alias, {}).take("order")
    server = redis.Redis.from_url(settings.REDIS_URL)
    assert 0 < server.ttl(f"microsoft:{alias}:order:calls") <= 61
