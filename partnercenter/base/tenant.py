"""What may be asked inside a customer's tenant: users, GDAP, domains."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from partnercenter.request import Request
from partnercenter.types import (
    AccessAssignment,
    DirectoryRole,
    DnsRecord,
    Domain,
    Gdap,
    RoleMember,
    User,
)


class UserCalls(ABC):
    """Users and roles; the customer's GDAP roles decide what is allowed."""

    @abstractmethod
    def users(
        self, *, customer_id: str, deleted: bool = False, timeout: float | None = None
    ) -> Iterator[User]:
        """The tenant's users, or those deleted in the last 30 days."""

    @abstractmethod
    def user(self, *, customer_id: str, user_id: str, timeout: float | None = None) -> User:
        """One user. Raises NotFound."""

    @abstractmethod
    def create_user(self, request: Request, *, request_id: str) -> User:
        """A new user."""

    @abstractmethod
    def reset_password(self, request: Request, *, request_id: str) -> User:
        """Sets a password. Raises Refused(field="gdap") without the role for it."""

    @abstractmethod
    def directory_roles(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[DirectoryRole]:
        """The roles that are in use in the tenant."""

    @abstractmethod
    def role_members(
        self, *, customer_id: str, role_id: str, timeout: float | None = None
    ) -> list[RoleMember]:
        """Who holds a role."""

    @abstractmethod
    def assign_role(self, request: Request, *, request_id: str) -> RoleMember:
        """Gives a user a role."""


class GdapCalls(ABC):
    """Delegated administration, asked for by the provider and approved by the customer."""

    @abstractmethod
    def create_gdap(self, request: Request, *, request_id: str) -> Gdap:
        """A relationship, not yet sent. Raises AlreadyDone when the name is used."""

    @abstractmethod
    def lock_gdap(self, request: Request, *, request_id: str) -> None:
        """Makes it ready for the customer's approval."""

    @abstractmethod
    def gdap(self, *, gdap_id: str, timeout: float | None = None) -> Gdap:
        """One relationship. Raises NotFound."""

    @abstractmethod
    def gdaps(self, *, customer_id: str = "", timeout: float | None = None) -> list[Gdap]:
        """All relationships, or those with one customer."""

    @abstractmethod
    def extend_gdap(self, request: Request, *, request_id: str) -> Gdap:
        """Switches its extension on or off. Raises Stale when it changed meanwhile."""

    @abstractmethod
    def terminate_gdap(self, request: Request, *, request_id: str) -> None:
        """Asks for its end."""

    @abstractmethod
    def assign_gdap(self, request: Request, *, request_id: str) -> AccessAssignment:
        """Gives its roles to a security group of the provider."""

    @abstractmethod
    def access_assignments(
        self, *, gdap_id: str, timeout: float | None = None
    ) -> list[AccessAssignment]:
        """Which groups hold which of its roles."""


class DomainCalls(ABC):
    """Domains. Everything here needs the customer's consent: Refused("consent" or "gdap")."""

    @abstractmethod
    def domains(self, *, customer_id: str, timeout: float | None = None) -> list[Domain]:
        """The tenant's domains."""

    @abstractmethod
    def domain(self, *, customer_id: str, name: str, timeout: float | None = None) -> Domain:
        """One domain. Raises NotFound."""

    @abstractmethod
    def add_domain(self, request: Request, *, request_id: str) -> Domain:
        """Adds it, unverified. Raises AlreadyDone when it is there (or in another tenant)."""

    @abstractmethod
    def verification_records(
        self, *, customer_id: str, name: str, timeout: float | None = None
    ) -> list[DnsRecord]:
        """What proves the domain's ownership: any one of them."""

    @abstractmethod
    def verify_domain(self, request: Request, *, request_id: str) -> Domain:
        """`is_verified` stays False while Microsoft does not see the record."""

    @abstractmethod
    def enable_services(self, request: Request, *, request_id: str) -> None:
        """Which services use a verified domain."""

    @abstractmethod
    def service_records(
        self, *, customer_id: str, name: str, timeout: float | None = None
    ) -> list[DnsRecord]:
        """The records the enabled services need; `Unavailable` ones: ask again later."""
