"""Customers and agreements over REST."""

from collections.abc import Iterator
from urllib.parse import quote

from common.errors import Refused
from partnercenter.base.customers import CustomerCalls
from partnercenter.request import Request
from partnercenter.rest.calls import Calls, one_filter, with_query
from partnercenter.rest.pages import continued
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
from partnercenter.wire import text


class RestCustomerCalls(Calls, CustomerCalls):
    """`CustomerCalls` over REST."""

    def create_customer(self, request: Request, *, request_id: str) -> CreatedCustomer:
        return CreatedCustomer.parse(self._written(request, request_id, "id"))

    def customers(
        self,
        *,
        company_name: str = "",
        domain: str = "",
        reseller_tenant_id: str = "",
        page_size: int = 100,
        timeout: float | None = None,
    ) -> Iterator[Customer]:
        wanted = {
            "CompanyName": company_name,
            "Domain": domain,
            "IndirectReseller": reseller_tenant_id,
        }
        path = with_query(
            "/v1/customers", size=str(page_size), filter=one_filter(wanted, "starts_with")
        )
        return (Customer.parse(item) for item in continued(self._session, path, timeout))

    def customer(self, *, customer_id: str, timeout: float | None = None) -> Customer:
        return Customer.parse(self._get(f"/v1/customers/{customer_id}", timeout=timeout))

    def customer_resellers(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[IndirectReseller]:
        path = f"/v1/customers/{customer_id}/relationships"
        return [IndirectReseller.parse(item) for item in self._list(path, timeout=timeout)]

    def validation_status(
        self, *, customer_id: str, timeout: float | None = None
    ) -> ValidationStatus:
        path = f"/v1/customers/{customer_id}/validationStatus?type=account"
        return ValidationStatus.parse(self._get(path, timeout=timeout))

    def relationship_request(self, *, timeout: float | None = None) -> str:
        value = self._get("/v1/customers/relationshiprequests", timeout=timeout)
        return text(value, "url").replace("&amp;", "&")

    def agreement_templates(
        self,
        *,
        agreement_type: str = MICROSOFT_CUSTOMER_AGREEMENT,
        timeout: float | None = None,
    ) -> list[AgreementTemplate]:
        path = with_query("/v1/agreements", agreementType=agreement_type)
        return [AgreementTemplate.parse(item) for item in self._list(path, timeout=timeout)]

    def agreement_document(
        self, *, template_id: str, language: str, country: str, timeout: float | None = None
    ) -> AgreementDocument:
        path = with_query(
            f"/v1/agreementtemplates/{quote(template_id, safe='')}/document",
            language=language,
            country=country,
        )
        return AgreementDocument.parse(self._get(path, timeout=timeout))

    def customer_agreements(
        self,
        *,
        customer_id: str,
        agreement_type: str = MICROSOFT_CUSTOMER_AGREEMENT,
        timeout: float | None = None,
    ) -> list[Agreement]:
        path = with_query(f"/v1/customers/{customer_id}/agreements", agreementType=agreement_type)
        return [Agreement.parse(item) for item in self._list(path, timeout=timeout)]

    def attest_agreement(self, request: Request, *, request_id: str) -> Agreement:
        return Agreement.parse(self._written(request, request_id))

    def consent_application(self, request: Request, *, request_id: str) -> None:
        self.send(request, request_id=request_id)

    def has_consent(self, *, customer_id: str, timeout: float | None = None) -> bool:
        asking = Request(method="GET", path="", service="graph", customer_tenant=customer_id)
        try:
            self._session.token(asking, timeout or self._session.options.timeout)
        except Refused:
            return False
        return True

    def billing_profile(self, *, customer_id: str, timeout: float | None = None) -> BillingProfile:
        path = f"/v1/customers/{customer_id}/profiles/billing"
        return BillingProfile.parse(self._get(path, timeout=timeout))

    def update_billing_profile(self, request: Request, *, request_id: str) -> BillingProfile:
        return BillingProfile.parse(self._written(request, request_id))

    def qualifications(
        self, *, customer_id: str, timeout: float | None = None
    ) -> list[Qualification]:
        path = f"/v1/customers/{customer_id}/qualifications"
        return [Qualification.parse(item) for item in self._list(path, timeout=timeout)]

    def validation_codes(self, *, timeout: float | None = None) -> list[ValidationCode]:
        path = "/v1/customers/all/validations"
        return [ValidationCode.parse(item) for item in self._list(path, timeout=timeout)]

    def qualify(self, request: Request, *, request_id: str) -> Qualification:
        return Qualification.parse(self._written(request, request_id, "qualification"))

    def drop_relationship(self, request: Request, *, request_id: str) -> None:
        self.send(request, request_id=request_id)
