"""Every route against every person: a viewer never writes, a stranger never sees.

Fails when a route is missing from `tests/rules/routes.py`, or is there and nowhere else.
"""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import now
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import (
    BrowserSession,
    CalendarFeed,
    Invitation,
    Logo,
    Membership,
    ReportFile,
    ReportSchedule,
    Role,
    SavedView,
    Snooze,
    User,
)
from accounts.tokens import digest_of
from cashback.models import Statement
from dnsconfig.embedded.models import OwnZone
from dnsconfig.models import DnsPlan, Domain, ZoneConnection
from dnsconfig.plan import Plan
from inbox.models import Notification
from journal import services as journal
from journal.models import Operation
from orders.models import Order, Upload
from panel.models import BulkJob, ExportFile
from subscriptions.models import HoldingChange, Licence, Subscription
from subscriptions.rules import Preview, SetSeats
from subscriptions.waiting.asking import ask_owner
from sync.models import Drift
from tenants.models import Agreement, Credential, Delegation, Gdap, Qualification, Tenant
from tests.people import ROLES, People
from tests.rules.routes import PUBLIC, ROUTES, Route

NOT_OURS = ("admin:", "drf_spectacular", "account_", "mfa_", "set_language")
"""Routes of libraries: allauth's and Django's own have their own rules and tests."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SECRET = "invitation-secret"


def our_routes() -> set[str]:
    def walk(patterns: list[Any], space: str = "") -> list[str]:
        found = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{pattern.namespace}:" if pattern.namespace else ""
                found += walk(pattern.url_patterns, space + inner)
            elif isinstance(pattern, URLPattern):
                found.append(f"{space}{pattern.name}")
        return found

    names = set(walk(get_resolver().url_patterns))
    return {name for name in names if not name.startswith(NOT_OURS)}


def test_every_route_has_its_row() -> None:
    assert our_routes() == set(ROUTES)


@pytest.fixture
def things(people: People) -> dict[str, list[Any]]:
    """One object of Northwind's of each kind, as the arguments of its address."""
    account, users = people.northwind.account, people.northwind.users
    tenant = Tenant.objects.create(
        account=account,
        partner_id=people.northwind.partner_id,
        service_name="bakery.onmicrosoft.com",
        display_name="Bakery",
        microsoft_id=str(uuid.uuid4()),
        state="ok",
        email="office@contoso-bakery.example",
        country="FR",
    )
    Gdap.objects.create(tenant=tenant)
    Agreement.objects.create(tenant=tenant, agreed_date=date(2026, 1, 1))
    delegation = Delegation.objects.create(
        account=account,
        partner_id=people.northwind.partner_id,
        tenant_name="existing-bakery.onmicrosoft.com",
        email="admin@existing-bakery.example",
    )
    subscription = Subscription.objects.create(
        tenant=tenant,
        microsoft_id=str(uuid.uuid4()),
        name="Business Basic",
        quantity=3,
        status="active",
        term="P1M",
        billing_cycle="Monthly",
        unit_price=6,
        currency="EUR",
    )
    long_ago = now().date() - timedelta(days=100)
    HoldingChange.objects.create(tenant=tenant, day=long_ago, seats=2, per_month=12, currency="EUR")
    order = Order.objects.create(
        account=account, tenant=tenant, kind="new", currency="EUR", total=18, mpn_id="4847383"
    )
    operation = journal.ask(
        kind="subscription.change_seats",
        account_id=account.pk,
        subject=subscription.key,
        listed_under=tenant.key,
        journey=order.key,
        params={"subscription": subscription.pk, "quantity": 4},
        by=users["owner"].by,
    )
    approval = waiting_change(subscription, users["owner"])
    event = journal.record(kind="tenant.renamed", account_id=account.pk, subject=tenant.key)
    connection = ZoneConnection.objects.create(
        account=account, provider="ovh", label="OVH", zones=["contoso-bakery.example"], keys={}
    )
    domain = Domain.objects.create(
        tenant=tenant,
        connection=connection,
        name="contoso-bakery.example",
        zone="contoso-bakery.example",
    )
    own_zone = OwnZone.objects.create(
        account=account, name="own.example", serial=1, name_servers=["ns1.host.example"]
    )
    own_record = own_zone.records.create(name="own.example", type="A", value="192.0.2.1")
    nothing = Plan(domain.zone, (), (), ())
    plan = DnsPlan.objects.create(
        domain=domain, services=["Email"], content=nothing.to_json(), by_label="owner"
    )
    token, _secret = tokens.create(account=account, user=users["owner"], name="t", role="viewer")
    newcomer = User.objects.create_user("newcomer@northwind.example")
    membership = Membership.objects.create(account=account, user=newcomer, role=Role.VIEWER)
    invitation = Invitation.objects.create(
        account=account,
        email="guest@northwind.example",
        role=Role.VIEWER,
        digest=digest_of(SECRET),
        expires_at=now() + timedelta(days=7),
    )
    CalendarFeed.objects.create(account=account, user=users["viewer"], digest=digest_of(SECRET))
    Logo.objects.create(account=account, content=b"", content_type="image/png", width=1, height=1)
    drift = Drift.objects.create(
        tenant=tenant, subscription=subscription, name="Basic", field="quantity", found_at=now()
    )
    statement = Statement.objects.create(
        partner_id=people.northwind.partner_id,
        month=date(2026, 1, 1),
        currency="EUR",
        computed_at=now(),
    )
    upload = Upload.objects.create(account=account, user=users["manager"], name="a.csv")
    Qualification.objects.create(tenant=tenant, segment="education", asked_by="owner")
    licence = Licence.objects.create(
        market=account.region, country=account.country, product_id="P", sku_id="1", name="Basic"
    )
    return {
        "": [],
        "account": [account.pk],
        "statement": [statement.pk],
        "qualification": [tenant.service_name, "education"],
        "licence": [licence.pk],
        "drift": [drift.pk],
        "market": ["eu"],
        "tenant": [tenant.service_name],
        "subscription": [subscription.pk],
        "order": [order.pk],
        "upload": [upload.pk],
        "operation": [operation.pk],
        "approval": [approval.pk],
        "event": [event.pk],
        "journey": [order.key],
        "credential": [tenant],
        "browser_session": [],
        "notification": [users["owner"].pk],
        "snooze": [users["owner"].pk],
        "delegation": [delegation.pk],
        "connection": [connection.pk],
        "domain": [tenant.service_name, domain.name],
        "plan": [tenant.service_name, plan.pk],
        "own_zone": [own_zone.name],
        "own_record": [own_zone.name, own_record.pk],
        "plan_export": [tenant.service_name, plan.pk, "zone"],
        "token": [token.pk],
        "membership": [membership.pk],
        "invitation": [invitation.pk],
        "invitation_secret": [SECRET],
        "feed_secret": [SECRET],
        "partner_id": [people.northwind.partner_id.pk],
        "check": ["email"],
        "mail": ["en", "notices/rights"],
        "export": ["services", "csv"],
        "saved_view": [account.pk],
        "logo": [],
        "report": ["licences"],
        "report_export": ["licences", "csv"],
        "report_schedule": [account.pk],
        "report_file": [account.pk],
        "bulk_list": ["subscriptions"],
        "bulk": [account.pk],
        "export_file": [account.pk],
    }


def waiting_change(subscription: Subscription, by: User) -> Operation:
    """A change of it that waits for an owner."""
    wish = SetSeats(quantity=9)
    day = date(2027, 1, 1)
    seen = Preview(
        change=wish, currency="EUR", at=now(), period_before=Decimal(18), period_after=Decimal(54),
        period_was="monthly", period="monthly", ends_on=day,
    )  # fmt: skip
    return ask_owner(
        subscription=subscription, kind="subscription.change_seats", today=seen, by=by.by,
        keep_schedule=False,
    )  # fmt: skip


def address(name: str, route: Route, things: dict[str, list[Any]], user: User | None) -> str:
    arguments = things[route.about]
    if route.about == "credential":  # belongs to one person alone
        mine = Credential.objects.create(
            tenant=arguments[0],
            purpose="reset",
            login="admin@bakery.onmicrosoft.com",
            secret={"password": "secret"},
            show_to_id=user.pk if user else None,
        )
        arguments = [mine.pk]
    if route.about == "saved_view" and user:  # so does this
        arguments = [SavedView.objects.create(user=user, account_id=arguments[0], list="orders").pk]
    if route.about in ("report_schedule", "report_file") and user:
        arguments = [_reports_own(route.about, user, arguments[0])]
    if route.about == "bulk" and user:  # and this
        job = BulkJob.objects.create(
            user=user, account_id=arguments[0], list="subscriptions", action="end"
        )
        arguments = [job.pk]
    if route.about == "export_file" and user:
        made = ExportFile.objects.create(
            user=user, account_id=arguments[0], list="services", format="csv"
        )
        arguments = [made.pk]
    if route.about in ("notification", "snooze"):
        arguments = [of_person(route.about, user or User.objects.get(pk=arguments[0]))]
    if route.about == "browser_session":
        owner = user or User.objects.get(email="owner@northwind.example")
        row = BrowserSession.objects.create(user=owner, session_key=f"elsewhere-{owner.pk}")
        arguments = [row.pk]
    if route.query:
        return f"{reverse(name)}?{route.query}={arguments[0]}"
    return reverse(name, args=arguments)


def _reports_own(about: str, user: User, account: int) -> int | str:
    if about == "report_schedule":
        row = ReportSchedule.objects.create(
            user=user,
            account_id=account,
            report="licences",
            cadence="weekly",
            since=date(2026, 1, 1),
        )
        return row.pk
    ReportFile.objects.create(
        user=user,
        account_id=account,
        report="licences",
        name="licences.pdf",
        content=b"%PDF",
        digest=digest_of(SECRET),
        expires_at=now() + timedelta(days=1),
    )
    return SECRET


def of_person(what: str, person: User) -> int:
    """A notification or a snooze of this person's own."""
    member = Membership.objects.get(user=person)
    if what == "snooze":
        until = now() + timedelta(days=1)
        return Snooze.objects.create(membership=member, topic="orders", until=until).pk
    event = journal.record(kind="note", account_id=member.account_id, subject="order:1")
    row = Notification.objects.create(
        membership=member,
        event=event,
        topic="orders",
        way="portal",
        made_at=event.at,
        shown_at=event.at,
    )
    return row.pk


def ask(client: Client | APIClient, method: str, url: str, api: bool) -> int:
    body: dict[str, Any] = {"format": "json"} if api else {}
    if method == "GET":
        return client.get(url).status_code
    verb = getattr(client, method.lower())
    return int(verb(url, {}, **body).status_code)


def is_api(url: str) -> bool:
    return url.startswith("/api/v1/")


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_who_may_do_what(name: str, people: People, things: dict[str, list[Any]]) -> None:
    wrong = []
    for who in [*ROLES, "stranger"]:
        people.client(who)  # signed in before anything is rolled back
    for who in [*ROLES, "stranger", "nobody"]:
        for method in METHODS:
            if not is_worth_asking(ROUTES[name], who, method):
                continue
            with transaction.atomic():
                said = deed(name, ROUTES[name], who, method, people, things)
                transaction.set_rollback(True)
            wrong += [said] if said else []
    assert not wrong


def is_worth_asking(route: Route, who: str, method: str) -> bool:
    """Of a method that a route does not know, the mightiest and the least are enough."""
    return method == "GET" or method in route.methods or who in (Role.OWNER, "nobody")


def deed(
    name: str,
    route: Route,
    who: str,
    method: str,
    people: People,
    things: dict[str, list[Any]],
) -> str:
    """What was wrong with the answer; empty when it was right."""
    user = None if who == "nobody" else people.user(who)
    url = address(name, route, things, people.user("owner") if who == "stranger" else user)
    client = people.api(who) if is_api(url) else people.client(who)
    status = ask(client, method, url, is_api(url))
    right = allowed(route, who, method, is_api(url))
    return "" if status in right else f"{who} {method} {url}: {status}, not one of {right}"


def allowed(route: Route, who: str, method: str, api: bool) -> set[int]:
    """The statuses that are right for this person."""
    need = route.methods.get(method)
    if need is None:
        return {401, 403, 404, 405} | ({302} if who == "nobody" else set())
    if need == PUBLIC:
        return {200, 202, 302, 400, 401}
    if who == "nobody":
        return {401 if api else 302}
    if who == "stranger":
        return {404} if route.own else SERVED
    return {403} if Role(who).rank < Role(need).rank else SERVED


SERVED = {200, 202, 204, 302, 400, 422}
