"""The catalogue, carts and orders over REST."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from partnercenter.base.commerce import CatalogueCalls, OrderCalls
from partnercenter.request import Request, json_bytes, without_nothing
from partnercenter.rest.calls import Calls, with_query
from partnercenter.rest.price_sheet import price_rows
from partnercenter.types import (
    Availability,
    Cart,
    Checkout,
    LineProvisioning,
    Order,
    PriceRow,
    Product,
    Promotion,
    PromotionEligibility,
    Sku,
    WantedLine,
)
from partnercenter.wire import each


class RestCatalogueCalls(Calls, CatalogueCalls):
    """`CatalogueCalls` over REST."""

    def products(
        self,
        *,
        country: str,
        segment: str = "",
        customer_id: str = "",
        timeout: float | None = None,
    ) -> list[Product]:
        path = with_query(
            _catalogue(customer_id),
            country=country,
            targetView="OnlineServices",
            targetSegment=segment,
        )
        return [Product.parse(item) for item in self._list(path, acts_as="app", timeout=timeout)]

    def skus(
        self,
        *,
        product_id: str,
        country: str,
        customer_id: str = "",
        timeout: float | None = None,
    ) -> list[Sku]:
        path = with_query(
            f"{_catalogue(customer_id)}/{quote(product_id, safe='')}/skus", country=country
        )
        return [Sku.parse(item) for item in self._list(path, acts_as="app", timeout=timeout)]

    def availabilities(
        self,
        *,
        product_id: str,
        sku_id: str,
        country: str,
        customer_id: str = "",
        timeout: float | None = None,
    ) -> list[Availability]:
        sku = f"{quote(product_id, safe='')}/skus/{quote(sku_id, safe='')}"
        path = with_query(f"{_catalogue(customer_id)}/{sku}/availabilities", country=country)
        value = self._session.read(path, acts_as="app", timeout=timeout).value
        if isinstance(value, dict) and value.get("catalogItemId"):  # one comes bare at times
            return [Availability.parse(value)]
        return list(each(value, Availability.parse))

    def prices(
        self, *, market: str, timeline: str = "current", month: str = ""
    ) -> Iterator[PriceRow]:
        return price_rows(self._session, market=market, timeline=timeline, month=month)

    def promotions(
        self, *, country: str, segment: str, timeout: float | None = None
    ) -> list[Promotion]:
        path = with_query("/v1/productpromotions", country=country, segment=segment)
        return [Promotion.parse(item) for item in self._list(path, acts_as="app", timeout=timeout)]

    def promotion(
        self, *, promotion_id: str, country: str, timeout: float | None = None
    ) -> Promotion:
        path = with_query(f"/v1/productpromotions/{quote(promotion_id)}", country=country)
        return Promotion.parse(self._get(path, acts_as="app", timeout=timeout))

    def promotion_eligibilities(
        self, *, customer_id: str, lines: Sequence[WantedLine], timeout: float | None = None
    ) -> list[PromotionEligibility]:
        path = f"/v1/customers/{customer_id}/promotionEligibilities"
        body = json_bytes({"items": [_asked(number, line) for number, line in enumerate(lines)]})
        value = self._post_question(path, body, timeout)
        return list(each(value, PromotionEligibility.parse))


def _asked(number: int, line: WantedLine) -> Mapping[str, object]:
    return without_nothing(
        {
            "id": number,
            "catalogItemId": line.catalog_item_id,
            "quantity": line.quantity,
            "termDuration": line.term_duration,
            "billingCycle": line.billing_cycle,
            "promotionId": line.promotion_id,
        }
    )


def _catalogue(customer_id: str) -> str:
    return f"/v1/customers/{customer_id}/products" if customer_id else "/v1/products"


class RestOrderCalls(Calls, OrderCalls):
    """`OrderCalls` over REST."""

    def create_cart(self, request: Request, *, request_id: str) -> Cart:
        return Cart.parse(self._written(request, request_id, "id"))

    def cart(self, *, customer_id: str, cart_id: str, timeout: float | None = None) -> Cart:
        path = f"/v1/customers/{customer_id}/carts/{cart_id}"
        return Cart.parse(self._get(path, timeout=timeout))

    def update_cart(self, request: Request, *, request_id: str) -> Cart:
        return Cart.parse(self._written(request, request_id, "id"))

    def checkout_cart(self, request: Request, *, request_id: str) -> Checkout:
        return Checkout.parse(self._written(request, request_id))

    def orders(self, *, customer_id: str, timeout: float | None = None) -> list[Order]:
        path = f"/v1/customers/{customer_id}/orders"
        return [Order.parse(item) for item in self._list(path, timeout=timeout)]

    def order(self, *, customer_id: str, order_id: str, timeout: float | None = None) -> Order:
        path = f"/v1/customers/{customer_id}/orders/{order_id}"
        return Order.parse(self._get(path, timeout=timeout))

    def order_provisioning(
        self, *, customer_id: str, order_id: str, timeout: float | None = None
    ) -> list[LineProvisioning]:
        path = f"/v1/customers/{customer_id}/orders/{order_id}/provisioningstatus"
        return [LineProvisioning.parse(item) for item in self._list(path, timeout=timeout)]
