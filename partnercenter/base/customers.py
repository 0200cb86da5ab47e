"""What may be asked about customers and agreements."""

from abc import ABC, abstractmethod
from collections.abc import Iterator

from partnercenter.request import Request
from partnercenter.types import (
    MICROSOFT_CUSTOMER_AGREEMENT,
    Agreement,
    AgreementDocument,
    AgreementTemplate,
    BillingProfile,
    CreatedCustomer,
    Customer,
    IndirectReseller,
    Qualification,
    ValidationCode,
    ValidationStatus,
)


class CustomerCalls(ABC):
    """Customers, their agreement, and the provider's relationship with them."""

    @abstractmethod
    def create_customer(self, request: Request, *, request_id: str) -> CreatedCustomer:
        """A new tenant; the credentials are in this answer and never again."""

    @abstractmethod
    def customers(
        self,
        *,
        company_name: str = "",
        domain: str = "",
        reseller_tenant_id: str = "",
        page_size: int = 100,
        timeout: float | None = None,
    ) -> Iterator[Customer]:
        """Customers whose one given member starts so; all without one. Lists may lag."""

    @abstractmethod
    def customer(self, *, customer_id: str, timeout: float | None = None) -> Customer:
        """One customer, whole. Raises NotFound."""

    @abstractmethod
    def customer_resellers(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[IndirectReseller]:
        """The indirect resellers attached to a customer."""

    @abstractmethod
    def validation_status(
        self, *, customer_id: str, timeout: float | None = None
    ) -> ValidationStatus:
        """Whether Microsoft lets the customer buy. Raises NotFound (600074) while too young."""

    @abstractmethod
    def relationship_request(self, *, timeout: float | None = None) -> str:
        """The link by which any customer's administrator accepts the provider as reseller."""

    @abstractmethod
    def agreement_templates(
        self,
        *,
        agreement_type: str = MICROSOFT_CUSTOMER_AGREEMENT,
        timeout: float | None = None,
    ) -> list[AgreementTemplate]:
        """The versions of an agreement that may be attested now."""

    @abstractmethod
    def agreement_document(
        self, *, template_id: str, language: str, country: str, timeout: float | None = None
    ) -> AgreementDocument:
        """Where its text is (`fr-FR`, `FR`)."""

    @abstractmethod
    def customer_agreements(
        self,
        *,
        customer_id: str,
        agreement_type: str = MICROSOFT_CUSTOMER_AGREEMENT,
        timeout: float | None = None,
    ) -> list[Agreement]:
        """What has been attested for a customer."""

    @abstractmethod
    def attest_agreement(self, request: Request, *, request_id: str) -> Agreement:
        """Raises AlreadyDone (600061) when one is there."""

    @abstractmethod
    def consent_application(self, request: Request, *, request_id: str) -> None:
        """Raises AlreadyDone when the consent is there, Refused without an active GDAP."""

    @abstractmethod
    def has_consent(self, *, customer_id: str, timeout: float | None = None) -> bool:
        """Whether the application may act in the customer's tenant."""

    @abstractmethod
    def billing_profile(self, *, customer_id: str, timeout: float | None = None) -> BillingProfile:
        """Who the customer is for Microsoft's commerce side, with the version for a change."""

    @abstractmethod
    def update_billing_profile(self, request: Request, *, request_id: str) -> BillingProfile:
        """Raises Stale (2055, 412) when it changed since it was read."""

    @abstractmethod
    def qualifications(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[Qualification]:
        """The segments the customer belongs to or asked for."""

    @abstractmethod
    def validation_codes(self, *, timeout: float | None = None) -> list[ValidationCode]:
        """The provider's codes for qualifying public authorities."""

    @abstractmethod
    def qualify(self, request: Request, *, request_id: str) -> Qualification:
        """Asks for a segment; Microsoft vets for hours or days."""

    @abstractmethod
    def drop_relationship(self, request: Request, *, request_id: str) -> None:
        """Ends the reseller relationship. Raises Refused while subscriptions run."""
