"""Next month's prices: read from the sandbox's preview, shown for what one's customers hold."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from werkzeug.test import Client as Caller

from sandbox.app import create_app
from subscriptions.models import MarginRule, Price, Subscription
from tests.orders import wishes
from tests.people import People
from tests.tenants.standing import standing_tenant

Run = Callable[..., int]


@pytest.fixture
def bought(people: People, sandbox: Any, run_journal: Run) -> Subscription:
    """Three seats of Business Basic, at the price of today."""
    standing_tenant(people, run_journal)
    return Subscription.objects.get()


def announce(people: People, world: Any, run_journal: Run, factor: float) -> None:
    """Microsoft asks another price from the first of next month on."""
    now = world.now()
    first = date(now.year + now.month // 12, now.month % 12 + 1, 1)
    body = {"CFQ7TTC0LH18:0001": {"factor": factor, "from": f"{first}T00:00:00Z"}}
    assert Caller(create_app(world)).put("/_sandbox/prices", json=body).status_code == 200
    wishes.fetch_catalogue(people.northwind.account, run_journal)


def test_nothing_is_announced(people: People, bought: Subscription) -> None:
    page = people.viewer.get("/prices/changes/").content.decode()
    assert "No price change is announced" in page
    assert people.api("viewer").get("/api/v1/price-changes").json() == []


def test_a_rise_is_shown_at_the_resellers_price(
    people: People, bought: Subscription, sandbox: Any, run_journal: Run
) -> None:
    MarginRule.objects.create(value=15, valid_from=date(2020, 1, 1))
    announce(people, sandbox, run_journal, 1.25)
    told = people.api("viewer").get("/api/v1/price-changes").json()
    assert [(row["subscription"], row["before"], row["after"]) for row in told] == [
        (bought.pk, "5.3800", "7.7300")  # 6.72 and 15 %
    ]
    page = unescape(people.viewer.get("/prices/changes/").content.decode())
    assert "€7.73" in page
    assert "€7.05" in page  # three seats, 2.35 each
    assert "6.72" not in page
    sold = people.api("viewer").get("/api/v1/catalogue", {"page_size": 100}).json()["results"]
    basic = next(row for row in sold if row["name"] == bought.name)
    assert {p["amount"] for p in basic["prices"] if p["term"] == "P1M"} == {"6.1900"}  # today's


def test_another_reseller_sees_none_of_it(
    people: People, bought: Subscription, sandbox: Any, run_journal: Run
) -> None:
    announce(people, sandbox, run_journal, 1.25)
    assert people.api("stranger").get("/api/v1/price-changes").json() == []
    assert bought.name not in people.stranger.get("/prices/changes/").content.decode()


def test_an_announcement_that_is_withdrawn_ends(
    people: People, bought: Subscription, sandbox: Any, run_journal: Run
) -> None:
    announce(people, sandbox, run_journal, 1.25)
    assert Price.objects.filter(is_announced=True, valid_to=None).exists()
    announce(people, sandbox, run_journal, 1.0)
    assert not Price.objects.filter(is_announced=True, valid_to=None).exists()
    assert Price.objects.filter(is_announced=True).exists()
    assert people.api("viewer").get("/api/v1/price-changes").json() == []
