"""What may be asked about the catalogue, carts, orders and subscriptions."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

from partnercenter.request import Request
from partnercenter.types import (
    Availability,
    Cart,
    Checkout,
    LineProvisioning,
    Order,
    PriceRow,
    Product,
    Sku,
    SubscribedSku,
    Subscription,
    SubscriptionChange,
    SubscriptionProvisioning,
)


class CatalogueCalls(ABC):
    """With a `customer_id`: only what that customer may buy. Use that for ordering."""

    @abstractmethod
    def products(
        self,
        *,
        country: str,
        segment: str = "",
        customer_id: str = "",
        timeout: float | None = None,
    ) -> list[Product]:
        """Licence families; segment `commercial`, `education`, `government`, `nonprofit`."""

    @abstractmethod
    def skus(
        self,
        *,
        product_id: str,
        country: str,
        customer_id: str = "",
        timeout: float | None = None,
    ) -> list[Sku]:
        """The licences of a product. Raises NotFound (400013)."""

    @abstractmethod
    def availabilities(
        self,
        *,
        product_id: str,
        sku_id: str,
        country: str,
        customer_id: str = "",
        timeout: float | None = None,
    ) -> list[Availability]:
        """What can go into a cart today. Raises NotFound (400018)."""

    @abstractmethod
    def prices(self, *, market: str, timeline: str = "current") -> Iterator[PriceRow]:
        """The licence price sheet of a country; tens of megabytes at Microsoft."""


class OrderCalls(ABC):
    """Carts and orders."""

    @abstractmethod
    def create_cart(self, request: Request, *, request_id: str) -> Cart:
        """A cart with prices; look at its `errors` before checkout."""

    @abstractmethod
    def cart(self, *, customer_id: str, cart_id: str, timeout: float | None = None) -> Cart:
        """A cart as it is now."""

    @abstractmethod
    def checkout_cart(self, request: Request, *, request_id: str) -> Checkout:
        """Buys. Raises Refused (800009 bad line, 13605 agreement), AlreadyDone (800065)."""

    @abstractmethod
    def orders(self, *, customer_id: str, timeout: float | None = None) -> list[Order]:
        """A customer's orders; a new one may take 15 minutes to appear."""

    @abstractmethod
    def order(self, *, customer_id: str, order_id: str, timeout: float | None = None) -> Order:
        """One order."""

    @abstractmethod
    def order_provisioning(
        self, *, customer_id: str, order_id: str, timeout: float | None = None
    ) -> list[LineProvisioning]:
        """How far each line is."""


class SubscriptionCalls(ABC):
    """Subscriptions."""

    @abstractmethod
    def subscriptions(
        self,
        *,
        customer_id: str,
        order_id: str = "",
        mpn_id: str = "",
        timeout: float | None = None,
    ) -> list[Subscription]:
        """A customer's subscriptions, of one order or one partner of record if given."""

    @abstractmethod
    def subscription(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> Subscription:
        """One subscription. Raises NotFound."""

    @abstractmethod
    def subscription_resource(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> dict[str, Any]:
        """One subscription as Microsoft wrote it: what a change is built on."""

    @abstractmethod
    def change_subscription(self, request: Request, *, request_id: str) -> SubscriptionChange:
        """Seats, name, status or renewal. Raises Refused (800090, 900117, ...), Busy (800082)."""

    @abstractmethod
    def subscription_change(
        self,
        *,
        location: str,
        customer_id: str,
        subscription_id: str,
        timeout: float | None = None,
    ) -> SubscriptionChange:
        """How an accepted change stands; `location` is what `SubscriptionChange` carried."""

    @abstractmethod
    def subscription_provisioning(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> SubscriptionProvisioning:
        """How far its licences are."""

    @abstractmethod
    def addons(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> list[Subscription]:
        """The add-ons bought on top of a subscription."""

    @abstractmethod
    def subscribed_skus(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[SubscribedSku]:
        """Seats bought, used and free in the tenant."""
