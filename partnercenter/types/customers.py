"""Customers: their tenants, the profile Microsoft bills, the first administrator."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from partnercenter.types.addresses import Address
from partnercenter.types.told import Told
from partnercenter.wire import Members, flag, ident, member, moment, text, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class BillingProfile(Told):
    """Who the customer is for Microsoft's commerce side."""

    email: str
    company_name: str
    culture: str
    language: str
    address: Address
    etag: str = ""
    """The version that was read; a change names it."""

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(
            email=text(value, "email"),
            company_name=text(value, "companyName"),
            culture=text(value, "culture"),
            language=text(value, "language"),
            address=Address.parse(member(value, "defaultAddress")),
            etag=text(member(value, "attributes"), "etag"),
            members=value,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Told):
    """A customer of the provider. Lists are poorer: no billing, no delegated access."""

    id: str
    """The tenant's id, lower-case."""
    domain: str
    """The first domain, `something.onmicrosoft.com`, in the case Microsoft keeps."""
    company_name: str
    relationship: str
    """`reseller`, `none`, `advisor`, ..."""
    associated_partner_id: str
    """The indirect reseller's tenant id, where one is set."""
    custom_domains: tuple[str, ...]
    allow_delegated_access: bool | None
    billing: BillingProfile | None

    @property
    def is_ours(self) -> bool:
        """A reseller relationship with the provider exists."""
        return self.relationship.lower() == "reseller"

    @classmethod
    def parse(cls, value: Members) -> Self:
        company, billing = member(value, "companyProfile"), member(value, "billingProfile")
        told = value.get("allowDelegatedAccess") is not None
        return cls(
            id=ident(value, "id") or ident(company, "tenantId"),
            domain=text(company, "domain"),
            company_name=text(company, "companyName") or text(billing, "companyName"),
            relationship=text(value, "relationshipToPartner"),
            associated_partner_id=ident(value, "associatedPartnerId"),
            custom_domains=texts(value, "customDomains"),
            allow_delegated_access=flag(value, "allowDelegatedAccess") if told else None,
            billing=BillingProfile.parse(billing) if billing else None,
            members=value,
        )


@dataclass(frozen=True, slots=True)
class CreatedCustomer(Told):
    """A new customer with the credentials of its first administrator, told once and never again.

    An empty password means that Microsoft did not repeat it: it must be reset.
    """

    customer: Customer
    user_name: str
    password: str = field(repr=False)

    @property
    def user_principal_name(self) -> str:
        """What the administrator signs in with."""
        return f"{self.user_name}@{self.customer.domain}"

    @classmethod
    def parse(cls, value: Members) -> Self:
        told = member(value, "userCredentials")
        # The customer alone may be kept; the credentials may not.
        customer = {name: each for name, each in value.items() if name != "userCredentials"}
        return cls(
            Customer.parse(customer), text(told, "userName"), text(told, "password"), members=value
        )


@dataclass(frozen=True, slots=True)
class ValidationStatus(Told):
    """Whether Microsoft lets a new customer buy yet."""

    status: str
    """`Allowed`, `UnderReview`, `NotAllowed`, `Unknown`, `Not Ready`."""
    updated_at: datetime | None

    @property
    def is_allowed(self) -> bool:
        return self.status.lower() == "allowed"

    @property
    def is_refused(self) -> bool:
        return self.status.lower() == "notallowed"

    @classmethod
    def parse(cls, value: Members) -> Self:
        return cls(text(value, "status"), moment(value, "lastUpdateDateTime"), members=value)
