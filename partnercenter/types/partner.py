"""Partners: the provider itself and its indirect resellers."""

from dataclasses import dataclass
from typing import Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, flag, ident, text


@dataclass(frozen=True, slots=True)
class PartnerProfile(Told):
    """A Partner (MPN) id and the name that Microsoft knows it by."""

    mpn_id: str
    name: str
    profile_type: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            text(value, "mpnId"),
            text(value, "partnerName"),
            text(value, "profileType"),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class IndirectReseller(Told):
    """A reseller in the provider's relationships, or attached to a customer."""

    tenant_id: str
    name: str
    mpn_id: str
    state: str
    """`Active`, other words, or empty in older answers."""
    location: str

    @property
    def is_active(self) -> bool:
        """Older answers carry no state: being listed was being active."""
        return self.state.lower() in ("", "active")

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            tenant_id=ident(value, "id"),
            name=text(value, "name"),
            mpn_id=text(value, "mpnId"),
            state=text(value, "state"),
            location=text(value, "location"),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class PartnerCheck(Told):
    """Whether a Partner id may stand as partner of record; the refusal is inside a 200."""

    mpn_id: str
    is_valid: bool
    code: str
    message: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            mpn_id=text(value, "partnerId"),
            is_valid=flag(value, "isValidPartnerIdOnRecord"),
            code=text(value, "errorCode"),
            message=text(value, "errorDescription"),
            members=value,
        )
