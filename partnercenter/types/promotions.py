"""Promotions: what is cheaper, for whom, until when."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, decimal, each, flag, member, moment, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingPolicy(Told):
    """How a promotion lowers the price."""

    kind: str
    """`PercentDiscount`."""
    value: Decimal | None
    """For `PercentDiscount` the part that is taken off: 0.05 is 5 %."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(kind=text(value, "policyType"), value=decimal(value, "value"), members=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotedProduct(Told):
    """A licence and plan that a promotion is for."""

    product_id: str
    sku_id: str
    term_duration: str
    billing_cycle: str
    policies: tuple[PricingPolicy, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        term = member(value, "term")
        return cls(
            product_id=text(value, "productId"),
            sku_id=text(value, "skuId"),
            term_duration=text(term, "duration"),
            billing_cycle=text(term, "billingCycle"),
            policies=each(value.get("pricingPolicies"), PricingPolicy.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion(Told):
    """A promotion of a market and segment."""

    id: str
    name: str
    description: str
    starts_at: datetime | None
    ends_at: datetime | None
    is_auto_applicable: bool
    products: tuple[PromotedProduct, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id"),
            name=text(value, "name"),
            description=text(value, "description"),
            starts_at=moment(value, "startDate"),
            ends_at=moment(value, "endDate"),
            is_auto_applicable=flag(member(value, "properties"), "isAutoApplicable"),
            products=each(value.get("requiredProducts"), PromotedProduct.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionError(Told):
    """Why a promotion does not apply."""

    kind: str
    """`SeatCount`, `FirstPurchase`, `Term`, ..."""
    description: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(kind=text(value, "type"), description=text(value, "description"), members=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionChoice(Told):
    """Whether one promotion applies to one line."""

    promotion_id: str
    is_eligible: bool
    errors: tuple[PromotionError, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            promotion_id=text(value, "promotionId"),
            is_eligible=flag(value, "isEligible"),
            errors=each(value.get("errors"), PromotionError.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionEligibility(Told):
    """What promotions there are for a line that is wanted."""

    number: int
    catalog_item_id: str
    quantity: int
    billing_cycle: str
    term_duration: str
    choices: tuple[PromotionChoice, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            number=whole(value, "id"),
            catalog_item_id=text(value, "catalogItemId"),
            quantity=whole(value, "quantity"),
            billing_cycle=text(value, "billingCycle"),
            term_duration=text(value, "termDuration"),
            choices=each(value.get("eligibilities"), PromotionChoice.parse),
            members=value,
        )
