"""Subscriptions and the licences they put into a tenant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from partnercenter.wire import Members, each, flag, ident, member, moment, text, whole

ACTIVE: Final = "active"
SUSPENDED: Final = "suspended"
DELETED: Final = "deleted"


@dataclass(frozen=True, slots=True)
class Batch:
    """Seats bought together: refundable until their own deadline, seven days later."""

    quantity: int
    until_at: datetime | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(whole(value, "quantity"), moment(value, "allowedUntilDateTime"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A number of seats of one licence, for a term."""

    id: str
    offer_id: str
    """`product:sku:availability`."""
    offer_name: str
    friendly_name: str
    product_type: str
    quantity: int
    status: str
    """Lower-case; `active suspended deleted expired pending disabled` and whatever comes."""
    auto_renew: bool
    is_trial: bool
    billing_cycle: str
    term_duration: str
    created_at: datetime | None
    starts_at: datetime | None
    commitment_end_at: datetime | None
    cancellable_until_at: datetime | None
    refundable_total: int
    refundable: tuple[Batch, ...]
    order_id: str
    partner_id: str
    """The Partner (MPN) id of record; empty when nobody earns the incentive."""
    parent_id: str

    @property
    def product_id(self) -> str:
        return self._part(0)

    @property
    def sku_id(self) -> str:
        return self._part(1)

    @property
    def availability_id(self) -> str:
        return self._part(2)

    def _part(self, index: int) -> str:
        parts = self.offer_id.split(":")
        return parts[index] if index < len(parts) else ""

    @classmethod
    def parse(cls, value: Members) -> Self:
        refundable = member(value, "refundableQuantity")
        ends = moment(value, "commitmentEndDateTime") or moment(value, "commitmentEndDate")
        return cls(
            id=ident(value, "id"),
            offer_id=text(value, "offerId"),
            offer_name=text(value, "offerName"),
            friendly_name=text(value, "friendlyName"),
            product_type=text(member(value, "productType"), "id"),
            quantity=whole(value, "quantity"),
            status=text(value, "status").lower(),
            auto_renew=flag(value, "autoRenewEnabled"),
            is_trial=flag(value, "isTrial"),
            billing_cycle=text(value, "billingCycle"),
            term_duration=text(value, "termDuration"),
            created_at=moment(value, "creationDate"),
            starts_at=moment(value, "effectiveStartDate"),
            commitment_end_at=ends,
            cancellable_until_at=moment(value, "cancellationAllowedUntilDate"),
            refundable_total=whole(refundable, "totalQuantity"),
            refundable=each(refundable.get("details"), Batch.parse),
            order_id=ident(value, "orderId"),
            partner_id=text(value, "partnerId"),
            parent_id=ident(value, "parentSubscriptionId"),
        )


@dataclass(frozen=True, slots=True)
class SubscriptionChange:
    """A change that was made at once, or accepted and still going on at `location`."""

    subscription: Subscription | None
    location: str = ""

    @property
    def is_pending(self) -> bool:
        return self.subscription is None


@dataclass(frozen=True, slots=True)
class SubscriptionProvisioning:
    """How far Microsoft is; refreshed about every 15 minutes."""

    sku_id: str
    status: str
    """`success`, `pending`, `failed`."""
    quantity: int
    end_at: datetime | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            sku_id=ident(value, "skuId"),
            status=text(value, "status").lower(),
            quantity=whole(value, "quantity"),
            end_at=moment(value, "endDate"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribedSku:
    """The seats of one licence in a tenant: bought, used, free."""

    sku_id: str
    name: str
    part_number: str
    active: int
    available: int
    consumed: int
    suspended: int
    total: int
    warning: int
    status: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        sku = member(value, "productSku")
        return cls(
            sku_id=ident(sku, "id"),
            name=text(sku, "name"),
            part_number=text(sku, "skuPartNumber"),
            active=whole(value, "activeUnits"),
            available=whole(value, "availableUnits"),
            consumed=whole(value, "consumedUnits"),
            suspended=whole(value, "suspendedUnits"),
            total=whole(value, "totalUnits"),
            warning=whole(value, "warningUnits"),
            status=text(value, "capabilityStatus"),
        )
