"""Granular delegated rights (GDAP): asked for by us, granted by the customer's administrator.

Graph knows no request ids: after a lost answer each step looks before it repeats.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.utils.translation import gettext_noop

from common.errors import AlreadyDone, Misconfigured, Refused
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work
from partnercenter import connect, requests
from partnercenter.request import Request
from partnercenter.types import Gdap as Relationship
from partnercenter.types import Grant
from tenants import rights, services
from tenants.models import GdapState, Tenant
from tenants.remote import tenant_of

# Entra's role templates: the least that password reset and domain calls need.
ROLES = (
    "8329153b-31d0-4727-b945-745eb3bc5f31",  # Domain Name Administrator
    "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",  # Privileged Authentication Administrator
    "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",  # Directory Readers
)
GRAPH = "00000003-0000-0000-c000-000000000000"
SCOPES = ("Domain.ReadWrite.All", "Directory.Read.All")
DAYS_TO_APPROVE = 90


def create(work: Work) -> Done:
    """`tenant.create_gdap`"""
    tenant = tenant_of(work)
    client = connect(tenant.market)
    name = _name(tenant)
    if work.was_sent:
        for known in client.gdaps(customer_id=tenant.microsoft_id):
            if known.display_name == name:
                return Done({"microsoft_id": known.id}, partial(_keep, tenant, known))
    stored, request_id = work.request(
        lambda: requests.create_gdap(
            display_name=name, customer_id=tenant.microsoft_id, role_ids=list(ROLES)
        ).to_json()
    )
    made = client.create_gdap(Request.from_json(stored), request_id=request_id)
    return Done({"microsoft_id": made.id}, partial(_keep, tenant, made))


def lock(work: Work) -> Done:
    """`tenant.lock_gdap`: now the customer can approve by the link."""
    tenant = tenant_of(work)
    stored, request_id = work.request(
        lambda: requests.lock_gdap(gdap_id=tenant.gdap.microsoft_id).to_json()
    )
    with suppress(AlreadyDone):
        connect(tenant.market).lock_gdap(Request.from_json(stored), request_id=request_id)
    return Done(write=lambda _operation: tenant.gdap.move(GdapState.PENDING))


def await_approval(work: Work) -> Done | Wait:
    """`tenant.await_gdap`: the customer's administrator opens the link and approves."""
    tenant = tenant_of(work)
    seen = connect(tenant.market).gdap(gdap_id=tenant.gdap.microsoft_id)
    if seen.is_active:
        return Done({"status": seen.status}, partial(_keep_active, tenant, seen))
    if seen.status.lower() in ("terminated", "expired", "terminating"):
        raise Refused(gettext_noop("The request for delegated rights has ended unapproved."))
    pause = min(2 + work.waited.total_seconds() / 20, 300)
    return Wait(
        seconds=pause,
        actor=NextActor.CUSTOMER,
        text=gettext_noop("The customer's administrator has not approved the rights yet."),
        limit=timedelta(days=DAYS_TO_APPROVE),
    )


def assign(work: Work) -> Done:
    """`tenant.assign_gdap`: the granted roles go to the provider's security group."""
    tenant = tenant_of(work)
    client = connect(tenant.market)
    group = settings.GDAP_SECURITY_GROUP
    if not group:
        raise Misconfigured(gettext_noop("GDAP_SECURITY_GROUP is not set."), code="settings")
    gdap_id = tenant.gdap.microsoft_id
    if any(a.group_id == group for a in client.access_assignments(gdap_id=gdap_id)):
        return Done()
    stored, request_id = work.request(
        lambda: requests.assign_gdap(
            gdap_id=gdap_id, group_id=group, role_ids=list(ROLES)
        ).to_json()
    )
    with suppress(AlreadyDone):
        client.assign_gdap(Request.from_json(stored), request_id=request_id)
    return Done()


def consent(work: Work) -> Done:
    """`tenant.consent`: our application may act in the customer's tenant."""
    tenant = tenant_of(work)
    client = connect(tenant.market)
    if not client.has_consent(customer_id=tenant.microsoft_id):
        application = settings.PARTNER_CENTER[tenant.market]["OPTIONS"]["client_id"]
        stored, request_id = work.request(
            lambda: requests.consent_application(
                customer_id=tenant.microsoft_id,
                application_id=application,
                display_name="Reseller Portal",
                grants=[Grant(GRAPH, SCOPES)],
            ).to_json()
        )
        with suppress(AlreadyDone):
            client.consent_application(Request.from_json(stored), request_id=request_id)
    return Done(write=lambda operation: _ready(tenant, operation))


def _name(tenant: Tenant) -> str:
    """Unique at the provider for ever: what was asked for anew has a number of its own."""
    again = f".{tenant.gdap.renewals}" if tenant.gdap.renewals else ""
    return f"Portal {tenant.pk}{again} {tenant.service_name.partition('.')[0]}"[:50]


def _keep(tenant: Tenant, seen: Relationship, _operation: Operation) -> None:
    tenant.gdap.move(GdapState.CREATED, microsoft_id=seen.id, link=seen.approval_url)


def _keep_active(tenant: Tenant, seen: Relationship, _operation: Operation) -> None:
    extends = rights.extends(seen)
    tenant.gdap.move(GdapState.ACTIVE, ends_at=seen.end_at, extends=extends, warned_days=None)


def _ready(tenant: Tenant, operation: Operation) -> None:
    tenant.gdap.move(GdapState.READY)
    services.record(tenant, "tenant.rights_granted", operation=operation)
