"""What may be asked about the catalogue, carts and orders."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence

from partnercenter.request import Request
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
    def prices(
        self, *, market: str, timeline: str = "current", month: str = ""
    ) -> Iterator[PriceRow]:
        """The licence price sheet of a country; tens of megabytes at Microsoft.

        `timeline` is `current`, `future` or `history`, the last with a `month` (`202601`).
        Raises NotFound when there is no such sheet (yet).
        """

    @abstractmethod
    def promotions(
        self, *, country: str, segment: str, timeout: float | None = None
    ) -> list[Promotion]:
        """The promotions of a market; segment `commercial`, `education`, `government`, ..."""

    @abstractmethod
    def promotion(
        self, *, promotion_id: str, country: str, timeout: float | None = None
    ) -> Promotion:
        """One promotion. Raises NotFound."""

    @abstractmethod
    def promotion_eligibilities(
        self, *, customer_id: str, lines: Sequence[WantedLine], timeout: float | None = None
    ) -> list[PromotionEligibility]:
        """Which promotions apply to these lines; without a `promotion_id`: all there are."""


class OrderCalls(ABC):
    """Carts and orders."""

    @abstractmethod
    def create_cart(self, request: Request, *, request_id: str) -> Cart:
        """A cart with prices; look at its `errors` before checkout."""

    @abstractmethod
    def cart(self, *, customer_id: str, cart_id: str, timeout: float | None = None) -> Cart:
        """A cart as it is now."""

    @abstractmethod
    def update_cart(self, request: Request, *, request_id: str) -> Cart:
        """Other lines for a cart. Raises AlreadyDone (800065) when it has been ordered."""

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
