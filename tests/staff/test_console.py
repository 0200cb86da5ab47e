"""The admin's index says what waits; an operation explains itself without its secrets."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.models import PartnerId, PartnerState, User
from connections.models import Connection
from journal import services as journal
from journal.models import Attempt, Event, NextActor, Operation, State
from journal.people import PORTAL
from sync.models import Drift, FoundCustomer
from tenants.models import Delegation, Qualification, Tenant
from tests.people import PASSWORD, People
from tests.staff.conftest import SECRET

INDEX = "/admin/"


def failed(kind: str, **members: Any) -> Operation:
    operation = journal.ask(kind=kind, account_id=None, subject=f"x:{uuid.uuid4()}", by=PORTAL)
    members = {"state": State.ERROR, "next_actor": NextActor.STAFF, **members}
    Operation.objects.filter(pk=operation.pk).update(**members)
    operation.refresh_from_db()
    return operation


def test_nothing_waits_until_something_does(people: People) -> None:
    assert "Nothing waits for you." in people.staff.get(INDEX).content.decode()


def test_each_block_leads_to_its_list(people: People, tenant: Tenant) -> None:
    partner = people.northwind.partner_id
    failed("order.checkout")
    PartnerId.objects.filter(pk=partner.pk).update(state=PartnerState.REFUSED)
    Delegation.objects.create(
        account=partner.account, partner_id=partner, tenant_name="a", state="staff"
    )
    Qualification.objects.create(tenant=tenant, segment="education", asked_by="owner")
    Drift.objects.create(tenant=tenant, name="Basic", field="status", found_at=now())
    FoundCustomer.objects.create(market="eu", microsoft_id="0", domain="contoso.example")
    Connection.objects.create(alias="us")
    html = people.staff.get(INDEX).content.decode()
    links = [
        "/admin/journal/operation/?state__exact=error&amp;kind__exact=order.checkout",
        "/admin/accounts/partnerid/?state__exact=refused",
        "/admin/tenants/delegation/?state__exact=staff",
        "/admin/sync/drift/?noted_at__isnull=True",
        "/admin/sync/foundcustomer/?state__exact=open",
        "/admin/connections/connection/",
    ]
    expected = {"/admin/connections/connection/": Connection.objects.count()}
    for link in links:
        assert f'href="{link}"' in html
        rows = people.staff.get(link.replace("&amp;", "&"))
        found = rows.context["cl"].result_count
        assert rows.status_code == 200 and found == expected.get(link, 1), link
    assert "US: never signed in" in html and "Asked for, not decided" in html


def test_it_asks_as_often_for_many_rows(people: People) -> None:
    failed("order.checkout")
    people.staff.get(INDEX)
    with CaptureQueriesContext(connection) as few:
        people.staff.get(INDEX)
    for kind in ("order.checkout", "catalogue.sync", "partner.check", "sync.sweep"):
        failed(kind)
    with CaptureQueriesContext(connection) as many:
        people.staff.get(INDEX)
    assert len(many) == len(few)


def test_staff_sees_only_what_they_may_look_at(people: People) -> None:
    failed("order.checkout")
    reader = User.objects.create_user("reader@portal.example", PASSWORD)
    User.objects.filter(pk=reader.pk).update(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_delegation"))
    browser = Client()
    browser.force_login(reader)
    assert "Place the order" not in browser.get(INDEX).content.decode()


def page_of(operation: Operation) -> str:
    return f"/admin/journal/operation/{operation.pk}/change/"


def test_an_operation_explains_itself_and_hides_texts(people: People) -> None:
    body = f'{{"quantity": 12, "autoRenew": true, "profile": {{"password": "{SECRET}"}}}}'
    operation = failed(
        "subscription.change_seats",
        request={"method": "PATCH", "path": f"/v1/customers?secret={SECRET}", "body": body},
        request_id=uuid.uuid4(),
        first_sent_at=now(),
        error_code="800082",
        error_text="Microsoft is busy.",
        attempt=3,
    )
    Attempt.objects.create(operation=operation, number=3, started_at=now(), outcome="Refused")
    html = people.staff.get(page_of(operation)).content.decode()
    for told in (
        "Change the number of licences",
        "PATCH /v1/customers",
        "body.quantity = 12",
        "body.autoRenew = true",
        "body.profile.password = …",
        "800082",
        "The provider&#x27;s staff",
        str(operation.request_id),
        "the last: refused",
    ):
        assert told in html, told
    assert SECRET not in html


def test_what_was_not_sent_says_so_and_a_lost_key_breaks_no_page(
    people: People, settings: Any
) -> None:
    assert "Nothing is stored" in people.staff.get(page_of(failed("sync.sweep"))).content.decode()
    sealed = failed("catalogue.sync", request={"method": "GET"})
    settings.FIELD_ENCRYPTION_KEYS = ["b3RoZXIga2V5LCBhbHNvIDMyIGJ5dGVzIGxvbmchISE="]
    html = people.staff.get(page_of(sealed)).content.decode()
    assert "its encryption key is missing" in html


@pytest.mark.parametrize(("button", "state"), [("retry", "todo"), ("cancel", "cancelled")])
def test_the_buttons_of_its_page(people: People, button: str, state: str) -> None:
    operation = failed("catalogue.sync")
    html = people.staff.get(page_of(operation)).content.decode()
    assert f'name="action" value="{button}"' in html
    sent = {"action": button, "_selected_action": operation.pk}
    told = people.staff.post("/admin/journal/operation/", sent, follow=True).content.decode()
    operation.refresh_from_db()
    assert "say why" in told and operation.state == "error"
    sent["reason"] = "Microsoft has repaired it."
    people.staff.post("/admin/journal/operation/", sent)
    operation.refresh_from_db()
    assert operation.state == state
    event = Event.objects.get(kind__in=["operation.retried", "operation.cancelled"])
    assert event.data["reason"] == "Microsoft has repaired it."


def test_the_list_is_narrowed_by_account_task_and_age(people: People) -> None:
    ours = failed("order.checkout")
    account = people.northwind.account
    day = now() - timedelta(days=2)
    Operation.objects.filter(pk=ours.pk).update(account_id=account.pk, created_at=day)
    failed("catalogue.sync")
    page = "/admin/journal/operation/"
    html = people.staff.get(page).content.decode()
    assert f'href="/admin/accounts/account/{account.pk}/change/">Northwind</a>' in html
    assert "Place the order" in html
    narrowed = [
        {"account_id": account.pk}, {"kind__exact": "order.checkout"}, {"unfinished": "1d"},
        {"next_actor__exact": "staff", "account_id": account.pk},
    ]  # fmt: skip
    for asked in narrowed:
        found = people.staff.get(page, asked).context["cl"].result_list
        assert [row.pk for row in found] == [ours.pk], asked
    others = people.staff.get(page, {"account_id": "none"}).context["cl"].result_list
    assert [row.kind for row in others] == ["catalogue.sync"]
    assert people.staff.get(page, {"account_id": "x"}).status_code == 200
