"""Carts: what is wanted, what it costs, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from partnercenter.causes import cause_of
from partnercenter.types.told import Told
from partnercenter.wire import Members, each, ident, member, moment, money, text, whole


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
    custom_term_end_date: date | None = None
    """The last day of a shorter first term, one of `custom_term_end_dates`."""
    renews_to: str = ""
    """The term it renews into where that is another one: `P1M`, `P1Y`, `P3Y`."""
    addon_items: tuple["WantedLine", ...] = ()
    """Add-ons bought together with this base."""
    attestation_accepted: bool = False
    """The declaration that some licences ask for has been made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing(Told):
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
            members=value,
        )


@dataclass(frozen=True, slots=True)
class LineError(Told):
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
        return cls(code, cause.text if cause else said, said, members=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLine(Told):
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
    addons: tuple["CartLine", ...] = ()

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
            addons=each(value.get("addonItems"), CartLine.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cart(Told):
    """A basket at Microsoft; it lives seven days."""

    id: str
    status: str
    """`Active`, `Ordered`; empty in older answers."""
    expires_at: datetime | None
    lines: tuple[CartLine, ...]

    @property
    def errors(self) -> tuple[LineError, ...]:
        """What is wrong with its lines and their add-ons, in their order."""
        lines = [part for line in self.lines for part in (line, *line.addons)]
        return tuple(line.error for line in lines if line.error)

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=ident(value, "id"),
            status=text(value, "status"),
            expires_at=moment(value, "expirationTimestamp"),
            lines=each(value.get("lineItems"), CartLine.parse),
            members=value,
        )
