"""Exports: all that passes the filters, only the account's own, safe to open, and noted."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from journal.models import Event
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.panel.lists.conftest import stock
from tests.people import People

Shop = list[Subscription]


def file_of(browser: Client, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    assert answer.streaming
    assert answer["Content-Disposition"].startswith('attachment; filename="')
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]


def csv_of(browser: Client, address: str) -> list[dict[str, str]]:
    sent = file_of(browser, address)
    assert sent.startswith(b"\xef\xbb\xbf")
    assert sent.count(b"\r\n") == sent.count(b"\n")
    return list(csv.DictReader(io.StringIO(sent.decode("utf-8-sig"), newline="")))


def json_of(browser: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file_of(browser, address))
    return found


def test_all_rows_of_the_filter_in_its_order(people: People, shop: Shop) -> None:
    stock(people.northwind, 30)
    rows = csv_of(people.viewer, "/lists/services/csv/?page_size=10&page=2&sort=-name")
    assert len(rows) == 33
    assert rows[0]["Service"] == "Bakery 033"
    assert rows[0]["Microsoft tenant ID"] == "00000000-0000-4000-9000-000000000033"
    assert [row["Service"] for row in csv_of(people.viewer, "/lists/services/csv/?search=002")] == [
        "Bakery 002"
    ]


def test_identifiers_amounts_and_times(people: People, shop: Shop) -> None:
    row = json_of(people.viewer, "/lists/subscriptions/json/?sort=id")[0]
    assert row["id"] == str(shop[0].pk)
    assert row["microsoft_id"] == "00000000-0000-4000-8000-000000000000"
    assert (row["amount"], row["unit_price"], row["currency"]) == ("16.5000", "5.5000", "EUR")
    assert row["quantity"] == 3
    assert row["state"] == "active"
    assert shop[0].commitment_ends_at
    assert row["ends"] == f"{shop[0].commitment_ends_at:%Y-%m-%dT%H:%M:%SZ}"
    order = json_of(people.viewer, "/lists/orders/json/")[0]
    assert order["mpn_id"] == people.northwind.partner_id.mpn_id
    assert isinstance(order["mpn_id"], str)
    assert "again" not in json_of(people.manager, "/lists/orders/json/")[0]


def test_nothing_to_export_is_a_whole_file(people: People, shop: Shop) -> None:
    assert json_of(people.viewer, "/lists/orders/json/?search=nothing") == []
    assert csv_of(people.viewer, "/lists/orders/csv/?search=nothing") == []


@pytest.mark.parametrize(
    "name", ["=1+1", "+33 1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x")']
)
def test_no_cell_is_computed(people: People, shop: Shop, name: str) -> None:
    Tenant.objects.filter(pk=shop[0].tenant_id).update(display_name=name, company=name)
    rows = csv_of(people.viewer, "/lists/services/csv/")
    held = next(row for row in rows if row["Internal service name"] == "bakery000.onmicrosoft.com")
    assert held["Service"] == held["End customer"] == f"'{name}"
    whole = json_of(people.viewer, "/lists/services/json/")
    assert name in [row["name"] for row in whole]  # programs get what it is


def test_only_the_accounts_own(people: People, shop: Shop) -> None:
    for which, name in (("services", "name"), ("subscriptions", "service"), ("orders", "service")):
        mine = json_of(people.viewer, f"/lists/{which}/json/")
        theirs = json_of(people.stranger, f"/lists/{which}/json/")
        assert sorted(row[name] for row in mine) == ["Bakery 000", "Bakery 001", "Bakery 002"]
        assert [row[name] for row in theirs] == ["Bakery 003"]


def test_it_is_noted_who_took_what(people: People, shop: Shop) -> None:
    file_of(people.viewer, "/lists/subscriptions/csv/?state=active&page=2&utm=x")
    event = Event.objects.get(kind="list.exported")
    assert event.account_id == people.northwind.account.pk
    assert event.by_label == "viewer@northwind.example"
    assert event.data == {
        "list": "subscriptions", "format": "csv", "query": "state=active", "rows": 3,
    }  # fmt: skip


def test_a_filter_not_understood_is_no_file_of_everything(people: People, shop: Shop) -> None:
    answer = people.viewer.get("/lists/services/csv/?state=melted", follow=True)
    assert answer.redirect_chain == [("/services/?state=melted", 302)]
    assert "This filter is ignored." in answer.content.decode()
    assert not Event.objects.filter(kind="list.exported").exists()


def test_no_such_list_and_no_such_file(people: People) -> None:
    for address in ("/lists/people/csv/", "/lists/services/xls/"):
        assert people.owner.get(address).status_code == 404


def test_in_the_readers_language(people: People, shop: Shop) -> None:
    User.objects.filter(pk=people.user("viewer").pk).update(language="fr")
    rows = csv_of(people.viewer, "/lists/services/csv/")
    assert rows[0]["Statut"] == "actif"


def test_as_many_queries_however_long(people: People, shop: Shop) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            json_of(people.viewer, "/lists/subscriptions/json/")
        return len(captured)

    json_of(people.viewer, "/lists/subscriptions/json/")  # signed in
    few = queries()
    stock(people.northwind, 57)
    assert queries() == few
    assert len(json_of(people.viewer, "/lists/subscriptions/json/")) == 60
