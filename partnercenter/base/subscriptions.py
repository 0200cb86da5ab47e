"""What may be asked about subscriptions."""

from abc import ABC, abstractmethod
from typing import Any

from partnercenter.request import Request
from partnercenter.types import (
    CustomTermEnd,
    SubscribedSku,
    Subscription,
    SubscriptionChange,
    SubscriptionProvisioning,
    Transition,
    TransitionTarget,
)


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

    @abstractmethod
    def custom_term_end_dates(
        self,
        *,
        customer_id: str,
        term: str,
        product_id: str = "",
        sku_id: str = "",
        timeout: float | None = None,
    ) -> list[CustomTermEnd]:
        """The days a new subscription's first term (`P1M`, `P1Y`, `P3Y`) may end on instead."""

    @abstractmethod
    def transition_eligibilities(
        self,
        *,
        customer_id: str,
        subscription_id: str,
        scheduled: bool = False,
        timeout: float | None = None,
    ) -> list[TransitionTarget]:
        """What it may be upgraded to, now or (`scheduled`) at its renewal."""

    @abstractmethod
    def transition(self, request: Request, *, request_id: str) -> Transition:
        """Orders an upgrade. Raises Refused (900258-900261, 900267, 900268)."""

    @abstractmethod
    def transitions(
        self, *, customer_id: str, subscription_id: str, timeout: float | None = None
    ) -> list[Transition]:
        """The upgrades of a subscription, and how far they are."""
