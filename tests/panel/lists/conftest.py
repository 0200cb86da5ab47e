"""A reseller with services, subscriptions and orders in all their states; rows only."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from common.clock import microsoft_now
from orders.models import Order
from subscriptions.models import Licence, Subscription
from tenants.models import Tenant
from tests.people import People, Reseller

Stock = Callable[..., list[Subscription]]


def stock(reseller: Reseller, number: int, **facts: object) -> list[Subscription]:
    """`number` services more, each with one subscription of three seats and one order."""
    first = Tenant.objects.count()
    account = reseller.account
    licence, _new = Licence.objects.get_or_create(
        market=account.region, country="FR", product_id="CFQ7TTC0LH18", sku_id="0001", name="Basic"
    )
    made = []
    for count in range(first, first + number):
        tenant = Tenant.objects.create(
            account=account,
            partner_id=reseller.partner_id,
            service_name=f"bakery{count:03d}.onmicrosoft.com",
            display_name=f"Bakery {count:03d}",
            company=f"Fournil {count:03d} SARL",
            microsoft_id=f"00000000-0000-4000-9000-{count:012d}",
            state="ok",
            country="FR",
        )
        named = {
            "licence": licence,
            "name": "Basic",
            "quantity": 3,
            "status": "active",
            "commitment_ends_at": microsoft_now() + timedelta(days=count + 1),
            **facts,
        }
        row = Subscription.objects.create(
            tenant=tenant,
            microsoft_id=f"00000000-0000-4000-8000-{count:012d}",
            term="P1Y",
            billing_cycle="Monthly",
            unit_price=Decimal("5.50"),
            currency="EUR",
            **named,
        )
        Order.objects.create(
            account=account,
            tenant=tenant,
            kind="new",
            currency="EUR",
            total=Decimal("16.50"),
            mpn_id=reseller.partner_id.mpn_id,
            placed_by=f"manager@{account.name.lower()}.example",
        )
        made.append(row)
    return made


@pytest.fixture
def shop(people: People) -> list[Subscription]:
    """Three services of Northwind's, one of Fabrikam's."""
    mine = stock(people.northwind, 3)
    stock(people.fabrikam, 1)
    return mine
