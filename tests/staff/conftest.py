"""A row of every kind, and secrets that staff must not meet."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from accounts import services as accounts
from accounts.models import Erasure, Membership, PartnerId, Site, TopicChoice
from cashback import services as cashback
from cashback.models import Rule
from connections.models import Connection
from dnsconfig.embedded.models import OwnZone
from dnsconfig.models import DnsPlan, Domain, HealthCheck, ZoneConnection
from journal import services as journal
from orders.models import Draft, Upload
from panel.models import BulkJob, ExportFile, HiddenGuide, PinnedTenant, Setup
from subscriptions import holdings
from subscriptions.models import MarginRule
from sync.models import Drift, FoundCustomer, MicrosoftEvent, Sweep, Watch
from tenants.models import Credential, Delegation, SpecialTerms, Tenant
from tests.people import People
from tests.tenants.standing import standing_tenant

SECRET = "not-for-staffs-eyes"


@pytest.fixture
def tenant(people: People, sandbox: Any, run_journal: Callable[..., int]) -> Tenant:
    standing = standing_tenant(people, run_journal)
    return Tenant.objects.get(pk=standing.pk)


@pytest.fixture
def everything(people: People, tenant: Tenant) -> Tenant:
    """The tenant, and at least one row of each of our models."""
    account, by = people.northwind.account, people.user("owner").by
    people.api("owner")
    accounts.invite(account=account, email="guest@northwind.example", role="viewer", by=by)
    member = account.memberships.get(user=people.user("owner"))
    accounts.begin_visit(staff=people.user("staff"), membership=member, reason="a ticket, 12")
    TopicChoice.objects.create(membership=member, topic="orders", way="nothing")
    accounts.snooze(membership=member, topic="domains", until=now() + timedelta(days=3))
    connection = ZoneConnection.objects.create(
        account=account, provider="ovh", label="OVH", keys={"application_secret": SECRET}
    )
    domain = Domain.objects.create(
        tenant=tenant, connection=connection, name="contoso.example", zone="contoso.example"
    )
    DnsPlan.objects.create(domain=domain, services=["Email"], by_label="owner")
    HealthCheck.objects.create(domain=domain, checked_at=now(), score=50, results=[])
    own_zone = OwnZone.objects.create(
        account=account,
        name="own.example",
        serial=1,
        name_servers=["ns1.host.example"],
        tsig_name="key",
        tsig_secret=SECRET,
    )
    own_zone.records.create(name="own.example", type="A", value="192.0.2.1")
    Delegation.objects.create(
        account=account,
        partner_id=people.northwind.partner_id,
        tenant_name="existing-bakery.onmicrosoft.com",
    )
    Credential.objects.create(tenant=tenant, purpose="reset", login="a", secret={"pw": SECRET})
    MarginRule.objects.create(account=account, value=10, valid_from=date(2026, 1, 1))
    SpecialTerms.objects.create(segment="education", url="https://contoso.example/", version="1")
    Rule.objects.create(name="All", currency="EUR", rate=2, first_month=date(2026, 1, 1))
    cashback.count_seats(day=date(2026, 1, 2))
    for partner in PartnerId.objects.filter(seat_counts__isnull=False):
        cashback.bring_up_to_date(partner_id=partner, at=datetime(2026, 1, 2, tzinfo=UTC))
    BulkJob.objects.create(
        account=account, user=people.user("owner"), list="services", action="check"
    )
    membership = Membership.objects.get(account=account, user=people.user("owner"))
    PinnedTenant.objects.create(membership=membership, tenant=tenant)
    ExportFile.objects.create(
        account=account, user=people.user("owner"), list="services", content=SECRET.encode()
    )
    Erasure.objects.create(account_id=account.pk, subject=tenant.key)
    Site.objects.create(pk=1, name="Contoso Distribution")
    Setup.objects.create(pk=1, digest=SECRET)
    HiddenGuide.objects.create(membership=member)
    Draft.objects.create(
        account=account,
        user=people.user("owner"),
        form_key=uuid.uuid4(),
        data={"company": SECRET},
    )
    upload = Upload.objects.create(account=account, user=people.user("owner"), name="a.csv")
    upload.rows.create(number=2, lines=[{"company": SECRET}], errors=[["company", SECRET]])
    Connection.objects.create(alias="us", token=SECRET)
    Watch.objects.create(market="eu")
    Sweep.objects.create(market="eu", operation_id=1, started_at=now())
    holdings.count(day=now().date())
    Drift.objects.create(tenant=tenant, name="Basic", field="status", found_at=now())
    MicrosoftEvent.objects.create(market="eu", digest="0", body=SECRET.encode())
    FoundCustomer.objects.create(market="eu", microsoft_id="0", domain="contoso.example")
    operation = journal.ask(
        kind="tenant.reset_password",
        account_id=account.pk,
        subject=tenant.key,
        secret={"password": SECRET},
        by=by,
    )
    type(operation).objects.filter(pk=operation.pk).update(request={"body": SECRET})
    return tenant
