"""Catalogue, carts, orders, subscriptions."""

from collections.abc import Callable

import pytest

from common.errors import Refused
from partnercenter import PartnerCenter, requests
from partnercenter.request import Request
from partnercenter.types import Availability, CreatedCustomer, Subscription, WantedLine
from tests.contracts.partner_center.ground import Ground, new_id, soon


class CommerceStories(Ground):
    """What is bought once is there once, and is changed whole."""

    def availability(self, client: PartnerCenter, title: str, customer_id: str) -> Availability:
        products = client.products(country="FR", customer_id=customer_id)
        product = next(product for product in products if product.title == title)
        skus = client.skus(product_id=product.id, country="FR", customer_id=customer_id)
        sku = next(sku for sku in skus if not sku.is_trial)
        assert 1 <= sku.minimum_quantity <= sku.maximum_quantity
        found = client.availabilities(
            product_id=product.id, sku_id=sku.id, country="FR", customer_id=customer_id
        )
        return next(item for item in found if item.is_purchasable)

    def buy(self, client: PartnerCenter, customer_id: str, quantity: int = 5) -> Subscription:
        self.attest(client, customer_id)
        item = self.availability(client, "Microsoft 365 Business Basic", customer_id)
        line = WantedLine(
            catalog_item_id=item.catalog_item_id,
            quantity=quantity,
            billing_cycle=item.terms[0].billing_cycle,
            term_duration=item.terms[0].duration,
            mpn_id=self.MPN_ID,
        )
        create = requests.create_cart(customer_id=customer_id, lines=[line])
        cart = client.create_cart(create, request_id=new_id())
        assert cart.errors == ()
        assert cart.lines[0].pricing is not None
        assert cart.lines[0].pricing.extended_price > 0
        assert client.cart(customer_id=customer_id, cart_id=cart.id).lines == cart.lines
        checkout = requests.checkout_cart(customer_id=customer_id, cart_id=cart.id)
        request_id = new_id()
        bought = client.checkout_cart(checkout, request_id=request_id)
        again = client.checkout_cart(checkout, request_id=request_id)
        assert bought.is_complete
        assert [order.id for order in again.orders] == [order.id for order in bought.orders]
        found = soon(
            lambda: client.subscriptions(customer_id=customer_id, order_id=bought.orders[0].id)
        )
        assert len(client.orders(customer_id=customer_id)) == 1
        return found[0]

    def test_an_order_needs_the_agreement(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        item = self.availability(client, "Microsoft 365 Business Basic", customer_id)
        line = WantedLine(
            catalog_item_id=item.catalog_item_id,
            quantity=1,
            billing_cycle=item.terms[0].billing_cycle,
            term_duration=item.terms[0].duration,
        )
        create = requests.create_cart(customer_id=customer_id, lines=[line])
        cart = client.create_cart(create, request_id=new_id())
        checkout = requests.checkout_cart(customer_id=customer_id, cart_id=cart.id)
        with pytest.raises(Refused) as raised:
            client.checkout_cart(checkout, request_id=new_id())
        assert raised.value.code == "13605"

    def test_a_line_that_cannot_be_bought_says_why(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        line = WantedLine(
            catalog_item_id="CFQ7TTC0NONE:0001:CFQ7TTC0NONE",
            quantity=1,
            billing_cycle="Monthly",
            term_duration="P1M",
        )
        create = requests.create_cart(customer_id=created.customer.id, lines=[line])
        (error,) = client.create_cart(create, request_id=new_id()).errors
        assert error.code.isdecimal()

    def test_the_price_sheet_prices_what_can_be_bought(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        item = self.availability(client, "Microsoft 365 Business Basic", created.customer.id)
        row = next(
            row
            for row in client.prices(market="FR")
            if (row.product_id, row.sku_id) == (item.product_id, item.sku_id)
        )
        assert row.currency == item.currency == "EUR"
        assert row.unit_price > 0

    def test_a_subscription_is_changed_whole(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        assert (bought.quantity, bought.status) == (5, "active")
        assert bought.partner_id == self.MPN_ID
        before = client.subscription(customer_id=customer_id, subscription_id=bought.id)
        for build in (
            lambda resource: requests.change_seats(
                customer_id=customer_id, resource=resource, quantity=8
            ),
            lambda resource: requests.rename_subscription(
                customer_id=customer_id, resource=resource, name="Mail"
            ),
        ):
            self.change(client, customer_id, bought.id, build)
        after = client.subscription(customer_id=customer_id, subscription_id=bought.id)
        assert (after.quantity, after.friendly_name) == (8, "Mail")
        assert after.auto_renew == before.auto_renew
        assert sum(batch.quantity for batch in after.refundable) >= 3

    def test_a_young_subscription_is_cancelled(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        self.change(
            client,
            customer_id,
            bought.id,
            lambda resource: requests.cancel_subscription(
                customer_id=customer_id, resource=resource
            ),
        )
        after = client.subscription(customer_id=customer_id, subscription_id=bought.id)
        assert after.status == "deleted"

    def test_too_many_seats_are_refused(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        with pytest.raises(Refused) as raised:
            self.change(
                client,
                customer_id,
                bought.id,
                lambda resource: requests.change_seats(
                    customer_id=customer_id, resource=resource, quantity=301
                ),
            )
        assert raised.value.field == "quantity"

    def change(
        self,
        client: PartnerCenter,
        customer_id: str,
        subscription_id: str,
        build: Callable[[dict[str, object]], Request],
    ) -> None:
        resource = client.subscription_resource(
            customer_id=customer_id, subscription_id=subscription_id
        )
        change = client.change_subscription(build(resource), request_id=new_id())
        if change.is_pending:
            soon(
                lambda: (
                    client.subscription_change(
                        location=change.location,
                        customer_id=customer_id,
                        subscription_id=subscription_id,
                    ).subscription
                )
            )

    def test_licences_arrive_in_the_tenant(
        self, client: PartnerCenter, created: CreatedCustomer
    ) -> None:
        customer_id = created.customer.id
        bought = self.buy(client, customer_id)
        status = soon(
            lambda: client.subscription_provisioning(
                customer_id=customer_id, subscription_id=bought.id
            )
        )
        assert status.quantity == 5
        assert client.addons(customer_id=customer_id, subscription_id=bought.id) == []
        (order,) = client.orders(customer_id=customer_id)
        assert client.order(customer_id=customer_id, order_id=order.id).id == order.id
        assert client.order_provisioning(customer_id=customer_id, order_id=order.id)
