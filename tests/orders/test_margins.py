"""The reseller's price everywhere, the provider's cost nowhere; Microsoft is compared with cost."""

import re
import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from journal.models import Event, State
from orders.models import Order
from orders.remote import checks
from orders.state import OrderState, state_of
from subscriptions.models import MarginRule, Subscription
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import People
from tests.tenants.standing import standing_tenant

Run = Callable[..., int]
BASIC = "Microsoft 365 Business Basic"
SHOWN = re.compile(r"(?<!\d)5\.38")
"""The cost, and not the seconds of some moment."""
COST, ASKED = "5.38", "6.19"  # a month of Basic, and 15 % more


@pytest.fixture
def tenant(
    people: People, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> Tenant:
    """A customer that stands; from now on the provider adds 15 per cent."""
    monkeypatch.setattr(checks.resolver, "accepts_mail", lambda _domain: True)
    tenant = standing_tenant(people, run_journal)
    MarginRule.objects.create(value=15, valid_from=date(2020, 1, 1))
    return Tenant.objects.get(pk=tenant.pk)


def more(people: People, tenant: Tenant, unit_price: str = ASKED, quantity: int = 2) -> Any:
    basic = wishes.licence(people.northwind.account, BASIC)
    line = {"licence": basic.pk, "term": "P1M", "billing_cycle": "Monthly"}
    body = {
        "key": str(uuid.uuid4()),
        "lines": [{**line, "quantity": quantity, "unit_price": unit_price}],
    }
    address = f"/api/v1/tenants/{tenant.service_name}/orders"
    return people.api("manager").post(address, body, format="json")


def test_form_catalogue_and_order_ask_the_resellers_price(
    people: People, tenant: Tenant, run_journal: Run
) -> None:
    page = people.manager.get(f"/services/{tenant.service_name}/subscriptions/new/")
    assert f'value="P1M|Monthly|{ASKED}"' in page.content.decode()
    rows = people.api("viewer").get("/api/v1/catalogue", {"page_size": 100}).json()["results"]
    basic = next(row for row in rows if row["name"] == BASIC)
    assert {"6.1900"} == {p["amount"] for p in basic["prices"] if p["term"] == "P1M"}

    assert more(people, tenant, unit_price=COST).status_code == 422
    placed = more(people, tenant)
    assert placed.status_code == 202, placed.json()
    run_journal(skip_pauses=True)

    order = Order.objects.get(pk=placed.json()["id"])
    assert state_of(order.steps()) == OrderState.DONE
    line = order.lines.get()
    assert (line.unit_price, line.unit_cost) == (Decimal(ASKED), Decimal(COST))
    assert order.total == Decimal("12.38")
    bought = Subscription.objects.get(pk=line.subscription_id)
    assert (bought.unit_price, bought.unit_cost) == (Decimal(ASKED), Decimal(COST))


def test_no_reseller_sees_the_cost(people: People, tenant: Tenant, run_journal: Run) -> None:
    number = more(people, tenant).json()["id"]
    run_journal(skip_pauses=True)
    subscription = Subscription.objects.latest("pk")
    api = people.api("owner")
    told = [
        people.owner.get(f"/orders/{number}/").content,
        people.owner.get(f"/services/{tenant.service_name}/").content,
        people.owner.get(f"/subscriptions/{subscription.pk}/seats/").content,
        people.owner.get(f"/services/{tenant.service_name}/subscriptions/new/").content,
        api.get(f"/api/v1/orders/{number}").content,
        api.get(f"/api/v1/subscriptions/{subscription.pk}").content,
        api.get("/api/v1/catalogue", {"page_size": 100}).content,
        api.get("/api/v1/events", {"page_size": 100}).content,
        api.get("/api/v1/operations", {"page_size": 100}).content,
    ]
    for said in told:
        assert not SHOWN.search(said.decode())
        assert "cost" not in said.decode()


@pytest.mark.parametrize("page", ["plan", "schedule", "end", "seats"])
def test_changes_of_what_one_has_are_priced_alike(
    people: People, tenant: Tenant, page: str
) -> None:
    """A year of Basic costs the provider 4.70 a month, this reseller 5.41."""
    subscription = Subscription.objects.get()
    said = people.manager.get(f"/subscriptions/{subscription.pk}/{page}/").content.decode()
    assert "4.70" not in said
    if page in ("plan", "schedule"):
        assert "5.41" in said


def test_staff_sees_the_margin(people: People, tenant: Tenant, run_journal: Run) -> None:
    order = Order.objects.get(pk=more(people, tenant).json()["id"])
    page = people.staff.get(f"/admin/orders/order/{order.pk}/change/").content.decode()
    assert "1.62" in page  # two seats, 0.81 each


def test_a_price_that_changes_at_microsoft_is_offered_at_the_resellers_price(
    people: People, tenant: Tenant, run_journal: Run, sandbox: Any
) -> None:
    order = Order.objects.get(pk=more(people, tenant).json()["id"])
    line = order.lines.get()
    order.lines.update(unit_cost=1, unit_price=2)
    run_journal(skip_pauses=True)
    cart = order.steps().get(kind="order.fill_cart")
    assert (cart.state, cart.error_code) == (State.ERROR, "price_changed")
    page = unescape(people.manager.get(f"/orders/{order.pk}/").content.decode())
    assert f"{BASIC}: <strong>€{ASKED}</strong>" in page
    assert COST not in page

    people.manager.post(f"/orders/{order.pk}/accept-prices/")
    run_journal(skip_pauses=True)
    order.refresh_from_db()
    assert state_of(order.steps()) == OrderState.DONE
    line = order.lines.get()
    assert (line.unit_price, line.unit_cost) == (Decimal(ASKED), Decimal(COST))
    assert Event.objects.get(kind="order.prices_accepted").data == {"total": "12.38"}


def test_a_rule_for_one_reseller_is_nobody_elses(people: People, tenant: Tenant) -> None:
    MarginRule.objects.create(
        account=people.northwind.account, value=50, valid_from=date(2020, 1, 1)
    )
    asked = {}
    for who in ("viewer", "stranger"):
        rows = people.api(who).get("/api/v1/catalogue", {"page_size": 100}).json()["results"]
        basic = next(row for row in rows if row["name"] == BASIC)
        asked[who] = {p["amount"] for p in basic["prices"] if p["term"] == "P1M"}
    assert asked == {"viewer": {"8.0700"}, "stranger": {"6.1900"}}


@pytest.mark.parametrize(
    ("changes", "beside"),
    [
        ({"kind": "fixed"}, "A fixed amount needs its currency."),
        ({"valid_to": "2019-01-01"}, "The end may not be before the beginning."),
        ({"floor": "-1"}, "greater than or equal to 0"),
    ],
)
def test_staff_is_told_what_contradicts_itself(
    people: People, changes: dict[str, str], beside: str
) -> None:
    rule = {"value": "5", "kind": "percent", "basis": "cost", "valid_from": "2026-01-01"}
    page = people.staff.post("/admin/subscriptions/marginrule/add/", {**rule, **changes})
    assert beside in page.content.decode()
    assert not MarginRule.objects.exists()


def test_staff_writes_a_rule(people: People) -> None:
    rule = {"value": "5", "kind": "percent", "basis": "retail", "valid_from": "2026-01-01"}
    rule |= {"cap": "100"}
    add = "/admin/subscriptions/marginrule/add/"
    assert "Who is affected" in people.staff.post(add, rule).content.decode()
    assert not MarginRule.objects.exists()
    assert people.staff.post(add, {**rule, "_confirmed": "1"}).status_code == 302
    assert MarginRule.objects.get().cap == 100
