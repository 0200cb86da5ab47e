"""Microsoft refuses the customer after the order was placed: the data are corrected, it goes on."""

from collections.abc import Callable
from typing import Any

import pytest

from journal.models import NextActor, Operation, State
from orders import services
from orders.models import Order
from orders.state import OrderState, state_of
from sandbox.faults import Fault
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import People

Run = Callable[..., int]


@pytest.fixture
def refused(people: People, sandbox: Any, run_journal: Run) -> Order:
    """The order's sub-domain was taken by somebody else between check and creation."""
    shop = people.northwind
    wishes.fetch_catalogue(shop.account, run_journal)
    basic = wishes.licence(shop.account, "Microsoft 365 Business Basic")
    actor = wishes.actor(shop.account, shop.users["owner"])
    wish = wishes.platform(shop.partner_id.pk, wishes.line(basic, 3))
    order = services.order_platform(actor=actor, wish=wish)
    fault = {"method": "POST", "path": "^/v1/customers$", "kind": "status", "status": 400}
    sandbox.faults.add(Fault.from_json(fault))
    run_journal(skip_pauses=True)
    assert state_of(order.steps()) == OrderState.STUCK
    return order


def test_other_data_let_the_order_go_on(
    people: People, refused: Order, sandbox: Any, run_journal: Run
) -> None:
    page = people.manager.get(refused.get_absolute_url())
    assert f"/orders/{refused.pk}/correct/" in page.content.decode()

    sent = {**wishes.CONTACT, "city": "Lyon", "subdomain": "contosobakery2"}
    answer = people.manager.post(f"/orders/{refused.pk}/correct/", sent)
    assert answer.status_code == 302, answer.content.decode()
    run_journal(skip_pauses=True)

    assert state_of(refused.steps()) == OrderState.DONE
    tenant = Tenant.objects.get()
    assert (tenant.service_name, tenant.city) == ("contosobakery2.onmicrosoft.com", "Lyon")
    assert [row["domain"] for row in sandbox.table("customers").values()] == [tenant.service_name]


def test_wrong_data_come_back_with_a_sentence(people: People, refused: Order) -> None:
    sent = {**wishes.CONTACT, "city": "", "subdomain": "1 no"}
    answer = people.manager.post(f"/orders/{refused.pk}/correct/", sent)
    assert answer.status_code == 422
    assert "id_city" in answer.content.decode()
    assert Tenant.objects.get().service_name == "contosobakery.onmicrosoft.com"


def test_through_rest(people: People, refused: Order, run_journal: Run) -> None:
    body = {"subdomain": "contosobakery2", "contact": wishes.CONTACT}
    url = f"/api/v1/orders/{refused.pk}/correct"
    assert people.api("manager").post(url, body, format="json").status_code == 202
    run_journal(skip_pauses=True)
    assert state_of(refused.steps()) == OrderState.DONE
    again = people.api("manager").post(url, body, format="json")
    assert again.status_code == 422


def test_what_may_exist_at_microsoft_is_never_corrected(people: People, refused: Order) -> None:
    step = refused.steps().filter(kind="tenant.create_customer")
    step.update(next_actor=NextActor.STAFF)
    assert services.correctable(refused) is None
    step.update(state=State.TODO, next_actor=NextActor.RESELLER)
    assert services.correctable(refused) is None
    assert Operation.objects.exists()
