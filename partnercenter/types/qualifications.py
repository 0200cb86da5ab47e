"""Which segments a customer may buy in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, ident, moment, text, whole


@dataclass(frozen=True, slots=True)
class Qualification(Told):
    """A segment that a customer belongs to, or asks to."""

    name: str
    """`Education`, `Nonprofit`, `GovernmentCommunityCloud`, `StateOwnedEntity`, `None`."""
    vetting_status: str
    """`InReview`, `Approved`, `Denied`; empty where Microsoft does not vet."""
    reason: str
    """Why it was denied, in Microsoft's words."""
    created_at: datetime | None

    @property
    def is_approved(self) -> bool:
        return self.vetting_status.lower() == "approved"

    @classmethod
    def parse(cls, value: Members) -> Self:
        """The vendor spells the date in two ways."""
        asked = moment(value, "vettingCreateDate") or moment(value, "vettingCreatedDate")
        return cls(
            name=text(value, "qualification"),
            vetting_status=text(value, "vettingStatus"),
            reason=text(value, "vettingReason"),
            created_at=asked,
            members=value,
        )


@dataclass(frozen=True, slots=True)
class ValidationCode(Told):
    """The provider's permission to qualify public authorities, for some customers."""

    id: str
    remaining: int

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(ident(value, "validationId"), whole(value, "remainingCreates"), members=value)
