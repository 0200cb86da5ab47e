"""Co-termination: new licences whose first term ends with those that the customer holds."""

import uuid
from collections.abc import Callable
from datetime import UTC, date
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders import services as orders
from orders.models import Order, OrderLine
from orders.term_ends import term_end
from sandbox.faults import Fault
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import People
from tests.stories.form import Form

Run = Callable[..., int]
BASIC, STANDARD = "Microsoft 365 Business Basic", "Microsoft 365 Business Standard"


@pytest.fixture
def tenant(people: People, sandbox: Any, run_journal: Run) -> Tenant:
    """Basic for a year, bought just now."""
    shop = people.northwind
    wishes.fetch_catalogue(shop.account, run_journal)
    actor = wishes.actor(shop.account, shop.users["owner"])
    basic = wishes.line(wishes.licence(shop.account, BASIC), 3, "P1Y")
    order = orders.order_platform(actor=actor, wish=wishes.platform(shop.partner_id.pk, basic))
    run_journal(skip_pauses=True)
    return Tenant.objects.get(pk=order.tenant_id)


def address(tenant: Tenant) -> str:
    return f"/services/{tenant.service_name}/subscriptions/new/"


def end_of(name: str) -> date:
    ends_at = Subscription.objects.get(name=name).commitment_ends_at
    assert ends_at is not None
    return ends_at.astimezone(UTC).date()


def order(people: People, tenant: Tenant, ends_on: str, term: str) -> Any:
    """Two seats of Standard, through the form."""
    standard = wishes.licence(people.northwind.account, STANDARD)
    page = people.manager.get(address(tenant)).content.decode()
    sent = Form(page).values | {"ends_on": ends_on, f"quantity_{standard.pk}": "2"}
    price = wishes.price(standard, term)
    sent[f"plan_{standard.pk}"] = f"{term}|Monthly|{price.amount.normalize():f}"
    return people.manager.post(address(tenant), sent)


def test_the_form_offers_the_end_of_what_is_held(
    people: People, tenant: Tenant, run_journal: Run
) -> None:
    page = unescape(people.manager.get(address(tenant)).content.decode())
    day = end_of(BASIC)
    assert f'value="{day}"' in page
    assert f", with {BASIC}" in page
    assert order(people, tenant, str(day), "P1Y").status_code == 302
    run_journal(skip_pauses=True)
    assert OrderLine.objects.latest("pk").ends_on == day
    assert {step.state for step in Order.objects.latest("pk").steps()} == {"done"}
    assert end_of(STANDARD) == day


def test_a_month_is_left_as_it_is(people: People, tenant: Tenant, run_journal: Run) -> None:
    order(people, tenant, str(end_of(BASIC)), "P1M")
    assert OrderLine.objects.latest("pk").ends_on is None


def test_without_an_answer_of_microsoft_there_is_no_choice(
    people: People, tenant: Tenant, sandbox: Any
) -> None:
    fault = {"path": "customTermEndDates", "kind": "status", "status": 503, "times": -1}
    sandbox.faults.add(Fault.from_json(fault))
    page = people.manager.get(address(tenant))
    assert page.status_code == 200
    assert "ends_on" not in page.content.decode()


@pytest.mark.parametrize("day", ["2020-01-01", "2999-12-31"])
def test_a_day_outside_the_term_is_refused_here(people: People, tenant: Tenant, day: str) -> None:
    standard = wishes.licence(people.northwind.account, STANDARD)
    price = wishes.price(standard, "P1Y")
    line = {
        "licence": standard.pk,
        "term": "P1Y",
        "billing_cycle": "Monthly",
        "quantity": 1,
        "unit_price": str(price.amount),
        "ends_on": day,
    }
    answer = people.api("manager").post(
        f"/api/v1/tenants/{tenant.service_name}/orders",
        {"key": str(uuid.uuid4()), "lines": [line]},
        format="json",
    )
    assert answer.status_code == 422
    assert "does not lie within the term" in answer.json()["errors"]["lines.0.quantity"][0]


@pytest.mark.parametrize(
    ("start", "term", "end"),
    [
        (date(2026, 6, 18), "P1M", date(2026, 7, 17)),
        (date(2026, 1, 31), "P1M", date(2026, 2, 27)),
        (date(2026, 5, 31), "P1M", date(2026, 6, 29)),
        (date(2028, 2, 29), "P1Y", date(2029, 2, 27)),
        (date(2026, 12, 15), "P3Y", date(2029, 12, 14)),
    ],
)
def test_ends_of_terms(start: date, term: str, end: date) -> None:
    assert term_end(start, term) == end


@given(start=st.dates(date(2020, 1, 1), date(2050, 1, 1)))
def test_longer_terms_end_later(start: date) -> None:
    assert start < term_end(start, "P1M") < term_end(start, "P1Y") < term_end(start, "P3Y")
