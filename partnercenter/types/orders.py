"""Orders, and what became of a cart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from partnercenter.types.carts import LineError, Pricing
from partnercenter.types.told import Told
from partnercenter.wire import Members, each, ident, items, member, moment, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine(Told):
    """A line of an order; `subscription_id` stays empty until it is provisioned."""

    number: int
    offer_id: str
    subscription_id: str
    quantity: int
    term_duration: str
    friendly_name: str
    partner_id: str
    pricing: Pricing | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        pricing = member(value, "pricing")
        return cls(
            number=whole(value, "lineItemNumber"),
            offer_id=text(value, "offerId"),
            subscription_id=ident(value, "subscriptionId"),
            quantity=whole(value, "quantity"),
            term_duration=text(value, "termDuration"),
            friendly_name=text(value, "friendlyName"),
            partner_id=text(value, "partnerIdOnRecord"),
            pricing=Pricing.parse(pricing) if pricing else None,
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Told):
    """An order at Microsoft. One checkout may make several."""

    id: str
    status: str
    """`completed`, `pending`, `partial success`, `error`, ..."""
    billing_cycle: str
    currency: str
    created_at: datetime | None
    lines: tuple[OrderLine, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=ident(value, "id"),
            status=text(value, "status"),
            billing_cycle=text(value, "billingCycle"),
            currency=text(value, "currencyCode"),
            created_at=moment(value, "creationDate"),
            lines=each(value.get("lineItems"), OrderLine.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class Checkout(Told):
    """The orders a cart became, and the groups of lines that were refused."""

    orders: tuple[Order, ...]
    errors: tuple[LineError, ...]

    @property
    def is_complete(self) -> bool:
        return bool(self.orders) and not self.errors

    @classmethod
    def parse(cls, value: Members) -> Self:
        """The vendor also prints a checkout that answers with the bare order."""
        orders = items(value.get("orders")) or ([value] if value.get("lineItems") else [])
        return cls(
            each(orders, Order.parse),
            each(value.get("orderErrors"), LineError.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class LineProvisioning(Told):
    """How far Microsoft is with a line of an order; refreshed about every 15 minutes."""

    line_number: int
    status: str
    """`fulfilled`, `unfulfilled`, `prefulfillmentPending`."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(whole(value, "lineItemNumber"), text(value, "status"), members=value)
