"""A licence group that stands at Microsoft, its rights approved by the customer."""

from collections.abc import Callable
from typing import Any

import pytest

from orders import services as orders
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import People


@pytest.fixture
def tenant(
    people: People, sandbox: Any, run_journal: Callable[..., int], mailoutbox: list[Any]
) -> Tenant:
    """Contoso Bakery, just ordered; its welcome mail is out of the way."""
    shop = people.northwind
    wishes.fetch_catalogue(shop.account, run_journal)
    basic = wishes.licence(shop.account, "Microsoft 365 Business Basic")
    actor = wishes.actor(shop.account, shop.users["owner"])
    orders.order_platform(
        actor=actor, wish=wishes.platform(shop.partner_id.pk, wishes.line(basic, 3))
    )
    run_journal(skip_pauses=True)
    mailoutbox.clear()
    return Tenant.objects.get()
