"""More of everything that an account has, on its lists and beside the things of a page."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import now

from accounts import tokens
from accounts.models import Invitation, Membership, ReportSchedule, Role, SavedView, User
from cashback.models import Line, Statement
from dnsconfig.embedded.models import OwnZone
from dnsconfig.health.models import HealthCheck
from dnsconfig.models import DnsPlan, Domain, ZoneConnection
from inbox.models import Notification
from journal import services as journal
from orders.models import Order, OrderLine, Upload
from panel.models import BulkJob, ExportFile
from subscriptions.models import HoldingChange, Licence, Plan, Price, Subscription
from sync.models import Drift
from tenants.models import Agreement, Delegation, Gdap, LicenceUse, Tenant
from tests.people import People
from tests.rules.test_access import waiting_change


def grow(people: People, numbers: range) -> None:
    """One more of each kind per number; the account's first service has its part of them."""
    first = Tenant.objects.filter(account=people.northwind.account).earliest("pk")
    for number in numbers:
        licence = _licence(number)
        tenant = _tenant(people, number)
        for place in (tenant, first):
            _bought(people, place, licence, number)
            _domain(people, place, number)
        _of_account(people, number)
        _of_owner(people, tenant, number)


def _licence(number: int) -> Licence:
    licence = Licence.objects.create(
        market="eu", country="FR", product_id=f"Q{number}", sku_id="1", name=f"Basic {number}"
    )
    Plan.objects.create(licence=licence, term="P1M", billing_cycle="Monthly")
    plan = {"term": "P1M", "billing_cycle": "Monthly", "currency": "EUR", "retail": 7}
    Price.objects.create(licence=licence, amount=5, **plan)
    later = now() + timedelta(days=20 + number % 2)
    Price.objects.create(licence=licence, amount=6, valid_from=later, is_announced=True, **plan)
    return licence


def _tenant(people: People, number: int) -> Tenant:
    tenant = Tenant.objects.create(
        account=people.northwind.account,
        partner_id=people.northwind.partner_id,
        service_name=f"more{number}.onmicrosoft.com",
        display_name=f"More {number}",
        microsoft_id=str(uuid.uuid4()),
        state="ok",
        country="FR",
    )
    day = now().date() - timedelta(days=31 * number)
    HoldingChange.objects.create(tenant=tenant, day=day, seats=3, per_month=18, currency="EUR")
    Gdap.objects.create(tenant=tenant)
    Agreement.objects.create(tenant=tenant, agreed_date=date(2026, 1, 1))
    return tenant


def _bought(people: People, tenant: Tenant, licence: Licence, number: int) -> None:
    """A subscription with its order, a task in error, an event, use and a change elsewhere."""
    by = people.user("owner").by
    subscription = Subscription.objects.create(
        tenant=tenant,
        licence=licence,
        microsoft_id=str(uuid.uuid4()),
        name=licence.name,
        quantity=3,
        status="active",
        term="P1M",
        billing_cycle="Monthly",
        unit_price=6,
        currency="EUR",
        auto_renew=False,
        commitment_ends_at=now() + timedelta(days=3),
        cancellable_until=now() + timedelta(days=2),
        refundable=[{"quantity": 1, "until": (now() + timedelta(days=2)).isoformat()}],
    )
    waiting_change(subscription, people.user("manager"))
    order = Order.objects.create(
        account=tenant.account,
        tenant=tenant,
        kind="more",
        currency="EUR",
        total=18,
        mpn_id="4847383",
        approval="waiting",
    )
    OrderLine.objects.create(
        order=order,
        number=1,
        licence=licence,
        subscription=subscription,
        quantity=3,
        term="P1M",
        billing_cycle="Monthly",
        unit_price=6,
        unit_cost=5,
    )
    for journey in (order.key, Order.objects.earliest("pk").key):
        asked: Any = journal.ask(
            kind="subscription.change_seats",
            account_id=tenant.account_id,
            subject=subscription.key,
            listed_under=tenant.key,
            journey=journey,
            params={"subscription": subscription.pk, "quantity": 4},
            by=by,
        )
        type(asked).objects.filter(pk=asked.pk).update(state="error", next_actor="reseller")
    LicenceUse.objects.create(
        tenant=tenant, sku_id=f"use{number}", name=licence.name, total=3, used=1, counted_at=now()
    )
    Drift.objects.create(
        tenant=tenant,
        subscription=subscription,
        name=licence.name,
        field="quantity",
        found_at=now(),
    )
    statement = Statement.objects.earliest("pk")
    Line.objects.create(
        statement=statement, number=statement.lines.count(), subscription=subscription, amount=1
    )


def _domain(people: People, tenant: Tenant, number: int) -> None:
    domain = Domain.objects.create(
        tenant=tenant,
        connection=ZoneConnection.objects.earliest("pk"),
        name=f"more{number}.example",
        zone=f"more{number}.example",
        verified_at=now(),
        services=["Email"],
        configured_at=now(),
    )
    HealthCheck.objects.create(domain=domain, checked_at=now(), score=90, results=[])
    content = DnsPlan.objects.earliest("pk").content
    DnsPlan.objects.create(domain=domain, services=["Email"], content=content, by_label="owner")


def _of_account(people: People, number: int) -> None:
    account, owner = people.northwind.account, people.user("owner")
    member = User.objects.create_user(f"more{number}@northwind.example")
    Membership.objects.create(account=account, user=member, role=Role.VIEWER)
    Invitation.objects.create(
        account=account,
        email=f"guest{number}@northwind.example",
        role=Role.VIEWER,
        digest=f"guest{number}",
        expires_at=now() + timedelta(days=7),
    )
    tokens.create(account=account, user=owner, name=f"t{number}", role="viewer")
    Delegation.objects.create(
        account=account,
        partner_id=people.northwind.partner_id,
        tenant_name=f"delegated{number}.onmicrosoft.com",
        email="admin@existing-bakery.example",
    )
    Statement.objects.create(
        partner_id=people.northwind.partner_id,
        month=date(2020 + number // 12, number % 12 + 1, 1),
        currency="EUR",
        computed_at=now(),
    )
    ZoneConnection.objects.create(
        account=account, provider="ovh", label=f"OVH {number}", zones=[], keys={}
    )
    zone = OwnZone.objects.create(
        account=account, name=f"own{number}.example", serial=1, name_servers=["ns1.host.example"]
    )
    for own in (zone, OwnZone.objects.earliest("pk")):
        own.records.create(name=f"n{number}.{own.name}", type="A", value="192.0.2.1")


def _of_owner(people: People, tenant: Tenant, number: int) -> None:
    account, owner = people.northwind.account, people.user("owner")
    event = journal.record(
        kind="tenant.renamed",
        account_id=account.pk,
        subject=tenant.key,
        listed_under=tenant.key,
        by=owner.by,
    )
    Notification.objects.create(
        membership=Membership.objects.get(account=account, user=owner),
        event=event,
        tenant=tenant,
        topic="orders",
        way="portal",
        made_at=event.at,
        shown_at=event.at,
    )
    mine: dict[str, Any] = {"user": owner, "account": account}
    SavedView.objects.create(list="orders", name=f"View {number}", **mine)
    ReportSchedule.objects.create(
        report="licences",
        query=f"search={number}",
        cadence="weekly",
        since=date(2026, 1, 1),
        **mine,
    )
    Upload.objects.create(name=f"{number}.csv", **mine)
    BulkJob.objects.create(list="subscriptions", action="end", **mine)
    ExportFile.objects.create(list="services", format="csv", **mine)
