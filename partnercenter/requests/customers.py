"""Writes about customers, agreements and the application's consent."""

from collections.abc import Sequence
from datetime import UTC, datetime

from partnercenter.request import Request, json_bytes, without_nothing
from partnercenter.types import MICROSOFT_CUSTOMER_AGREEMENT, Address, BillingProfile, Grant


def create_customer(
    *,
    domain: str,
    company_name: str,
    email: str,
    address: Address,
    culture: str,
    language: str,
    associated_partner_id: str = "",
    registration_number: str = "",
) -> Request:
    """A new tenant `domain` (`something.onmicrosoft.com`) for an indirect reseller's customer.

    `associated_partner_id` is the reseller's tenant id, not the Partner (MPN) id.
    """
    company = without_nothing(
        {"domain": domain, "organizationRegistrationNumber": registration_number}
    )
    billing = {
        "firstName": address.first_name,
        "lastName": address.last_name,
        "email": email,
        "culture": culture,
        "language": language,
        "companyName": company_name,
        "defaultAddress": address.written(),
    }
    body = {
        "companyProfile": company,
        "billingProfile": without_nothing(billing),
        "associatedPartnerId": associated_partner_id,
    }
    return Request(method="POST", path="/v1/customers", body=json_bytes(without_nothing(body)))


def attest_agreement(
    *,
    customer_id: str,
    template_id: str,
    agreed_at: datetime,
    first_name: str,
    last_name: str,
    email: str,
    phone: str = "",
    agreement_type: str = MICROSOFT_CUSTOMER_AGREEMENT,
) -> Request:
    """The provider's word that this person accepted the agreement at `agreed_at` (not later)."""
    contact = {
        "firstName": first_name,
        "lastName": last_name,
        "email": email,
        "phoneNumber": phone,
    }
    body = {
        "primaryContact": without_nothing(contact),
        "templateId": template_id,
        "dateAgreed": agreed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "type": agreement_type,
    }
    path = f"/v1/customers/{customer_id}/agreements"
    return Request(method="POST", path=path, body=json_bytes(body))


def consent_application(
    *, customer_id: str, application_id: str, display_name: str, grants: Sequence[Grant]
) -> Request:
    """Our application's consent in the customer's tenant; needs an active GDAP relationship."""
    body = {
        "applicationId": application_id,
        "displayName": display_name,
        "applicationGrants": [
            {"enterpriseApplicationId": grant.application_id, "scope": ",".join(grant.scopes)}
            for grant in grants
        ],
    }
    path = f"/v1/customers/{customer_id}/applicationconsents"
    return Request(method="POST", path=path, body=json_bytes(body))


def update_billing_profile(*, customer_id: str, profile: BillingProfile) -> Request:
    """The profile that was read, with what `dataclasses.replace` changed in it.

    `Stale` when somebody else changed it meanwhile: read it again.
    """
    ours = {
        "email": profile.email,
        "companyName": profile.company_name,
        "culture": profile.culture,
        "language": profile.language,
        "firstName": profile.address.first_name,
        "lastName": profile.address.last_name,
        "defaultAddress": {**profile.address.members, **profile.address.written()},
    }
    return Request(
        method="PUT",
        path=f"/v1/customers/{customer_id}/profiles/billing",
        body=json_bytes({**profile.members, **ours}),
        if_match=f'"{profile.etag}"' if profile.etag else "",
    )


def qualify(
    *,
    customer_id: str,
    qualification: str,
    education_segment: str = "",
    website: str = "",
    validation_code: str = "",
) -> Request:
    """Asks Microsoft to vet the customer for a segment: `Education`, `GovernmentCommunityCloud`,
    `StateOwnedEntity`.

    Education needs `education_segment` (`K12`, `HigherEducation`) and `website`, the government's
    cloud the `validation_code` that Microsoft gave. Charities apply at Microsoft themselves.
    """
    body = {
        "qualification": qualification,
        "educationSegment": education_segment,
        "website": website,
        "validationCode": validation_code,
    }
    path = f"/v1/customers/{customer_id}/qualifications"
    return Request(method="POST", path=path, body=json_bytes(without_nothing(body)))


def drop_relationship(*, customer_id: str) -> Request:
    """Ends the reseller relationship; all subscriptions must be suspended before."""
    body = {"relationshipToPartner": "none", "attributes": {"objectType": "Customer"}}
    return Request(method="PATCH", path=f"/v1/customers/{customer_id}", body=json_bytes(body))
