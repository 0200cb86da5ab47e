"""A member of limited reach: by no door, and on no page, anything of a service out of it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse

from accounts import services
from accounts.models import CalendarFeed, Membership, ReachKind, Role
from accounts.tokens import digest_of
from common.clock import microsoft_now
from dnsconfig.models import DnsPlan, Domain, ZoneConnection
from journal import services as journal
from journal.models import Operation
from panel.lists.views import LISTS
from subscriptions.models import Subscription
from tenants.models import Qualification, Tenant
from tests.people import People
from tests.rules import test_access as rules
from tests.rules.routes import PUBLIC, ROUTES, Route

things = rules.things

OF_A_TENANT = (
    "tenant", "subscription", "order", "operation", "journey", "credential", "delegation",
    "domain", "plan", "plan_export", "drift", "qualification", "own_zone", "own_record", "approval",
)  # fmt: skip
OF_THE_WHOLE = {"cashback:index", "cashback:statement", "orders:new", "tenants:delegate"}
FEED = "secret-of-the-manager"


def limit(people: People, who: str, kind: ReachKind, *tenants: int) -> None:
    membership = Membership.objects.get(user=people.user(who))
    by = people.user("owner").by
    services.change_member(
        membership=membership, role=membership.role, reach=kind, chosen=tenants, by=by
    )


@pytest.fixture
def florist(people: People) -> Tenant:
    """The other service of Northwind."""
    return Tenant.objects.create(
        account=people.northwind.account,
        partner_id=people.northwind.partner_id,
        service_name="florist.onmicrosoft.com",
        display_name="Florist",
        state="ok",
    )


@pytest.fixture
def busy(people: People, things: dict[str, list[Any]]) -> Tenant:
    """The bakery, with something for every page to tell."""
    at, bakery = microsoft_now(), Tenant.objects.get(service_name="bakery.onmicrosoft.com")
    closing = [{"quantity": 1, "until": (at + timedelta(hours=20)).isoformat()}]
    Subscription.objects.update(
        commitment_ends_at=at + timedelta(days=10), name="Basic of the bakery", refundable=closing
    )
    Domain.objects.update(configured_at=at)
    DnsPlan.objects.update(state="ready")
    Qualification.objects.update(state="approved", decided_at=at)
    Operation.objects.update(state="error", next_actor="reseller", error_text="Bakery")
    ZoneConnection.objects.update(zones=["contoso-bakery.example", "free.example"])
    journal.record(
        kind="tenant.renamed",
        account_id=bakery.account_id,
        subject=bakery.key,
        data={"name": "Bakery"},
    )
    manager = people.user("manager")
    CalendarFeed.objects.create(account=bakery.account, user=manager, digest=digest_of(FEED))
    return bakery


def told(answer: HttpResponse) -> str:
    stream = getattr(answer, "streaming_content", None)
    return (b"".join(stream) if stream is not None else answer.content).decode().casefold()


def pages_that_tell(
    people: People, things: dict[str, list[Any]], names: Iterable[str] = ROUTES
) -> set[str]:
    """The pages and API answers on which the manager reads of the bakery."""
    found = set()
    api, browser = people.api("manager"), people.manager
    things = {**things, "feed_secret": [FEED]}
    for name in names:
        route = ROUTES[name]
        need = route.methods.get("GET", Role.OWNER)
        if need == Role.OWNER or (need == PUBLIC and route.about != "feed_secret"):
            continue
        with transaction.atomic():
            for url in _addresses(name, route, things, people):
                client = api if rules.is_api(url) else browser
                if "bakery" in told(client.get(url)).replace(url.casefold(), ""):
                    found.add(name)
            transaction.set_rollback(True)
    return found


def _addresses(name: str, route: Route, things: dict[str, list[Any]], people: People) -> list[str]:
    if route.about != "export":
        return [rules.address(name, route, things, people.user("manager"))]
    return [f"/lists/{which}/{kind}/" for which in LISTS for kind in ("csv", "json")]


def test_nothing_of_a_service_out_of_reach_is_told_anywhere(
    people: People, things: dict[str, list[Any]], busy: Tenant, florist: Tenant
) -> None:
    everything = pages_that_tell(people, things)
    assert everything >= {
        "panel:home", "panel:services", "panel:subscriptions", "panel:orders", "panel:export",
        "panel:calendar", "panel:calendar_feed", "panel:service", "subscriptions:renewals",
        "accounts:partner_board", "panel:operations", "panel:audit", "panel:domains",
        "panel:report", "operations:api_operations",
        "operations:api_events", "tenants:api_tenants", "tenants:delegations", "sync:index",
        "dnsconfig:health_overview", "dnsconfig:api_zones", "subscriptions:api_renewals",
        "orders:api_orders",
    }, "the world is too quiet for this test"  # fmt: skip

    for kind, chosen in ((ReachKind.ONLY, florist), (ReachKind.EXCEPT, busy)):
        limit(people, "manager", kind, chosen.pk)
        assert not pages_that_tell(people, things, everything), kind
        assert "Florist" in people.manager.get("/services/").content.decode()
        assert "free.example" in people.api("manager").get("/api/v1/zones").content.decode()


def test_no_door_opens_to_what_is_out_of_reach(
    people: People, things: dict[str, list[Any]], busy: Tenant, florist: Tenant
) -> None:
    limit(people, "manager", ReachKind.ONLY, florist.pk)
    api, browser, wrong = people.api("manager"), people.manager, []
    for name, route in ROUTES.items():
        if route.about not in OF_A_TENANT:
            continue
        for method, need in route.methods.items():
            if Role(need) == Role.OWNER:
                continue
            with transaction.atomic():
                url = rules.address(name, route, things, people.user("manager"))
                client = api if rules.is_api(url) else browser
                status = rules.ask(client, method, url, rules.is_api(url))
                transaction.set_rollback(True)
            wrong += [f"{method} {url}: {status}"] if status != 404 else []
    assert not wrong


def test_what_is_about_the_whole_account_says_why_it_is_closed(
    people: People, things: dict[str, list[Any]], florist: Tenant
) -> None:
    limit(people, "manager", ReachKind.ONLY, florist.pk)
    for name in OF_THE_WHOLE:
        answer = people.manager.get(rules.address(name, ROUTES[name], things, None))
        assert answer.status_code == 403, name
        assert "You see only some of its services." in answer.content.decode(), name
    problem = people.api("manager").post("/api/v1/orders", {}, format="json")
    assert problem.status_code == 403
    assert "only some of its services" in problem.json()["title"]
    assert "/orders/new/" not in people.manager.get("/services/").content.decode()
    assert people.manager.get("/services/florist.onmicrosoft.com/").status_code == 200
