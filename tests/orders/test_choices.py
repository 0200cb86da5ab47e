"""The form says what to do before Microsoft refuses: bases, trials, the cap of seats."""

import uuid
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from orders.models import Order
from subscriptions.models import Licence
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import People
from tests.stories.form import Form
from tests.tenants.standing import standing_tenant

Run = Callable[..., int]
BASIC = "Microsoft 365 Business Basic"
TRIAL = "Microsoft 365 Business Premium (Trial)"
PHONE = "Microsoft Teams Phone Standard"


@pytest.fixture
def tenant(people: People, sandbox: Any, run_journal: Run) -> Tenant:
    """A customer with three seats of Business Basic."""
    return standing_tenant(people, run_journal)


def named(people: People, name: str) -> Licence:
    return wishes.licence(people.northwind.account, name)


def address(tenant: Tenant) -> str:
    return f"/services/{tenant.service_name}/subscriptions/new/"


def order(people: People, tenant: Tenant, **seats: int) -> Any:
    """Sends the form as a browser would, with these seats: `{licence name: quantity}`."""
    sent = Form(people.manager.get(address(tenant)).content.decode()).values
    sent["form_key"] = str(uuid.uuid4())
    for name, quantity in seats.items():
        sent[f"quantity_{named(people, name).pk}"] = str(quantity)
    return people.manager.post(address(tenant), sent)


def said(answer: Any) -> str:
    assert answer.status_code == 422
    return unescape(answer.content.decode())


def test_add_ons_name_their_bases(people: People, sandbox: Any, run_journal: Run) -> None:
    wishes.fetch_catalogue(people.northwind.account, run_journal)
    page = unescape(people.manager.get("/orders/new/").content.decode())
    assert f"Order it together with one of: {BASIC}" in page
    assert "Exactly 25 seats, free for 30 days, once per customer." in page


def test_an_add_on_to_a_base_that_is_held(people: People, tenant: Tenant, run_journal: Run) -> None:
    page = unescape(people.manager.get(address(tenant)).content.decode())
    row = page[page.index(PHONE) :]
    assert "together with" not in row[: row.index("</tr>")]
    assert order(people, tenant, **{PHONE: 3}).status_code == 302
    run_journal(skip_pauses=True)
    assert {step.state for step in Order.objects.latest("pk").steps()} == {"done"}


def test_no_more_add_ons_than_bases(people: People, tenant: Tenant) -> None:
    assert "only 3 seats of its base licence" in said(order(people, tenant, **{PHONE: 4}))
    assert order(people, tenant, **{PHONE: 4, BASIC: 1}).status_code == 302


def test_the_cap_counts_what_is_held(people: People, tenant: Tenant) -> None:
    text = "A customer may hold 300 seats of this licence; it has 3."
    assert text in said(order(people, tenant, **{BASIC: 298}))
    assert order(people, tenant, **{BASIC: 297}).status_code == 302


def test_a_trial_once(people: People, tenant: Tenant, run_journal: Run) -> None:
    assert "At least 25 seats" in said(order(people, tenant, **{TRIAL: 24}))
    assert order(people, tenant, **{TRIAL: 25}).status_code == 302
    run_journal(skip_pauses=True)
    assert {step.state for step in Order.objects.latest("pk").steps()} == {"done"}

    page = unescape(people.manager.get(address(tenant)).content.decode())
    row = page[page.index(TRIAL) :]
    row = row[: row.index("</tr>")]
    assert "A customer can try a licence once only." in row
    assert "disabled" in row
    line = wishes.line(named(people, TRIAL), 25)
    body = {
        "key": str(uuid.uuid4()),
        "lines": [
            {
                "licence": line.licence_id,
                "term": line.term,
                "billing_cycle": line.billing_cycle,
                "quantity": 25,
                "unit_price": "0",
            }
        ],
    }
    answer = people.api("manager").post(
        f"/api/v1/tenants/{tenant.service_name}/orders", body, format="json"
    )
    assert answer.status_code == 422
    assert "once only" in answer.json()["errors"]["lines.0.quantity"][0]
