"""The journal names what it is about by number; staff reads a name, with the way to it."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal import services as journal
from journal.models import Event
from journal.people import PORTAL
from panel.console.subjects import in_words
from tenants.models import Tenant
from tests.people import People

LISTS = ("/admin/journal/operation/", "/admin/journal/event/")


def operation(subject: str, kind: str = "sync.tenant") -> Any:
    return journal.ask(kind=kind, account_id=None, subject=subject, by=PORTAL)


def test_subjects_become_words_and_links(people: People, tenant: Tenant) -> None:
    place = f'<a href="/admin/tenants/tenant/{tenant.pk}/change/">Contoso Bakery</a>'
    order, number = tenant.orders.get(), "9" * 30
    way = f'<a href="/admin/orders/order/{order.pk}/change/">{order.pk}</a>'
    expected = {
        tenant.key: f"Service {place}",
        f"sync:{tenant.key}": f"Comparison with Microsoft: Service {place}",
        order.key: f"Order no. {way}",
        "order:999999": "Order no. 999999",
        f"order:{number}": f"Order no. {number}",
        "order:x<b>": "Order no. x&lt;b&gt;",
        "mail:<b>@a.example": "Mail to &lt;b&gt;@a.example",
        "new<b>:1": "new&lt;b&gt;:1",
    }
    found = in_words(expected)
    assert {subject: found[subject] for subject in expected} == expected


def test_lists_and_pages_show_them(people: People, tenant: Tenant) -> None:
    row = operation(f"sync:{tenant.key}")
    journal.record(
        kind="tenant.renamed", account_id=tenant.account_id, subject=tenant.key, by=PORTAL
    )
    event = Event.objects.get(kind="tenant.renamed")
    link = f'<a href="/admin/tenants/tenant/{tenant.pk}/change/">Contoso Bakery</a>'
    pages = [*LISTS, f"{LISTS[0]}{row.pk}/change/", f"{LISTS[1]}{event.pk}/change/"]
    for page in pages:
        assert link in people.staff.get(page).content.decode(), page
    for page in pages[1::2]:
        assert "Service renamed" in people.staff.get(page).content.decode(), page
    narrowed = people.staff.get(LISTS[1], {"kind": "tenant.renamed"}).context["cl"].result_list
    assert [each.pk for each in narrowed] == [event.pk]


def test_more_rows_ask_no_more_often(people: People, tenant: Tenant) -> None:
    operation(f"sync:{tenant.key}")
    people.staff.get(LISTS[0])
    with CaptureQueriesContext(connection) as few:
        people.staff.get(LISTS[0])
    for row in [*tenant.subscriptions.all(), *tenant.orders.all(), tenant]:
        for start in ("", "sync:", "look:"):
            operation(start + row.key)
    with CaptureQueriesContext(connection) as many:
        people.staff.get(LISTS[0])
    kinds = 1  # of subscriptions nothing was listed before
    assert len(many) <= len(few) + kinds
