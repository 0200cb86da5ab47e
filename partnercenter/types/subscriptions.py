"""Subscriptions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from partnercenter.types.renewals import EndChoice, NextTerm, ScheduledAction
from partnercenter.types.told import Told
from partnercenter.wire import Members, each, flag, ident, member, moment, text, texts, whole

ACTIVE: Final = "active"
SUSPENDED: Final = "suspended"
DELETED: Final = "deleted"


@dataclass(frozen=True, slots=True)
class Batch(Told):
    """Seats bought together: refundable until their own deadline, seven days later."""

    quantity: int
    until_at: datetime | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(whole(value, "quantity"), moment(value, "allowedUntilDateTime"), members=value)


@dataclass(frozen=True, slots=True)
class RefundOption(Told):
    """How much comes back on cancelling, and until when."""

    kind: str
    """`Full`, `Partial`."""
    expires_at: datetime | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(text(value, "type"), moment(value, "expiresAt"), members=value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(Told):
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
    billing_cycle_end_at: datetime | None = None
    """The end of what the last charge paid for."""
    renewal_term: str = ""
    """The term it renews into where that is another one: `P1M`, `P1Y`, `P3Y`."""
    promotion_id: str = ""
    suspension_reasons: tuple[str, ...] = ()
    attention_needed: bool = False
    has_purchasable_addons: bool = False
    refund_options: tuple[RefundOption, ...] = ()
    next_term: NextTerm | None = None
    """What it becomes at its renewal; any change before deletes this."""
    scheduled_actions: tuple[ScheduledAction, ...] = ()

    @property
    def end_choice(self) -> EndChoice:
        """What was chosen for the end of the term; empty when nobody chose an end.

        Auto-renew off without an action is no choice: Microsoft makes it `extend` within a day.
        """
        for action in self.scheduled_actions:
            if action.choice:
                return action.choice
        return "renew" if self.auto_renew else ""

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
        cycle_ends = moment(value, "billingCycleEndDateTime") or moment(
            value, "billingCycleEndDate"
        )
        following = member(value, "scheduledNextTermInstructions")
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
            billing_cycle_end_at=cycle_ends,
            renewal_term=text(value, "renewalTermDuration"),
            promotion_id=text(value, "promotionId"),
            suspension_reasons=texts(value, "suspensionReasons"),
            attention_needed=flag(value, "attentionNeeded"),
            has_purchasable_addons=flag(value, "hasPurchasableAddons"),
            refund_options=each(value.get("refundOptions"), RefundOption.parse),
            next_term=NextTerm.parse(following) if following else None,
            scheduled_actions=each(value.get("scheduledActions"), ScheduledAction.parse),
            members=value,
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
class SubscriptionProvisioning(Told):
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
            members=value,
        )
