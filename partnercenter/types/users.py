"""Users of a tenant and the directory roles they hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, ident, moment, text

GLOBAL_ADMINISTRATOR: Final = ("company administrator", "global administrator")
"""The names, old and new, of the role that may do everything in a tenant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Told):
    """A person's account in a tenant."""

    id: str
    user_principal_name: str
    display_name: str
    first_name: str
    last_name: str
    usage_location: str
    state: str
    """`active`, `inactive` (deleted less than 30 days ago)."""
    deleted_at: datetime | None

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=ident(value, "id"),
            user_principal_name=text(value, "userPrincipalName"),
            display_name=text(value, "displayName"),
            first_name=text(value, "firstName"),
            last_name=text(value, "lastName"),
            usage_location=text(value, "usageLocation"),
            state=text(value, "state").lower(),
            deleted_at=moment(value, "softDeletionTime"),
            members=value,
        )


@dataclass(frozen=True, slots=True)
class DirectoryRole(Told):
    """A role in a tenant's directory."""

    id: str
    name: str

    @property
    def is_global_administrator(self) -> bool:
        return self.name.lower() in GLOBAL_ADMINISTRATOR

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(ident(value, "id"), text(value, "name"), members=value)


@dataclass(frozen=True, slots=True)
class RoleMember(Told):
    """A user who holds a role."""

    id: str
    display_name: str
    user_principal_name: str

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            ident(value, "id"),
            text(value, "displayName"),
            text(value, "userPrincipalName"),
            members=value,
        )
