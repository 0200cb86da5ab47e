"""Who changed what at Microsoft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from partnercenter.types.told import Told
from partnercenter.wire import Members, ident, load, moment, text


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord(Told):
    """One change that somebody made through Partner Center, its page or its API."""

    id: str
    at: datetime | None
    partner_id: str
    """The provider's tenant."""
    customer_id: str
    customer_name: str
    user: str
    """The user principal name; empty when an application acted for itself."""
    application_id: str
    resource_type: str
    """`Customer`, `Order`, `Subscription`, ..."""
    operation_type: str
    """snake_case: `update_subscription`, ..."""
    status: str
    """`succeeded`, `failed`, ..."""
    correlation_id: str
    """What the call carried as `MS-CorrelationId`."""
    before: Mapping[str, Any] | None = field(repr=False)
    """The resource before, member names in camelCase."""
    after: Mapping[str, Any] | None = field(repr=False)

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            id=text(value, "id"),
            at=moment(value, "operationDate"),
            partner_id=ident(value, "partnerId"),
            customer_id=ident(value, "customerId"),
            customer_name=text(value, "customerName"),
            user=text(value, "userPrincipalName"),
            application_id=ident(value, "applicationId"),
            resource_type=text(value, "resourceType"),
            operation_type=text(value, "operationType"),
            status=text(value, "operationStatus"),
            correlation_id=ident(value, "originalCorrelationId"),
            before=_inner(value, "resourceOldValue"),
            after=_inner(value, "resourceNewValue"),
            members=value,
        )


def _inner(value: Members, name: str) -> Mapping[str, Any] | None:
    """A resource, written as JSON text in PascalCase; None when there is none or it is cut off."""
    told = value.get(name)
    if isinstance(told, str):
        try:
            told = load(told.encode())
        except ValueError:
            return None
    return told if isinstance(told, Mapping) else None
