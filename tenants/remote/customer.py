"""The customer at Microsoft: created, vetted, its agreement attested."""

from contextlib import suppress
from datetime import UTC, datetime, time
from functools import partial

from django.utils.translation import gettext_noop

from common.clock import microsoft_now
from common.errors import AlreadyDone, NotFound, Refused
from journal.models import Operation
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from partnercenter.types import Address, CreatedCustomer, Customer
from tenants import services
from tenants.models import Agreement, Credential, Tenant
from tenants.remote import tenant_of


def create(work: Work) -> Done:
    """`tenant.create_customer`: POST /v1/customers. The password comes once and is kept sealed."""
    tenant = tenant_of(work)
    client = connect(tenant.market)
    if work.must_read_back and (found := _find(client, tenant)) is not None:
        return Done({"microsoft_id": found.id}, partial(_adopt, tenant, found.id))
    stored, request_id = work.request(lambda: _customer_request(tenant).to_json())
    created = client.create_customer(Request.from_json(stored), request_id=request_id)
    return Done({"microsoft_id": created.customer.id}, partial(_keep_customer, tenant, created))


def await_approval(work: Work) -> Done | Wait:
    """`tenant.await_account`: Microsoft vets the customer before it may buy."""
    tenant = tenant_of(work)
    try:
        status = connect(tenant.market).validation_status(customer_id=tenant.microsoft_id)
    except NotFound:
        return Wait(text=gettext_noop("Microsoft is preparing the customer's account."))
    if status.is_allowed:
        return Done({"status": status.status})
    if status.status.lower() == "notallowed":
        raise Refused(gettext_noop("Microsoft does not allow this customer."), code="800075")
    return Wait(seconds=5, text=gettext_noop("Microsoft is reviewing the customer's account."))


def attest(work: Work) -> Done:
    """`tenant.attest_agreement`: the provider attests what the customer accepted."""
    tenant = tenant_of(work)
    agreement = tenant.agreement
    client = connect(tenant.market)
    stored, request_id = work.request(
        lambda: requests.attest_agreement(
            customer_id=tenant.microsoft_id,
            template_id=agreement.template_id or _template_id(client),
            agreed_at=_agreed_at(agreement),
            first_name=agreement.first_name,
            last_name=agreement.last_name,
            email=agreement.email,
            phone=agreement.phone,
        ).to_json()
    )
    with suppress(AlreadyDone):  # by an earlier attempt or by hand: what we want is so
        client.attest_agreement(Request.from_json(stored), request_id=request_id)
    return Done(write=lambda operation: _note_attested(tenant, operation))


def _agreed_at(agreement: Agreement) -> datetime:
    """The day's beginning, or now: east of Greenwich a day begins while it is still to come in UTC,
    and Microsoft takes no agreement of the future."""
    return min(datetime.combine(agreement.agreed_date, time.min, UTC), microsoft_now())


def _template_id(client: PartnerCenter) -> str:
    """Of the version in force, for a tenant that came without one."""
    return max(client.agreement_templates(), key=lambda found: found.version_rank).template_id


def _find(client: PartnerCenter, tenant: Tenant) -> Customer | None:
    found = client.customers(domain=tenant.service_name)
    return next((c for c in found if c.domain.lower() == tenant.service_name.lower()), None)


def _customer_request(tenant: Tenant) -> Request:
    address = Address(
        first_name=tenant.first_name,
        last_name=tenant.last_name,
        line1=tenant.address,
        line2=tenant.address2,
        city=tenant.city,
        state=tenant.region,
        postal_code=tenant.postal_code,
        country=tenant.country,
        phone=tenant.phone,
    )
    return requests.create_customer(
        domain=tenant.service_name,
        company_name=tenant.company,
        email=tenant.email,
        address=address,
        culture=f"{tenant.language}-{tenant.country}",
        language=tenant.language,
        associated_partner_id=tenant.partner_id.tenant_id,
        registration_number=tenant.registration_number,
    )


def _keep_customer(tenant: Tenant, created: CreatedCustomer, operation: Operation) -> None:
    Credential.objects.create(
        tenant=tenant,
        purpose=Credential.Purpose.INITIAL,
        login=tenant.admin_login,
        secret={"password": created.password},
        operation_id=operation.pk,
    )
    _adopt(tenant, created.customer.id, operation)


def _adopt(tenant: Tenant, microsoft_id: str, operation: Operation) -> None:
    tenant.created_at_microsoft(microsoft_id)
    services.record(tenant, "tenant.created", operation=operation, microsoft_id=microsoft_id)


def _note_attested(tenant: Tenant, operation: Operation) -> None:
    if tenant.agreement.attest():
        services.record(tenant, "tenant.agreement_attested", operation=operation)
