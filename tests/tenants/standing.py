"""A licence group that stands at Microsoft, for stories of what comes after the order."""

from typing import Any

from orders import services as orders
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import People


def standing_tenant(people: People, run_journal: Any) -> Tenant:
    """Contoso Bakery: three seats of Business Basic, its rights approved by the customer."""
    shop = people.northwind
    wishes.fetch_catalogue(shop.account, run_journal)
    basic = wishes.licence(shop.account, "Microsoft 365 Business Basic")
    actor = wishes.actor(shop.account, shop.users["owner"])
    wish = wishes.platform(shop.partner_id.pk, wishes.line(basic, 3))
    order = orders.order_platform(actor=actor, wish=wish)
    run_journal(skip_pauses=True)
    return order.tenant
