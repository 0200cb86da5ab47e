"""What a journey begins with: a reseller with two customers, and a Microsoft of its own."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from django.db import transaction
from django.test import override_settings
from django.utils.timezone import now

from common import clock
from journal import remote
from journal.models import NextActor, Operation, State
from orders import services as orders
from orders.wishes import LineWish, MoreWish
from partnercenter import connect, requests
from partnercenter.types import Address
from sandbox.app import create_app
from sandbox.world import World
from subscriptions.models import Licence, Plan, Price, Subscription
from tenants.models import Agreement, Gdap, GdapState, Tenant, TenantState
from tests.journeys.unsteady import Killed, Unsteady
from tests.orders import wishes
from tests.people import Reseller, open_reseller
from tests.sandbox_fixture import ORIGIN, connections

LIMIT = 400
"""Attempts after which a journal that still works is broken."""
AGREED_AT = datetime(2026, 1, 15, tzinfo=UTC)
TEMPLATE = "117a77b0-9360-443b-8795-c6dedc750cf9"
ADDRESS = Address(
    country="FR", city="Paris", postal_code="75002", line1="12 rue de la Paix",
    first_name="Claire", last_name="Dubois", phone="+33123456789",
)  # fmt: skip

_catalogue: list[Sequence[Any]] = []


@dataclass(frozen=True)
class Shop:
    """The reseller, his Microsoft, and the line between them."""

    world: World
    transport: Unsteady
    reseller: Reseller

    @property
    def actor(self) -> Any:
        return wishes.actor(self.reseller.account, self.reseller.users["owner"])

    @property
    def by(self) -> Any:
        return self.reseller.users["owner"].by

    def turn_clock(self, to: datetime) -> None:
        """Microsoft's clock; the portal hears of it with the next answer."""
        self.world.offset = to - datetime.now(UTC)
        connect("eu").own_profile()

    def run_journal(self) -> None:
        """All that is due, until nothing is; workers may die, others take over."""
        for _attempt in range(LIMIT):
            at = now()  # one time for both: a pause may end between two
            due = Operation.objects.due(at).order_by("pk").first()
            if due is None and not self._end_pauses(at):
                return
            if due is not None:
                self._perform(due)
        left = list(Operation.objects.in_progress().values_list("kind", "error_text"))
        raise AssertionError(f"the journal does not come to rest: {left}")

    def _perform(self, due: Operation) -> None:
        try:
            remote.perform(due.pk)
        except Killed:
            past = now() - timedelta(seconds=1)
            Operation.objects.filter(state=State.DOING).update(lease_until=past)

    def _end_pauses(self, at: datetime) -> bool:
        paused = Operation.objects.filter(
            state=State.TODO,
            not_before__gt=at,
            next_actor__in=[NextActor.PORTAL, NextActor.MICROSOFT],
        )
        return bool(paused.update(not_before=at))


@contextmanager
def opened(start: datetime) -> Iterator[Shop]:
    """A shop at a moment of Microsoft's; nothing of it stays."""
    world = World()
    world.set_delays(dict.fromkeys(world.delays, 0.0))
    world.limits.set(per_minute=10**9, per_customer=10**9, window=60)
    transport = Unsteady(httpx.WSGITransport(app=create_app(world)))  # type: ignore[arg-type]
    wired = connections(ORIGIN, transport=transport)
    for entry in wired.values():
        del entry["BUDGET"]  # a journey of months makes the calls of months within a second
    with (
        override_settings(
            SANDBOX_URL=ORIGIN,
            PARTNER_CENTER=wired,
            EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
        transaction.atomic(),
    ):
        try:
            shop = Shop(world, transport, _reseller())
            shop.turn_clock(start)
            _plant_catalogue(shop)
            yield shop
        finally:
            transaction.set_rollback(True)
            connect("eu").close()
            connect.cache_clear()
            clock.note_offset(timedelta(0))


def _reseller() -> Reseller:
    return open_reseller(
        name="Northwind", nic_handle="nw12345-ovh", mpn_id="4847383", roles=["owner"]
    )


def _plant_catalogue(shop: Shop) -> None:
    """Synchronised once per process, whatever the clock; later journeys begin with these rows."""
    if _catalogue:
        for rows in _catalogue:
            type(rows[0]).objects.bulk_create(rows)
        return
    account = shop.reseller.account
    wishes.fetch_catalogue(account, lambda **_: shop.run_journal(), anew=True)
    _catalogue.extend([list(each.objects.all()) for each in (Licence, Plan, Price)])


def standing_tenant(shop: Shop, name: str) -> Tenant:
    """A customer who is known to both sides, has agreed and approved; nothing is bought."""
    client, reseller = connect("eu"), shop.reseller
    domain = f"{name}.onmicrosoft.com"
    created = client.create_customer(
        requests.create_customer(
            domain=domain, company_name=name, email=f"office@{name}.example", address=ADDRESS,
            culture="fr-FR", language="fr", associated_partner_id=reseller.partner_id.tenant_id,
        ),
        request_id=str(uuid.uuid4()),
    )  # fmt: skip
    customer_id = created.customer.id
    client.attest_agreement(
        requests.attest_agreement(
            customer_id=customer_id, template_id=TEMPLATE, agreed_at=AGREED_AT,
            first_name="Claire", last_name="Dubois", email=f"office@{name}.example",
        ),
        request_id=str(uuid.uuid4()),
    )  # fmt: skip
    tenant = Tenant.objects.create(
        account=reseller.account, partner_id=reseller.partner_id, service_name=domain,
        display_name=name, company=name, email=f"office@{name}.example", country="FR",
        microsoft_id=customer_id, state=TenantState.OK,
    )  # fmt: skip
    Agreement.objects.create(
        tenant=tenant, template_id=TEMPLATE, first_name="Claire", last_name="Dubois",
        email=tenant.email, agreed_date=AGREED_AT.date(),
    )  # fmt: skip
    Gdap.objects.create(tenant=tenant, state=GdapState.READY)
    return tenant


def buy(shop: Shop, tenant: Tenant, name: str, quantity: int, term: str = "P1Y") -> Subscription:
    """Seats of a licence, billed by the month, as the portal has them after the order."""
    licence = wishes.licence(shop.reseller.account, name)
    plan = licence.prices.offered().get(term=term, billing_cycle="Monthly")
    wish = more(line_of(licence, plan, quantity))
    order = orders.order_more(actor=shop.actor, tenant=tenant, wish=wish)
    shop.run_journal()
    rows = Subscription.objects.select_related("tenant__account", "licence")
    return rows.get(order_line__order=order)


def line_of(licence: Licence, plan: Price, quantity: int) -> LineWish:
    """Seats at today's price."""
    return LineWish(licence.pk, plan.term, plan.billing_cycle, quantity, plan.amount)


def more(*lines: LineWish) -> MoreWish:
    """A form that has not been sent yet."""
    return MoreWish(form_key=uuid.uuid4(), lines=lines)
