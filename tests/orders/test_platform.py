"""An order for a new platform, from the wish to the welcome mail."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from accounts.access import Actor
from common.refusals import Impossible
from journal.models import Operation, State
from orders import services
from orders.models import Order
from orders.state import OrderState, state_of
from orders.wishes import prefix_of
from sandbox.faults import Fault
from subscriptions.models import Status, Subscription
from tenants.models import Credential, Tenant, TenantState
from tests.orders import wishes
from tests.people import Reseller

Run = Callable[..., int]
BASIC, STANDARD = "Microsoft 365 Business Basic", "Microsoft 365 Business Standard"


@pytest.fixture
def shop(northwind: Reseller, sandbox: Any, run_journal: Run) -> Reseller:
    """Northwind with the catalogue fetched."""
    wishes.fetch_catalogue(northwind.account, run_journal)
    return northwind


def wish_of(shop: Reseller, **kwargs: Any) -> Any:
    return wishes.platform(
        shop.partner_id.pk,
        wishes.line(wishes.licence(shop.account, BASIC), 3),
        wishes.line(wishes.licence(shop.account, STANDARD), 2, "P1Y"),
        **kwargs,
    )


def owner_of(shop: Reseller) -> Actor:
    return wishes.actor(shop.account, shop.users["owner"])


def place(shop: Reseller, **kwargs: Any) -> Order:
    actor = wishes.actor(shop.account, shop.users["owner"])
    return services.order_platform(actor=actor, wish=wish_of(shop, **kwargs))


def test_an_order_becomes_a_platform_with_its_licences(
    shop: Reseller, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    order = place(shop)
    assert state_of(order.steps()) == OrderState.WORKING

    run_journal(skip_pauses=True)

    order.refresh_from_db()
    assert state_of(order.steps()) == OrderState.DONE, list(
        order.steps().values_list("kind", "state", "error_text")
    )
    tenant = Tenant.objects.get()
    assert tenant.state == TenantState.OK
    assert list(Subscription.objects.values_list("quantity", "status")) == [
        (3, Status.ACTIVE),
        (2, Status.ACTIVE),
    ]
    assert len(sandbox.table("customers")) == 1
    assert len(sandbox.table("orders")) == 1
    assert len(mailoutbox) == 1
    assert "contosobakery.onmicrosoft.com" in mailoutbox[0].body
    assert Credential.objects.get().erased_because == "mailed"


def test_the_mail_holds_the_password_and_nothing_else_does(
    shop: Reseller, sandbox: Any, run_journal: Run, mailoutbox: list[Any]
) -> None:
    place(shop)
    run_journal(skip_pauses=True)
    line = next(row for row in mailoutbox[0].body.splitlines() if row.startswith("Mot de passe"))
    password = line.partition(":")[2].strip()
    assert password
    dumped = "".join(
        str(row) for row in Operation.objects.values_list("params", "memo", "result", "error_text")
    )
    assert password not in dumped
    assert Credential.objects.get().secret is None


def test_the_customer_belongs_to_the_resellers_own_tenant(
    shop: Reseller, sandbox: Any, run_journal: Run
) -> None:
    place(shop)
    run_journal(skip_pauses=True)
    customer = next(iter(sandbox.table("customers").values()))
    assert shop.partner_id.tenant_id in str(customer)
    bought = str(list(sandbox.table("subscriptions").values()))
    assert shop.partner_id.mpn_id in bought


def test_the_same_form_sent_twice_is_one_order(shop: Reseller) -> None:
    actor = wishes.actor(shop.account, shop.users["owner"])
    wish = wish_of(shop)
    first = services.order_platform(actor=actor, wish=wish)
    again = services.order_platform(actor=actor, wish=wish)
    assert first == again
    assert Order.objects.count() == 1


def test_a_changed_price_is_told_beside_the_licence_and_nothing_is_written(shop: Reseller) -> None:
    actor = wishes.actor(shop.account, shop.users["owner"])
    wish = wish_of(shop)
    basic = wishes.licence(shop.account, BASIC)
    basic.prices.filter(term="P1M").update(amount=Decimal("99.50"))
    with pytest.raises(Impossible) as refused:
        services.order_platform(actor=actor, wish=wish)
    assert list(refused.value.errors) == [f"quantity_{basic.pk}"]
    assert not Order.objects.exists()
    assert not Tenant.objects.exists()


def test_a_price_that_changes_at_microsoft_waits_for_the_reseller(
    shop: Reseller, sandbox: Any, run_journal: Run
) -> None:
    order = place(shop)
    line = order.lines.first()
    assert line is not None
    order.lines.filter(pk=line.pk).update(unit_cost=line.unit_cost - 1, unit_price=1)
    run_journal(skip_pauses=True)
    cart = order.steps().get(kind="order.fill_cart")
    assert (cart.state, cart.error_code) == (State.ERROR, "price_changed")
    assert not sandbox.table("orders")

    assert services.accept_prices(order=order, actor=owner_of(shop))
    run_journal(skip_pauses=True)
    assert state_of(order.steps()) == OrderState.DONE
    assert order.lines.get(pk=line.pk).unit_price == line.unit_price


def test_over_the_spend_limit_is_refused(shop: Reseller) -> None:
    shop.account.spend_limit = Decimal("10")
    shop.account.save()
    with pytest.raises(Impossible) as refused:
        place(shop)
    assert list(refused.value.errors) == ["lines"]
    assert not Order.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1, 10**9])
def test_an_impossible_quantity_is_refused(shop: Reseller, quantity: int) -> None:
    actor = wishes.actor(shop.account, shop.users["owner"])
    basic = wishes.licence(shop.account, BASIC)
    wish = wishes.platform(shop.partner_id.pk, wishes.line(basic, quantity))
    with pytest.raises(Impossible) as refused:
        services.order_platform(actor=actor, wish=wish)
    assert list(refused.value.errors) == [f"quantity_{basic.pk}"]


def test_an_invalid_mpn_id_buys_nothing(shop: Reseller) -> None:
    shop.partner_id.judge("refused", code="2203", text="not signed")
    with pytest.raises(Impossible) as refused:
        place(shop)
    assert list(refused.value.errors) == ["partner_id"]


def test_an_mpn_id_that_turns_bad_before_checkout_stops_the_order(
    shop: Reseller, sandbox: Any, run_journal: Run
) -> None:
    order = place(shop)
    with sandbox.change():
        row = sandbox.table("partners")["4847383"]
        row["agreement_signed"] = False
    run_journal(skip_pauses=True)
    step = order.steps().get(kind="order.check_partner")
    assert (step.state, step.error_field) == (State.ERROR, "mpn_id")
    assert not sandbox.table("orders")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("^/v1/customers$", "drop_after"),
        ("^/v1/customers$", "html"),
        ("/checkout$", "drop_after"),
        ("/checkout$", "html"),
        ("/carts$", "drop_after"),
        ("/agreements$", "drop_after"),
        ("delegatedAdminRelationships$", "drop_after"),
    ],
)
def test_a_lost_answer_never_makes_a_second_one(
    shop: Reseller, sandbox: Any, run_journal: Run, path: str, kind: str
) -> None:
    fault = {"method": "POST", "path": path, "kind": kind, "times": 2}
    sandbox.faults.add(Fault.from_json(fault))
    order = place(shop)
    run_journal(skip_pauses=True)
    assert state_of(order.steps()) == OrderState.DONE, list(
        order.steps().values_list("kind", "state", "error_text")
    )
    assert len(sandbox.table("customers")) == 1
    assert len(sandbox.table("orders")) == 1
    assert len(sandbox.table("subscriptions")) == 2
    assert order.steps().filter(failures__gt=0).exists()


@pytest.mark.parametrize(
    ("company", "prefix"),
    [
        ("Café & Fils", "cafefils"),
        ("4 Saisons", "saisons"),
        ("ООО", "tenant"),
        ("Admin", "tenantadmin"),
    ],
)
def test_a_prefix_is_made_from_the_companys_name(company: str, prefix: str) -> None:
    assert prefix_of(company) == prefix


def test_a_cart_in_another_currency_buys_nothing(
    shop: Reseller, sandbox: Any, run_journal: Run
) -> None:
    """The form could not ask; the cart tells, and its prices are not offered for acceptance."""
    london = {"country": "GB", "city": "London", "postal_code": "SW1A 1AA"}
    order = place(shop, contact={**wishes.CONTACT, **london})
    run_journal(skip_pauses=True)
    cart = order.steps().get(kind="order.fill_cart")
    assert (cart.state, cart.error_code) == (State.ERROR, "currency")
    assert not sandbox.table("orders")
    assert not services.accept_prices(order=order, actor=owner_of(shop))
