"""Every page that can be read, as the owner of the biggest account and of a small one see it.

The addresses come from the routes of the tests; a page that has no row to show is left out. All
is measured in this process, against a view that does nothing behind the same middleware.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.measure import median, p95

ROUNDS, PATIENCE = 10, 0.2
"""Rounds of a page at most, and seconds after which only what makes three is begun."""
BIG, SMALL = 1, 2
"""Accounts of the loader."""

QUERIES = {
    "panel:services": ["page=150", "search=lyon", "sort=-seats", "state=suspended"],
    "panel:subscriptions": ["page=900", "search=licence", "sort=-quantity", "status=active"],
    "panel:orders": ["page=350", "search=bakery", "state=done", "state=error", "state=doing"],
    "panel:operations": ["search=seats", "state=error", "service=bakery"],
    "panel:audit": ["search=owner"],
    "panel:domains": ["page=80", "search=customer"],
}
"""What else of a list is asked for."""


@dataclass(frozen=True)
class Cost:
    """Seconds and queries of one address."""

    name: str
    who: str
    url: str
    status: int
    queries: int
    median: float
    p95: float


def measure() -> tuple[list[Cost], float]:
    """The dearest first, and the p95 of the view that does nothing."""
    from django.conf import settings
    from django.test import Client, override_settings

    from accounts.models import User

    with override_settings(ROOT_URLCONF="benchmarks.urls", ALLOWED_HOSTS=["*"]):
        owners = {who: _owner(account) for who, account in (("big", BIG), ("small", SMALL))}
        staff = Client()
        staff.force_login(User.objects.get(email="staff@portal.example"))
        asked = [
            (name, who, url, api if url.startswith("/api/") else browser)
            for who, account in (("big", BIG), ("small", SMALL))
            for browser, api in [owners[who]]
            for name, url in addresses(account)
        ]
        asked += [(name, "staff", url, staff) for name, url in _of_staff()]
        costs, floor = [], []
        for page in asked:  # the floor in turns with them: the machine has busy moments
            costs.append(_cost(*page))
            floor += [_seconds(owners["big"][0], "/empty") for _round in range(2)]
    assert settings.DEBUG is False
    return sorted(costs, key=lambda one: -one.p95), p95(floor)


def addresses(account: int) -> Iterator[tuple[str, str]]:
    """Name and address of each page about things of this account."""
    from django.urls import reverse

    from tests.rules.routes import ROUTES

    things = _things(account)
    for name, route in ROUTES.items():
        if "GET" not in route.methods or things.get(route.about) is None:
            continue
        if route.query:
            yield name, f"{reverse(name)}?{route.query}={things[route.about][0]}"
            continue
        url = reverse(name, args=things[route.about])
        yield name, url
        for query in QUERIES.get(name, []):
            yield f"{name}?{query}", f"{url}?{query}"


def _things(account: int) -> dict[str, list[Any]]:
    """Arguments of addresses, by what they are about."""
    from accounts.models import Membership
    from cashback.models import Statement
    from journal.models import Event, Operation
    from subscriptions.models import Subscription
    from tenants.models import Tenant

    tenant = Tenant.objects.filter(account=account, domains__isnull=False).earliest("pk")
    order = tenant.orders.earliest("pk")
    bought = Subscription.objects.filter(tenant=tenant, status="active").earliest("pk")
    return {
        "": [],
        "tenant": [tenant.service_name],
        "subscription": [bought.pk],
        "order": [order.pk],
        "operation": [Operation.objects.filter(journey=order.key).earliest("pk").pk],
        "event": [Event.objects.filter(account_id=account).latest("pk").pk],
        "journey": [order.key],
        "domain": [tenant.service_name, tenant.domains.get().name],  # type: ignore[attr-defined]
        "statement": [Statement.objects.get(partner_id__account=account).pk],
        "partner_id": [account],
        "membership": [Membership.objects.filter(account=account).latest("pk").pk],
        "licence": [1],
        "export": ["subscriptions", "csv"],
        "report": ["licences"],
        "report_export": ["licences", "csv"],
        "connection": [account],
    }


def _owner(account: int) -> tuple[Any, Any]:
    """Browser and API client."""
    from django.test import Client
    from rest_framework.test import APIClient

    from accounts import tokens
    from accounts.models import Account, Membership

    member = Membership.objects.get(account=account, role="owner")
    browser, api = Client(), APIClient()
    browser.force_login(member.user)
    _token, secret = tokens.create(
        account=Account.objects.get(pk=account), user=member.user, name="bench", role="owner"
    )
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return browser, api


def _of_staff() -> Iterator[tuple[str, str]]:
    from django.urls import reverse

    from tests.walk.pages import admin_pages

    for page in admin_pages():
        yield page.name, page.url
    for name in ("panel:health", "panel:mails"):
        yield name, reverse(name)


def _cost(name: str, who: str, url: str, client: Any) -> Cost:
    from django.core.cache import cache

    cache.clear()  # or the limit of an API token answers
    asked = _Counter()
    status = _read(client, url)  # warms up
    with asked.counting():
        _read(client, url)
    seconds: list[float] = []
    until = time.perf_counter() + PATIENCE
    while len(seconds) < 3 or (len(seconds) < ROUNDS and time.perf_counter() < until):
        seconds.append(_seconds(client, url))
    return Cost(name, who, url, status, asked.queries, median(seconds), p95(seconds))


def _seconds(client: Any, url: str) -> float:
    begin = time.perf_counter()
    _read(client, url)
    return time.perf_counter() - begin


def _read(client: Any, url: str) -> int:
    """All of the answer; the status."""
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


class _Counter:
    def __init__(self) -> None:
        self.queries = 0

    def counting(self) -> Any:
        from django.db import connection

        return connection.execute_wrapper(self._count)

    def _count(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.queries += 1
        return execute(*args)
