"""Reports against a world small enough to be reckoned by hand."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.utils.timezone import now

from accounts.models import User
from journal import services as journal
from journal.models import Event
from panel.reports.catalogue import REPORTS
from subscriptions.models import Licence, Price, Subscription
from tenants.models import LicenceUse, Tenant
from tests.panel.lists.conftest import stock
from tests.panel.test_queries import queries
from tests.people import People

SKU = "3b555118-da6a-4418-894f-7df1e2096870"


@pytest.fixture
def world(people: People) -> list[Subscription]:
    """Bakery 000 and 001 of Northwind's with 3 seats of Basic each at 5.50, the second one paid
    yearly; Fabrikam's Bakery 002. Microsoft counts 2 of 3 assigned in Bakery 000."""
    mine = stock(people.northwind, 2)
    stock(people.fabrikam, 1)
    licence = Licence.objects.get()
    Licence.objects.update(provisioning_id=SKU)
    Subscription.objects.filter(pk=mine[1].pk).update(billing_cycle="Annual", unit_price=60)
    LicenceUse.objects.create(
        tenant=mine[0].tenant, sku_id=SKU, name="Basic", total=3, used=2, counted_at=now()
    )
    Price.objects.create(
        licence=licence, currency="EUR", term="P1Y", billing_cycle="Monthly", amount=5, retail=7
    )
    journal.record(
        kind="subscription.seats_changed",
        account_id=people.northwind.account.pk,
        subject=mine[0].key,
        listed_under=mine[0].tenant.key,
        data={"before": {"quantity": 2}, "after": {"quantity": 3}},
        by=people.user("manager").by,
    )
    return mine


def rows_of(people: People, name: str, query: str = "", who: str = "viewer") -> list[Any]:
    answer = people.api(who).get(f"/api/v1/reports/{name}{query}")
    assert answer.status_code == 200, answer.content
    rows: list[Any] = answer.json()["results"]
    return rows


def test_licences(people: People, world: list[Subscription]) -> None:
    first, second = rows_of(people, "licences")
    assert (first["service"], first["licence"], first["bought"]) == ("Bakery 000", "Basic", 3)
    assert (first["assigned"], first["free"]) == (2, 1)
    assert (first["unit_price"], first["amount"]) == ("5.5000", "16.5000")
    assert (second["assigned"], second["free"]) == (None, None)
    html = people.viewer.get("/reports/licences/").content.decode()
    assert "Bakery 001" in html and "Bakery 002" not in html
    assert "€31.50" in html  # 3 × 5.50 a month and 3 × 60 a year
    (held,) = rows_of(people, "licences", who="stranger")
    assert held["service"] == "Bakery 002"


def test_services_seats_and_margins(people: People, world: list[Subscription]) -> None:
    services = rows_of(people, "services")
    assert [(row["service"], row["bought"]) for row in services] == [
        ("Bakery 000", 3),
        ("Bakery 001", 3),
    ]
    assert [Decimal(row["monthly"]) for row in services] == [Decimal("16.5"), Decimal(15)]
    (seats,) = rows_of(people, "seats")
    assert [seats[name] for name in ("bought", "total", "assigned", "free")] == [3, 3, 2, 1]
    assert "1 service has not been counted yet." in str(
        people.viewer.get("/reports/seats/").content
    )
    first, second = rows_of(people, "margins")
    assert (first["retail"], first["percent"], first["margin"]) == ("7.0000", "21.4", "4.5000")
    assert (second["retail"], second["margin"]) == (None, None)
    html = people.viewer.get("/reports/margins/").content.decode()
    assert "€4.50" in html and "does not know at which prices you sell" in html


def test_changes_of_a_month(people: People, world: list[Subscription]) -> None:
    (change,) = rows_of(people, "changes")
    assert change["by"] == "manager@northwind.example"
    assert (change["service"], change["licence"]) == ("Bakery 000", "Basic")
    assert change["details"] == "licences: 3 (before: 2)"
    assert rows_of(people, "changes", "?month=2020-01") == []
    assert rows_of(people, "changes", who="stranger") == []
    bad = people.api("viewer").get("/api/v1/reports/changes?month=2020-13")
    assert bad.status_code == 400 and "2027-03" in str(bad.json()["errors"])


def test_what_is_not_understood_is_said(people: People, world: list[Subscription]) -> None:
    html = people.viewer.get("/reports/changes/?month=soon").content.decode()
    assert "Enter a month like 2027-03." in html and "licences: 3 (before: 2)" in html
    html = people.viewer.get("/reports/licences/?state=sleeping").content.decode()
    assert "“sleeping” is not known here." in html and "Bakery 000" in html
    away = people.viewer.get("/reports/licences/csv/?state=sleeping")
    assert away.status_code == 302 and away["Location"] == "/reports/licences/?state=sleeping"
    assert people.viewer.get("/reports/nothing/").status_code == 404
    assert people.viewer.get("/reports/licences/exe/").status_code == 404


def test_no_query_more_per_row(people: People, world: list[Subscription]) -> None:
    pages = [f"/reports/{name}/?page_size=100" for name in REPORTS]
    few = {page: queries(lambda page=page: people.viewer.get(page)) for page in pages}
    stock(people.northwind, 40)
    many = {page: queries(lambda page=page: people.viewer.get(page)) for page in pages}
    assert few == many
    assert max(few.values()) <= 22, few


def test_csv_computes_nothing_and_speaks_french(people: People, world: list[Subscription]) -> None:
    Tenant.objects.filter(pk=world[0].tenant_id).update(display_name="=1+1")
    User.objects.filter(email="viewer@northwind.example").update(language="fr")
    answer = people.viewer.get("/reports/licences/csv/")
    assert answer["Content-Disposition"].startswith('attachment; filename="licences-')
    text = answer.content.decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text, newline=""))
    assert len(rows) == 2 and "Prix unitaire" in heads
    held = next(row for row in rows if row[0] == "'=1+1")
    assert held[3:8] == ["3", "2", "1", "5.5000", "16.5000"]
    event = Event.objects.get(kind="report.exported")
    assert event.data == {"report": "licences", "format": "csv", "query": ""}
