"""Pages and lists ask the database as often for a hundred rows as for ten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal import services as journal
from orders.models import Order
from tenants.models import Gdap, Tenant
from tests.people import People

Add = Callable[[int], None]


def add_tenants(tenant: Tenant, number: int) -> None:
    """More services of the account, each with an order."""
    for count in range(number):
        another = Tenant.objects.create(
            account=tenant.account,
            partner_id=tenant.partner_id,
            service_name=f"wingtip{Tenant.objects.count()}.onmicrosoft.com",
            display_name=f"Wingtip {count}",
            microsoft_id=f"00000000-0000-4000-9000-{Tenant.objects.count():012d}",
            state="ok",
            country="FR",
        )
        Gdap.objects.create(tenant=another)
        Order.objects.create(
            account=tenant.account, tenant=another, kind="new", currency="EUR", total=1, mpn_id="1"
        )


def add_operations(tenant: Tenant, people: People, number: int) -> None:
    for count in range(number):
        journal.ask(
            kind="subscription.change_seats",
            account_id=tenant.account_id,
            subject=f"subscription:{count}",
            listed_under=tenant.key,
            by=people.user("owner").by,
        )


def queries(ask: Callable[[], Any]) -> int:
    """How many one request takes, once sessions and content types are warm."""
    assert ask().status_code == 200
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@pytest.fixture
def grow(people: People, tenant: Tenant, add_subscriptions: Add) -> Callable[[int], None]:
    """More of everything."""

    def more(number: int) -> None:
        add_subscriptions(number)
        add_tenants(tenant, number)
        add_operations(tenant, people, number)

    return more


PAGES = [
    "/home/", "/services/{name}/?page_size=100", "/orders/", "/orders/{order}/",
    "/orders/new/", "/operations/", "/prices/changes/", "/services/{name}/qualifications/",
    "/services/{name}/subscriptions/new/",
]  # fmt: skip
LISTS = [
    "/api/v1/tenants?page_size=200", "/api/v1/orders?page_size=200",
    "/api/v1/tenants/{name}/subscriptions?page_size=200", "/api/v1/operations?page_size=200",
    "/api/v1/catalogue?page_size=200", "/api/v1/events?page_size=200",
    "/api/v1/orders/{order}", "/api/v1/price-changes", "/api/v1/tenants/{name}/catalogue",
    "/api/v1/tenants/{name}/terms", "/api/v1/tenants/{name}/qualifications",
]  # fmt: skip


def test_not_one_query_more_per_row(
    people: People, tenant: Tenant, grow: Callable[[int], None]
) -> None:
    names = {"name": tenant.service_name, "order": Order.objects.get().pk}
    api = people.api("manager")
    asks = {
        address: (lambda client=client, address=address: client.get(address.format(**names)))
        for client, addresses in ((people.manager, PAGES), (api, LISTS))
        for address in addresses
    }
    grow(9)
    few = {address: queries(ask) for address, ask in asks.items()}
    grow(90)
    many = {address: queries(ask) for address, ask in asks.items()}
    assert few == many
    assert max(few.values()) <= 26, few
