"""Carts and orders."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self

from partnercenter.causes import cause_of
from partnercenter.wire import Members, each, ident, items, member, moment, money, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLine:
    """What is to be bought: one availability, for how long, how many."""

    catalog_item_id: str
    """`product:sku:availability`."""
    quantity: int
    billing_cycle: str
    """`Monthly`, `Annual`, `Triennial`."""
    term_duration: str
    """`P1M`, `P1Y`, `P3Y`."""
    mpn_id: str = ""
    """The indirect reseller whose sale this is; without it the incentive is lost silently."""
    friendly_name: str = ""
    promotion_id: str = ""
    parent_subscription_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """The only authoritative price of a line, in the line's currency."""

    list_price: Decimal
    price: Decimal
    """For one seat and one charge, discounts and proration included."""
    extended_price: Decimal
    """For all seats."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            list_price=money(value, "listPrice"),
            price=money(value, "price"),
            extended_price=money(value, "extendedPrice"),
        )


@dataclass(frozen=True, slots=True)
class LineError:
    """Why a line cannot be bought. The cart is created all the same; checkout would fail."""

    code: str
    message: str
    """Our sentence for a known code."""
    detail: str
    """Microsoft's own words."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        code = text(value, "errorCode") or text(value, "code")
        said = text(value, "errorDescription") or text(value, "description")
        cause = cause_of(code)
        return cls(code, cause.text if cause else said, said)


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLine:
    """A line of a cart as Microsoft understood it."""

    number: int
    catalog_item_id: str
    quantity: int
    billing_cycle: str
    term_duration: str
    currency: str
    order_group: str
    pricing: Pricing | None
    error: LineError | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        pricing, error = member(value, "pricing"), member(value, "error")
        return cls(
            number=whole(value, "id"),
            catalog_item_id=text(value, "catalogItemId"),
            quantity=whole(value, "quantity"),
            billing_cycle=text(value, "billingCycle"),
            term_duration=text(value, "termDuration"),
            currency=text(value, "currencyCode"),
            order_group=text(value, "orderGroup"),
            pricing=Pricing.parse(pricing) if pricing else None,
            error=LineError.parse(error) if error else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cart:
    """A basket at Microsoft; it lives seven days."""

    id: str
    status: str
    """`Active`, `Ordered`; empty in older answers."""
    expires_at: datetime | None
    lines: tuple[CartLine, ...]

    @property
    def errors(self) -> tuple[LineError, ...]:
        """What is wrong with its lines, in their order."""
        return tuple(line.error for line in self.lines if line.error)

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=ident(value, "id"),
            status=text(value, "status"),
            expires_at=moment(value, "expirationTimestamp"),
            lines=each(value.get("lineItems"), CartLine.parse),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
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
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
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
        )


@dataclass(frozen=True, slots=True)
class Checkout:
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
        return cls(each(orders, Order.parse), each(value.get("orderErrors"), LineError.parse))


@dataclass(frozen=True, slots=True)
class LineProvisioning:
    """How far Microsoft is with a line of an order; refreshed about every 15 minutes."""

    line_number: int
    status: str
    """`fulfilled`, `unfulfilled`, `prefulfillmentPending`."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(whole(value, "lineItemNumber"), text(value, "status"))
