"""What happens to a subscription at the end of its term."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, day, member, moment, text, whole

Renewal = Literal["renew", "cancel", "extend"]
EndChoice = Renewal | Literal[""]

TERM_END: Final = "TermEnd"
AT_TERM_END: Final[dict[Renewal, str]] = {
    "renew": "RenewToNewTerm",
    "cancel": "Cancel",
    "extend": "RenewToExtendedServiceTerm",
}
_CHOICES: Final = {action.lower(): choice for choice, action in AT_TERM_END.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTerm(Told):
    """What a subscription becomes with its next term; empty members stay as they are."""

    product_id: str = ""
    sku_id: str = ""
    availability_id: str = ""
    term_duration: str = ""
    """`P1M`, `P1Y`, `P3Y`."""
    billing_cycle: str = ""
    """`Monthly`, `Annual`, `Triennial`."""
    quantity: int | None = None
    custom_end_date: date | None = None
    """The last day of a next term that is cut short."""
    promotion_id: str = ""
    mpn_id: str = ""
    """The partner of record from then on."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        product = member(value, "product")
        return cls(
            product_id=text(product, "productId"),
            sku_id=text(product, "skuId"),
            availability_id=text(product, "availabilityId"),
            term_duration=text(product, "termDuration"),
            billing_cycle=text(product, "billingCycle"),
            quantity=whole(value, "quantity") if value.get("quantity") is not None else None,
            custom_end_date=day(value, "customTermEndDate"),
            promotion_id=text(product, "promotionId"),
            mpn_id=text(value, "partnerIdOnRecord"),
            members=value,
        )

    def written(self) -> dict[str, Any]:
        """The instructions as Microsoft names their parts; empty parts are left out."""
        product = {
            "productId": self.product_id,
            "skuId": self.sku_id,
            "availabilityId": self.availability_id,
            "billingCycle": self.billing_cycle,
            "termDuration": self.term_duration,
            "promotionId": self.promotion_id,
        }
        ends = self.custom_end_date
        parts = {
            "product": {name: value for name, value in product.items() if value},
            "quantity": self.quantity,
            "customTermEndDate": f"{ends.isoformat()}T00:00:00Z" if ends else None,
            "partnerIdOnRecord": self.mpn_id or None,
        }
        return {name: value for name, value in parts.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledAction(Told):
    """One thing Microsoft will do, at the end of the term or on a day."""

    schedule_type: str
    """`TermEnd`, `CustomDate`."""
    action_type: str
    """`RenewToNewTerm`, `Cancel`, `RenewToExtendedServiceTerm`, `Transition`, or a new word."""
    effective_at: datetime | None = None
    instructions: NextTerm | None = None

    @property
    def choice(self) -> EndChoice:
        """The choice for the term's end that this action is; empty for other actions."""
        if self.schedule_type.lower() != TERM_END.lower():
            return ""
        return _CHOICES.get(self.action_type.lower(), "")

    @classmethod
    def parse(cls, value: Members) -> Self:
        """The member for the kind of date is spelled in two ways."""
        instructions = member(value, "instructions")
        return cls(
            schedule_type=text(value, "scheduleType") or text(value, "scheduledType"),
            action_type=text(value, "actionType"),
            effective_at=moment(value, "effectiveDate"),
            instructions=NextTerm.parse(instructions) if instructions else None,
            members=value,
        )
