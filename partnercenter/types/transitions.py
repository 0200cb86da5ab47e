"""Upgrades: what a subscription may become, and how far one is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from partnercenter.types.carts import LineError
from partnercenter.types.told import Told
from partnercenter.wire import Members, each, flag, ident, moment, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionOption(Told):
    """A way of upgrading into a new subscription."""

    is_eligible: bool
    transition_type: str
    """`transition_only`: the users keep the old licences; `transition_with_license_transfer`."""
    errors: tuple[LineError, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            is_eligible=flag(value, "isEligible"),
            transition_type=text(value, "transitionType"),
            errors=each(value.get("errors"), LineError.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionSubscription(Told):
    """An existing subscription that may take the upgraded seats."""

    subscription_id: str
    friendly_name: str
    term_duration: str
    billing_cycle: str
    is_eligible: bool
    errors: tuple[LineError, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            subscription_id=ident(value, "subscriptionId"),
            friendly_name=text(value, "subscriptionFriendlyName"),
            term_duration=text(value, "subscriptionTermDuration"),
            billing_cycle=text(value, "subscriptionBillingCycle"),
            is_eligible=flag(value, "isEligible"),
            errors=each(value.get("errors"), LineError.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionTarget(Told):
    """A licence that a subscription may be upgraded to."""

    operation_id: str
    catalog_item_id: str
    """`product:sku:availability`."""
    title: str
    description: str
    quantity: int
    options: tuple[TransitionOption, ...]
    subscriptions: tuple[TransitionSubscription, ...]

    @property
    def is_eligible(self) -> bool:
        """Some way of upgrading is open."""
        return any(each_one.is_eligible for each_one in self.options) or any(
            each_one.is_eligible for each_one in self.subscriptions
        )

    @classmethod
    def parse(cls, value: Members) -> Self:
        into = value.get("subscriptionEligibilities")
        return cls(
            operation_id=ident(value, "operationId"),
            catalog_item_id=text(value, "catalogItemId"),
            title=text(value, "title"),
            description=text(value, "description"),
            quantity=whole(value, "quantity"),
            options=each(value.get("eligibilities"), TransitionOption.parse),
            subscriptions=each(into, TransitionSubscription.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionEvent(Told):
    """A step of an upgrade."""

    name: str
    """`Conversion`, `LicenseTransfer`, ..."""
    status: str
    """Lower-case: `started`, `completed`, `failed`."""
    at: datetime | None
    errors: tuple[LineError, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            name=text(value, "name"),
            status=text(value, "status").strip().lower(),
            at=moment(value, "timestamp"),
            errors=each(value.get("errors"), LineError.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Told):
    """An upgrade that was ordered."""

    operation_id: str
    from_catalog_item_id: str
    from_subscription_id: str
    to_catalog_item_id: str
    to_subscription_id: str
    """Empty until Microsoft has made the new subscription."""
    quantity: int
    term_duration: str
    billing_cycle: str
    transition_type: str
    events: tuple[TransitionEvent, ...]

    @property
    def status(self) -> str:
        """`started`, `completed`, `failed`, ... of the last event; empty before the first."""
        return self.events[-1].status if self.events else ""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            operation_id=ident(value, "operationId"),
            from_catalog_item_id=text(value, "fromCatalogItemId"),
            from_subscription_id=ident(value, "fromSubscriptionId"),
            to_catalog_item_id=text(value, "toCatalogItemId"),
            to_subscription_id=ident(value, "toSubscriptionId"),
            quantity=whole(value, "quantity"),
            term_duration=text(value, "termDuration"),
            billing_cycle=text(value, "billingCycle"),
            transition_type=text(value, "transitionType"),
            events=each(value.get("events"), TransitionEvent.parse),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomTermEnd(Told):
    """A day that a first term may be made to end on."""

    kind: str
    """`calendarMonthAligned`, `subscriptionAligned`."""
    ends_at: datetime | None
    subscription_ids: tuple[str, ...]
    """The subscriptions that end on the same day."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            kind=text(value, "allowedCustomTermEndDateType"),
            ends_at=moment(value, "allowedCustomTermEndDate"),
            subscription_ids=tuple(
                str(each_id).lower() for each_id in value.get("cotermSubscriptionIds") or ()
            ),
            members=value,
        )
