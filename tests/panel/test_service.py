"""The page of one service: its sections, its pages, and what each role may do there."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.utils.timezone import now

from common.clock import microsoft_now
from dnsconfig.models import ZoneConnection
from journal import services as journal
from journal.models import NextActor, Operation, State
from panel.service import PLACES
from subscriptions.models import Subscription
from tenants.models import GdapState, SeatCount, Tenant
from tenants.use import keep_use
from tests.people import People

Add = Callable[[int], None]


def page_of(people: People, tenant: Tenant, who: str = "manager", query: str = "") -> str:
    answer = people.client(who).get(f"/services/{tenant.service_name}/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_its_sections_in_order(people: People, tenant: Tenant) -> None:
    page = page_of(people, tenant)
    headings = [
        "Service details", "Automatic domain configuration", "Subscriptions", "Tasks in progress",
        "Users and licences", "Customer, agreement and MPN ID", "Activity",
    ]  # fmt: skip
    places = [page.index(f">{heading}</h2>") for heading in headings]
    assert places == sorted(places)
    for place, _text in PLACES:
        assert f'href="#{place}"' in page
        assert f'id="{place}"' in page


def test_assigned_and_free_licences_as_microsoft_counted(people: People, tenant: Tenant) -> None:
    assert "the first count has not come yet" in page_of(people, tenant)
    keep_use(
        tenant=tenant,
        counts=[SeatCount(sku_id="x", name="Business Basic", total=25, used=19)],
        at=microsoft_now(),
    )
    page = page_of(people, tenant)
    assert [f'data-label="{label}">{number}<' in page for label, number in
            (("Number of licences", 25), ("Assigned", 19), ("Free", 6))] == [True] * 3  # fmt: skip
    assert "the first count" not in page
    assert "Adminportal/Home#/users" in page


def test_what_happened_and_who_did_it(people: People, tenant: Tenant) -> None:
    people.operator.post(f"/services/{tenant.service_name}/rename/", {"display_name": "Bakery"})
    activity = page_of(people, tenant, "viewer").partition('id="activity"')[2]
    assert "Service renamed" in activity
    assert "operator@northwind.example" in activity
    assert "/audit/" not in activity
    assert f"/audit/?service={tenant.service_name}" in page_of(people, tenant)


def test_its_details(people: People, tenant: Tenant) -> None:
    page = page_of(people, tenant)
    for shown in (
        "contosobakery.onmicrosoft.com", "Contoso Bakery", "4847383", "Claire Dubois",
        "https://admin.microsoft.com/", "admin@contosobakery.onmicrosoft.com", "/guide/",
        f"/services/{tenant.service_name}/password/", f"/services/{tenant.service_name}/rename/",
    ):  # fmt: skip
        assert shown in page
    assert f'href="/services/{tenant.service_name}/"' in page  # in the left menu


def test_the_customers_link_until_the_rights_are_granted(people: People, tenant: Tenant) -> None:
    link = tenant.gdap.link
    assert link
    assert link not in page_of(people, tenant)
    tenant.gdap.move(GdapState.PENDING)
    page = page_of(people, tenant)
    assert link in page
    assert "waits for the customer's approval" in page


def test_its_subscriptions(people: People, tenant: Tenant) -> None:
    subscription = Subscription.objects.get()
    page = page_of(people, tenant)
    heads = [
        "ID", "Status", "Licence name", "Number of licences", "Creation date", "Last update",
    ]  # fmt: skip
    assert all(f">{head}</th>" in page for head in heads)
    assert f"/subscriptions/{subscription.pk}/seats/" in page
    assert f"/subscriptions/{subscription.pk}/cancel/" in page
    assert f"/services/{tenant.service_name}/subscriptions/new/" in page


@pytest.mark.parametrize("who", ["viewer", "operator"])
def test_who_may_not_order_sees_no_way_to(people: People, tenant: Tenant, who: str) -> None:
    ZoneConnection.objects.create(
        account=tenant.account, provider="ovh", label="OVH", keys={}, zones=["contoso.example"]
    )
    page = page_of(people, tenant, who)
    for address in ("/seats/", "/cancel/", "/subscriptions/new/", "/orders/new/"):
        assert address not in page
    may_operate = who == "operator"
    assert (f"/services/{tenant.service_name}/rename/" in page) == may_operate
    assert (f"/services/{tenant.service_name}/password/" in page) == may_operate
    assert ("Launch configuration" in page) == may_operate


def test_a_cancelled_subscription_has_no_pencil(people: People, tenant: Tenant) -> None:
    Subscription.objects.update(status="deleted")
    page = page_of(people, tenant)
    assert "/seats/" not in page
    assert "cancelled" in page


def test_pages_of_subscriptions(people: People, tenant: Tenant, add_subscriptions: Add) -> None:
    add_subscriptions(29)
    count = {
        query: page_of(people, tenant, query=query).count('/seats/"')
        for query in ("", "?page=3", "?page_size=25", "?page_size=25&page=2", "?page=99")
    }
    assert count == {
        "": 10, "?page=3": 10, "?page_size=25": 25, "?page_size=25&page=2": 5, "?page=99": 10,
    }  # fmt: skip
    first = page_of(people, tenant)
    assert "1–10 of 30" in first
    assert 'action="#subscriptions"' in first
    assert "Go to page" in first


@pytest.mark.parametrize("query", ["?page=x", "?page=0", "?page_size=7", "?page_size=x", "?page=²"])
def test_a_page_that_is_none_is_the_first_or_last(
    people: People, tenant: Tenant, query: str
) -> None:
    assert "Business Basic" in page_of(people, tenant, query=query)


def test_tasks_in_progress(people: People, tenant: Tenant) -> None:
    subscription = Subscription.objects.get()
    assert "Nothing is under way." in page_of(people, tenant)
    people.manager.post(
        f"/subscriptions/{subscription.pk}/seats/", {"quantity": "5", "confirm": "1"}
    )
    page = page_of(people, tenant)
    assert "Nothing is under way." not in page
    assert 'hx-trigger="every 3s"' in page
    part = people.viewer.get(
        f"/services/{tenant.service_name}/", {"part": "tasks"}, headers={"hx-request": "true"}
    ).content.decode()
    assert part.strip().startswith('<section id="tasks"')
    assert "<html" not in part


def test_a_task_that_failed_says_who_acts_and_is_tried_again(
    people: People, tenant: Tenant
) -> None:
    people.manager.post(
        f"/subscriptions/{Subscription.objects.get().pk}/seats/", {"quantity": "5", "confirm": "1"}
    )
    operation = Operation.objects.order_by("-pk")[0]
    give_up, retry = f"/operations/{operation.pk}/cancel/", f"/operations/{operation.pk}/retry/"
    assert give_up in page_of(people, tenant)
    assert give_up not in page_of(people, tenant, "viewer")
    Operation.objects.filter(pk=operation.pk).update(
        state=State.ERROR, error_text="Refused.", error_code="800009",
        next_actor=NextActor.RESELLER, started_at=now() - timedelta(minutes=3),
    )  # fmt: skip
    page = page_of(people, tenant)
    for shown in ("Refused.", "800009", "Who acts next:", NextActor.RESELLER.label, retry, "3 min"):
        assert str(shown) in page
    assert retry not in page_of(people, tenant, "operator")
    people.manager.post(retry)
    operation.refresh_from_db()
    assert operation.state == State.TODO


def test_tasks_of_another_service_are_elsewhere(people: People, tenant: Tenant) -> None:
    account = people.northwind.account
    by = people.user("owner").by
    journal.ask(
        kind="subscription.change_seats", account_id=account.pk, subject="subscription:0",
        listed_under="tenant:0", by=by,
    )  # fmt: skip
    assert "Nothing is under way." in page_of(people, tenant)


def test_home_leads_on(people: People, tenant: Tenant) -> None:
    page = unescape(people.viewer.get("/home/").content.decode())
    assert tenant.get_absolute_url() in page
    assert "/orders/new/" not in page
    assert "/orders/new/" in people.manager.get("/home/").content.decode()


def test_a_newcomer_is_led_to_the_first_steps(people: People) -> None:
    assert "Your first platform" in people.manager.get("/home/").content.decode()
    people.northwind.partner_id.delete()
    assert "First step: your MPN ID" in people.manager.get("/home/").content.decode()
    assert "Every order needs a valid MPN" in people.manager.get("/orders/new/").content.decode()


def test_what_failed_is_on_the_first_page(people: People, tenant: Tenant) -> None:
    subscription = Subscription.objects.get()
    people.manager.post(
        f"/subscriptions/{subscription.pk}/seats/", {"quantity": "5", "confirm": "1"}
    )
    operation = Operation.objects.order_by("-pk")[0]
    Operation.objects.filter(pk=operation.pk).update(state=State.ERROR, error_text="Refused.")
    page = people.viewer.get("/home/").content.decode()
    assert "Needs somebody" in page
    assert "Refused." in page


def test_a_viewer_is_led_to_nothing_they_may_not_do(people: People) -> None:
    for address in ("/home/", "/orders/"):
        assert "/orders/new/" not in people.viewer.get(address).content.decode()
        assert "/orders/new/" in people.manager.get(address).content.decode()
