"""The password of a tenant's first administrator."""

from django.utils.translation import gettext_noop

from common.errors import Refused
from journal import services as journal
from journal.models import Operation
from journal.people import By
from journal.work import Done, Work
from partnercenter import connect, requests
from partnercenter.base import PartnerCenter
from partnercenter.request import Request
from tenants import services
from tenants.models import Credential, Tenant
from tenants.remote import tenant_of

ADMINISTRATORS = ("company administrator", "global administrator")


def reset(work: Work) -> Done:
    """`tenant.reset_password`: needs the GDAP role over administrators' passwords."""
    tenant = tenant_of(work)
    client = connect(tenant.market)
    credential = Credential.objects.get(pk=work.params["credential"])
    if credential.secret is None:
        raise Refused(gettext_noop("The new password has expired before it was set."))
    password = credential.secret["password"]
    stored, request_id = work.request(
        lambda: requests.reset_password(
            customer_id=tenant.microsoft_id,
            user_id=_first_administrator(client, tenant),
            password=password,
        ).to_json()
    )
    client.reset_password(Request.from_json(stored), request_id=request_id)
    return Done(write=lambda operation: _note_reset(tenant, credential, operation))


def _first_administrator(client: PartnerCenter, tenant: Tenant) -> str:
    """The id of `admin@…` among the tenant's administrators."""
    for role in client.directory_roles(customer_id=tenant.microsoft_id):
        if role.name.lower() not in ADMINISTRATORS:
            continue
        for member in client.role_members(customer_id=tenant.microsoft_id, role_id=role.id):
            if member.user_principal_name.lower() == tenant.admin_login.lower():
                return member.id
    raise Refused(gettext_noop("The first administrator of this tenant no longer exists."))


def _note_reset(tenant: Tenant, credential: Credential, operation: Operation) -> None:
    by = By(operation.by_label, operation.by_id)
    services.record(tenant, "tenant.password_reset", by, operation=operation)
    if credential.show_to_id is None:
        journal.ask(
            kind="tenant.mail_password",
            account_id=tenant.account_id,
            subject=tenant.key,
            params={"tenant": tenant.pk, "credential": credential.pk},
            by=by,
        )
