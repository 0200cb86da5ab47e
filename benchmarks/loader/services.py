"""Tenants with rights, agreements and domains; their subscriptions and how they were ordered."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from benchmarks.loader.people import Tables, email
from benchmarks.loader.shop import OFFERS, cost
from benchmarks.loader.size import LICENCES, MPN, PER_TENANT, TODAY, Size, ago, name_of
from dnsconfig.health.models import HealthCheck
from dnsconfig.models import Domain, ZoneConnection
from orders.models import Order, OrderLine
from subscriptions.models import Subscription
from tenants.models import Agreement, Gdap, LicenceUse, Tenant

STATES = ["active"] * 88 + ["suspended"] * 4 + ["deleted"] * 5 + ["expired"] * 3
FIRST = 2
"""Subscriptions of a first order; the others were ordered later."""


def tables(size: Size) -> Tables:
    yield Tenant, _tenants(size)
    yield Gdap, (Gdap(tenant_id=pk, state="ready", ends_at=ago(-300)) for pk in _of(size))
    yield Agreement, (Agreement(tenant_id=pk, agreed_date=ago(400).date()) for pk in _of(size))
    yield LicenceUse, _uses(size)
    yield ZoneConnection, _connections(size)
    yield Domain, _domains(size)
    yield HealthCheck, _looks(size)
    yield Subscription, _subscriptions(size)
    yield Order, _orders(size)
    yield OrderLine, _lines(size)


def _of(size: Size) -> range:
    return range(1, size.tenants + 1)


def guid(kind: int, number: int) -> str:
    return str(UUID(int=(kind << 96) + number))


def _tenants(size: Size) -> Iterator[Tenant]:
    for pk in _of(size):
        account = size.account_of(pk)
        name = name_of(pk)
        yield Tenant(
            pk=pk,
            account_id=account,
            partner_id_id=account,
            service_name=f"{name.replace(' ', '').lower()}.onmicrosoft.com",
            display_name=name,
            microsoft_id=guid(1, pk),
            state="suspended" if pk % 50 == 3 else "ok",
            company=name,
            email=f"office@customer{pk}.example",
            country="FR",
        )


def _uses(size: Size) -> Iterator[LicenceUse]:
    for pk in _of(size):
        for number in range(2):
            yield LicenceUse(
                tenant_id=pk,
                sku_id=guid(2, number),
                name=f"Microsoft 365 Licence {number + 1:02}",
                total=10,
                used=pk % 11,
                counted_at=ago(1),
            )


def _connections(size: Size) -> Iterator[ZoneConnection]:
    for pk in range(1, size.accounts + 1):
        yield ZoneConnection(pk=pk, account_id=pk, provider="ovh", label="OVH", keys={})


def _domains(size: Size) -> Iterator[Domain]:
    for pk in range(1, size.tenants + 1, 2):
        name = f"customer{pk}.example"
        yield Domain(
            pk=pk,
            tenant_id=pk,
            connection_id=size.account_of(pk),
            name=name,
            zone=name,
            verified_at=ago(300),
            services=["Email"],
            configured_at=ago(299),
        )


def _looks(size: Size) -> Iterator[HealthCheck]:
    for pk in range(1, size.tenants + 1, 2):
        for days in (2, 1):
            yield HealthCheck(domain_id=pk, checked_at=ago(days), score=100 - pk % 30, results=[])


def _subscriptions(size: Size) -> Iterator[Subscription]:
    chance = random.Random(1)
    for pk in range(1, size.subscriptions + 1):
        tenant, licence = tenant_of(pk), licence_of(pk)
        term, cycle = OFFERS[pk % 3]
        ends_at = TODAY + timedelta(
            days=chance.randrange(30 if term == "P1M" else 365), hours=pk % 24
        )
        price = cost(licence) * (12 if cycle == "Annual" else 1)
        yield Subscription(
            pk=pk,
            tenant_id=tenant,
            licence_id=licence,
            microsoft_id=guid(3, pk),
            name=f"Microsoft 365 Licence {licence:02}",
            quantity=chance.randrange(1, 60),
            status=chance.choice(STATES),
            term=term,
            billing_cycle=cycle,
            unit_price=price * Decimal("1.1"),
            unit_cost=price,
            currency="EUR",
            mpn_id=str(MPN + size.account_of(tenant)),
            auto_renew=pk % 5 > 0,
            **_window(pk),
            starts_at=ends_at - timedelta(days=365),
            commitment_ends_at=ends_at,
            as_of=ago(0.2),
        )


def _window(pk: int) -> dict[str, Any]:
    """One in twenty has seats that can still be given back."""
    if pk % 20:
        return {}
    until: datetime = ago(-1 - pk % 6)
    batch = {"quantity": 1, "until": until.isoformat()}
    return {"cancellable_until": until, "refundable": [batch]}


def tenant_of(subscription: int) -> int:
    return (subscription - 1) // PER_TENANT + 1


def licence_of(subscription: int) -> int:
    """Those of one tenant differ."""
    return (subscription - 1) % LICENCES + 1


def order_of(subscription: int) -> int:
    is_later = (subscription - 1) % PER_TENANT >= FIRST
    return 2 * tenant_of(subscription) - 1 + is_later


def _orders(size: Size) -> Iterator[Order]:
    for pk in range(1, 2 * size.tenants + 1):
        tenant = (pk + 1) // 2
        account = size.account_of(tenant)
        yield Order(
            pk=pk,
            account_id=account,
            tenant_id=tenant,
            kind="new" if pk % 2 else "more",
            currency="EUR",
            total=Decimal(pk % 900 + 10),
            mpn_id=str(MPN + account),
            microsoft_id=guid(4, pk),
            placed_by=email(account, account, "owner"),
        )


def _lines(size: Size) -> Iterator[OrderLine]:
    for pk in range(1, size.subscriptions + 1):
        term, cycle = OFFERS[pk % 3]
        price = cost(licence_of(pk)) * (12 if cycle == "Annual" else 1)
        yield OrderLine(
            order_id=order_of(pk),
            number=pk % PER_TENANT,
            licence_id=licence_of(pk),
            subscription_id=pk,
            quantity=5,
            term=term,
            billing_cycle=cycle,
            unit_price=price * Decimal("1.1"),
            unit_cost=price,
        )
