"""The catalogue: product → SKU → availability, and the price sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final, Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, each, flag, items, member, moment, text, texts, whole

NEW_COMMERCE: Final = "OnlineServicesNCE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Told):
    """A family of licences."""

    id: str
    title: str
    description: str
    product_type: str
    publisher: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id"),
            title=text(value, "title"),
            description=text(value, "description"),
            product_type=text(member(value, "productType"), "id"),
            publisher=text(value, "publisherName"),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sku(Told):
    """A licence that can be bought, with its limits."""

    id: str
    product_id: str
    title: str
    description: str
    minimum_quantity: int
    maximum_quantity: int
    is_trial: bool
    is_addon: bool
    prerequisite_skus: tuple[str, ...]
    """`product:sku` of which the customer needs one first."""
    billing_cycles: tuple[str, ...]
    upgrade_targets: tuple[str, ...]
    provisioning_id: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        dynamic = member(value, "dynamicAttributes")
        return cls(
            id=text(value, "id"),
            product_id=text(value, "productId"),
            title=text(value, "title"),
            description=text(value, "description"),
            minimum_quantity=whole(value, "minimumQuantity"),
            maximum_quantity=whole(value, "maximumQuantity"),
            is_trial=flag(value, "isTrial"),
            is_addon=flag(dynamic, "isAddon"),
            prerequisite_skus=texts(dynamic, "prerequisiteSkus"),
            billing_cycles=texts(value, "supportedBillingCycles"),
            upgrade_targets=texts(dynamic, "upgradeTargetOffers"),
            provisioning_id=text(dynamic, "provisioningId"),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class Term(Told):
    """A commitment and how it is billed."""

    id: str
    duration: str
    """ISO 8601: `P1M`, `P1Y`, `P3Y`."""
    billing_cycle: str
    description: str

    @property
    def refunds(self) -> tuple[dict[str, str], ...]:
        """Its cancellation policies: `type` (Full, ...) and `within`, ISO 8601 since purchase."""
        return tuple(
            {"type": text(option, "type"), "within": text(option, "expiresAfter")}
            for policy in items(self.members.get("cancellationPolicies"))
            for option in items(policy.get("refundOptions"))
        )

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id"),
            duration=text(value, "duration"),
            billing_cycle=text(value, "billingCycle"),
            description=text(value, "description"),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Told):
    """What goes into a cart line. Its id changes: fetch it right before the cart."""

    id: str
    product_id: str
    sku_id: str
    catalog_item_id: str
    """`product:sku:availability`."""
    segment: str
    country: str
    currency: str
    is_purchasable: bool
    is_renewable: bool
    terms: tuple[Term, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id"),
            product_id=text(value, "productId"),
            sku_id=text(value, "skuId"),
            catalog_item_id=text(value, "catalogItemId"),
            segment=text(value, "segment"),
            country=text(value, "country"),
            currency=text(member(value, "defaultCurrency"), "code"),
            is_purchasable=flag(value, "isPurchasable"),
            is_renewable=flag(value, "isRenewable"),
            terms=each(value.get("terms"), Term.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow(Told):
    """One row of the provider's price sheet, prices for the whole billing plan's unit."""

    product_id: str
    product_title: str
    sku_id: str
    sku_title: str
    term: str
    billing_cycle: str
    market: str
    currency: str
    unit_price: Decimal
    """What the provider pays for one seat."""
    erp_price: Decimal
    """Microsoft's estimated retail price for one seat."""
    segment: str
    tags: str
    starts_at: datetime | None
    ends_at: datetime | None

    @classmethod
    def parse(cls, row: Mapping[str, str]) -> Self:
        return cls(
            product_id=row.get("ProductId", ""),
            product_title=row.get("ProductTitle", ""),
            sku_id=row.get("SkuId", ""),
            sku_title=row.get("SkuTitle", ""),
            term=row.get("TermDuration", ""),
            billing_cycle=row.get("BillingPlan", ""),
            market=row.get("Market", ""),
            currency=row.get("Currency", ""),
            unit_price=_amount(row.get("UnitPrice", "")),
            erp_price=_amount(row.get("ERP Price", "")),
            segment=row.get("Segment", ""),
            tags=row.get("Tags", ""),
            starts_at=_sheet_moment(row.get("EffectiveStartDate", "")),
            ends_at=_sheet_moment(row.get("EffectiveEndDate", "")),
            members=row,
        )


def _amount(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        return Decimal(0)


def _sheet_moment(written: str) -> datetime | None:
    """`2/4/2021 8:35:31 PM`, as the sheets write UTC; ISO 8601 is read as well."""
    try:
        return datetime.strptime(written, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)
    except ValueError:
        return moment({"at": written}, "at")
