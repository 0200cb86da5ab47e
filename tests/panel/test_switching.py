"""The guide for changing provider: seats counted live, a checklist, what stays."""

from html import unescape
from typing import Any

import pytest

from partnercenter import connect
from sandbox.faults import Fault
from subscriptions.models import Origin, Subscription
from tenants.models import SeatCount, SwitchStep, Tenant, Tick
from tests.people import People


def page_of(people: People, tenant: Tenant, who: str = "operator") -> str:
    answer = people.client(who).get(f"/services/{tenant.service_name}/switching/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def tick(
    people: People, tenant: Tenant, step: str, done: str = "yes", who: str = "operator"
) -> Any:
    sent = {"step": step, "done": done}
    return people.client(who).post(f"/services/{tenant.service_name}/switching/", sent)


def test_old_and_new_seats(people: People, tenant: Tenant) -> None:
    """Three seats were bought here; two more are another seller's."""
    api = people.api("viewer")
    address = f"/api/v1/tenants/{tenant.service_name}/switching"
    told = api.get(address).json()
    assert told["is_live"] is True
    [row] = told["seats"]
    assert (row["total"], row["ours"], row["old"], row["before"]) == (3, 3, 0, None)
    Subscription.objects.filter(tenant=tenant).update(quantity=1)
    [sku] = connect("eu").subscribed_skus(customer_id=tenant.microsoft_id)
    SeatCount.objects.create(tenant=tenant, sku_id=sku.sku_id, name=sku.name, total=2, used=1)
    [row] = api.get(address).json()["seats"]
    assert (row["ours"], row["old"], row["before"]) == (1, 2, 2)


def test_what_was_counted_at_the_start_while_microsoft_is_away(
    people: People, tenant: Tenant, sandbox: Any
) -> None:
    SeatCount.objects.create(
        tenant=tenant, sku_id="s", name="Microsoft 365 Business Basic", total=9, used=4
    )
    sandbox.faults.add(Fault(kind="status", path="/subscribedskus", status=503, times=9))
    page = page_of(people, tenant)
    assert "Microsoft does not answer." in page
    assert "These seats were counted when the tenant was taken over:" in page
    assert ">9</td>" in page


def test_ticked_left_and_unticked(people: People, tenant: Tenant) -> None:
    assert tick(people, tenant, SwitchStep.ORDER).status_code == 302
    tick(people, tenant, SwitchStep.ORDER)
    assert [row.by_label for row in Tick.objects.all()] == ["operator@northwind.example"]
    page = page_of(people, tenant, "viewer")
    assert "operator@northwind.example" in page
    assert 'name="done"' not in page  # a viewer looks
    tick(people, tenant, SwitchStep.ORDER, "no", "manager")
    assert not Tick.objects.exists()
    assert tick(people, tenant, SwitchStep.ORDER, who="viewer").status_code == 403
    assert tick(people, tenant, SwitchStep.ORDER, who="stranger").status_code == 404
    assert tick(people, tenant, "nonsense").status_code == 302
    assert not Tick.objects.exists()


def test_through_rest(people: People, tenant: Tenant) -> None:
    api = people.api("operator")
    address = f"/api/v1/tenants/{tenant.service_name}/switching"
    told = api.post(address, {"step": "assign", "done": True}, format="json").json()
    ticked = {row["key"]: row["ticked_by"] for row in told["steps"]}
    assert ticked.pop("assign") == "operator@northwind.example"
    assert set(ticked.values()) == {None}
    assert api.post(address, {"step": "x", "done": True}, format="json").status_code == 400


@pytest.mark.parametrize("sold_here", [True, False])
def test_what_was_bought_elsewhere_is_marked(
    people: People, tenant: Tenant, sold_here: bool
) -> None:
    if not sold_here:
        Subscription.objects.create(
            tenant=tenant, name="Visio Plan 2", quantity=4, status="active", term="P1Y",
            billing_cycle="Monthly", unit_price=1, currency="EUR", microsoft_id="a" * 36,
            origin=Origin.ELSEWHERE,
        )  # fmt: skip
    service = people.viewer.get(tenant.get_absolute_url()).content.decode()
    assert ("bought elsewhere" in service) == (not sold_here)
    assert ("Visio Plan 2: 4" in page_of(people, tenant)) == (not sold_here)
