"""GDAP: what a customer lets the provider do in his tenant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, each, ident, member, moment, text

_APPROVE = (
    "https://admin.microsoft.com/AdminPortal/Home#/partners/invitation/granularAdminRelationships/"
)


def _roles(value: Members) -> tuple[str, ...]:
    details = member(value, "accessDetails")
    return each(details.get("unifiedRoles"), lambda role: ident(role, "roleDefinitionId"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gdap(Told):
    """A granular delegated admin relationship."""

    id: str
    status: str
    """`created approvalPending approved activating active expiring expired terminated` ..."""
    display_name: str
    customer_id: str
    role_ids: tuple[str, ...]
    duration: str
    created_at: datetime | None
    activated_at: datetime | None
    end_at: datetime | None
    etag: str
    auto_extend: str = ""
    """By how much it extends itself before its end: `P180D`; `PT0S` is not at all."""

    @property
    def is_active(self) -> bool:
        return self.status.lower() in ("active", "expiring")

    @property
    def approval_url(self) -> str:
        """What the customer's administrator opens to approve it."""
        return _APPROVE + self.id

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id"),
            status=text(value, "status"),
            display_name=text(value, "displayName"),
            customer_id=ident(member(value, "customer"), "tenantId"),
            role_ids=_roles(value),
            duration=text(value, "duration"),
            created_at=moment(value, "createdDateTime"),
            activated_at=moment(value, "activatedDateTime"),
            end_at=moment(value, "endDateTime"),
            etag=text(value, "@odata.etag"),
            auto_extend=text(value, "autoExtendDuration"),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class AccessAssignment(Told):
    """Roles of a relationship, given to one security group of the provider."""

    id: str
    status: str
    """`pending`, `active`, `error`, ..."""
    group_id: str
    role_ids: tuple[str, ...]

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id"),
            status=text(value, "status"),
            group_id=ident(member(value, "accessContainer"), "accessContainerId"),
            role_ids=_roles(value),
            members=value,
        )
