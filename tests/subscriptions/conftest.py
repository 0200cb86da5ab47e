"""A subscription that stands at Microsoft, bought a moment ago."""

from collections.abc import Callable
from typing import Any

import pytest

from orders import services as orders
from subscriptions.models import Subscription
from tests.orders import wishes
from tests.people import People, Reseller

Buy = Callable[..., Subscription]


@pytest.fixture
def buy(people: People, sandbox: Any, run_journal: Callable[..., int]) -> Buy:
    """`buy("Microsoft 365 Business Basic", 3, "P1Y")`: a tenant with this one subscription."""
    shop: Reseller = people.northwind
    wishes.fetch_catalogue(shop.account, run_journal)

    def bought(name: str, seats: int, term: str) -> Subscription:
        actor = wishes.actor(shop.account, shop.users["owner"])
        line = wishes.line(wishes.licence(shop.account, name), seats, term)
        orders.order_platform(actor=actor, wish=wishes.platform(shop.partner_id.pk, line))
        run_journal(skip_pauses=True)
        return Subscription.objects.select_related("tenant__account", "licence").get()

    return bought


@pytest.fixture
def subscription(buy: Buy) -> Subscription:
    """Three seats of Business Basic for a year, paid by the month."""
    return buy("Microsoft 365 Business Basic", 3, "P1Y")
