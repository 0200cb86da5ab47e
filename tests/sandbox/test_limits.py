"""Calls per minute, counted as Partner Center counts them."""

from typing import Any

import pytest

from sandbox.limits import Limits
from tests.sandbox.caller import Caller, read


def limit(provider: Caller, **limits: float) -> Any:
    return provider.http.post("/_sandbox/limits", json=limits)


def statuses(provider: Caller, *paths: str) -> list[int]:
    return [provider.call("GET", path).status_code for path in paths]


def test_the_published_figure_is_in_force(provider: Caller) -> None:
    told = provider.http.get("/_sandbox/limits").json
    assert told == {"per_minute": 500, "per_customer": 500, "window": 60.0}


def test_too_many_calls_wait_and_refused_ones_count(provider: Caller) -> None:
    path = provider.ready_customer()
    limit(provider, per_minute=3, window=3600)
    subscriptions = f"{path}/subscriptions"
    assert statuses(provider, *[subscriptions] * 5) == [200, 200, 200, 429, 429]
    refused = provider.call("GET", subscriptions)
    wait = int(refused.headers["Retry-After"])
    assert 3590 < wait <= 3600
    assert read(refused) == {
        "statusCode": 429,
        "message": f"Rate limit is exceeded. Try again in {wait} seconds.",
    }


def test_each_resource_counts_for_itself_and_others_do_not(provider: Caller) -> None:
    path = provider.ready_customer()
    limit(provider, per_minute=1, window=3600)
    paths = (path, f"{path}/orders", f"{path}/subscriptions", f"{path}/subscribedskus")
    assert statuses(provider, *paths) == [200] * 4
    assert statuses(provider, *paths) == [429, 429, 429, 200]
    assert statuses(provider, "/v1/customers", "/v1/customers") == [200, 200]
    assert provider.call("POST", f"{path}/carts", {}).status_code == 429  # counts as an order


def test_one_customer_may_have_a_smaller_limit(provider: Caller) -> None:
    first, second = (f"/v1/customers/{provider.customer(name)['id']}" for name in ("one", "two"))
    limit(provider, per_customer=1, window=3600)
    assert statuses(provider, first, first, second) == [200, 429, 200]
    assert limit(provider, per_week=1).status_code == 400


def test_failed_calls_count(provider: Caller) -> None:
    limit(provider, per_minute=2, window=3600)
    path = "/v1/customers/never-seen/subscriptions"
    assert statuses(provider, path, path, path) == [404, 404, 429]


@pytest.mark.parametrize(("at", "wait"), [(10, 50.0), (59, 1.0), (60, 0.0)])
def test_the_window_slides(at: float, wait: float) -> None:
    limits = Limits()
    limits.set(per_minute=2, per_customer=2, window=60)
    assert [limits.wait("Order", 2, now) for now in (0, 5)] == [0, 0]
    assert limits.wait("Order", 2, at) == pytest.approx(wait)


def test_who_hammers_stays_outside() -> None:
    limits = Limits()
    limits.set(per_minute=2, per_customer=2, window=60)
    assert all(limits.wait("Order", 2, second * 20) == 0 for second in (0, 1)) is True
    assert all(limits.wait("Order", 2, 30 + second) > 0 for second in range(120))
    assert limits.wait("Order", 2, 300) == 0
