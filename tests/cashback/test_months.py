"""Seats counted day by day, the open month as an estimate, the closed one frozen."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cashback import services
from cashback.models import Rule, SeatCount, Statement
from common import clock
from common.clock import microsoft_now
from journal.models import Event
from journal.tasks import plan_daily
from subscriptions.models import Licence, Subscription
from tenants.models import Tenant
from tests.people import People

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _only_this(settings: Settings) -> None:
    settings.JOURNAL_DAILY = ["cashback.services.plan_count"]
    settings.SANDBOX_URL = "http://sandbox.invalid"  # a clock that can be turned


def stand_on(day: date) -> None:
    """Noon of that day, by Microsoft's clock."""
    clock.note_offset(timedelta(0))
    today = microsoft_now().replace(hour=12, minute=0)
    clock.note_offset(timedelta(days=(day - today.date()).days) + (today - microsoft_now()))
    assert microsoft_now().date() == day


@pytest.fixture
def subscription(people: People) -> Subscription:
    """10 seats of Business Basic at 4.70 a month."""
    shop = people.northwind
    tenant = Tenant.objects.create(
        account=shop.account,
        partner_id=shop.partner_id,
        service_name="bakery.onmicrosoft.com",
        display_name='=HYPERLINK("http://bad.example","Bakery")',
        microsoft_id="c-1",
        state="ok",
        country="FR",
    )
    licence = Licence.objects.create(
        market="eu", country="FR", product_id="CFQ7TTC0LH18", sku_id="0001", name="Basic"
    )
    return Subscription.objects.create(
        tenant=tenant,
        licence=licence,
        microsoft_id="s-1",
        name='=cmd|"/c calc"!A1',
        quantity=10,
        status="active",
        term="P1Y",
        billing_cycle="Monthly",
        unit_price="4.70",
        currency="EUR",
        mpn_id=shop.partner_id.mpn_id,
    )


@pytest.fixture
def rule(db: None) -> Rule:
    return Rule.objects.create(
        name="Every seat", currency="EUR", rate="3", first_month=date(2027, 1, 1)
    )


def a_day(run_journal: Run, day: date) -> None:
    stand_on(day)
    plan_daily()
    run_journal()


def seats(subscription: Subscription, quantity: int, **facts: Any) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(quantity=quantity, **facts)


def test_the_month_is_an_estimate_until_it_is_over(
    people: People, subscription: Subscription, rule: Rule, run_journal: Run
) -> None:
    a_day(run_journal, date(2027, 3, 10))
    statement = Statement.objects.get()
    assert (statement.month, statement.total) == (date(2027, 3, 1), Decimal("1.41"))
    page = people.viewer.get("/cashback/").content.decode()
    assert "€1.41" in page
    assert "(estimate)" in page
    detail = people.viewer.get(statement.get_absolute_url()).content.decode()
    assert "Every seat: 3% of the net price; 10 seats reached" in detail
    assert detail.count("(estimate)") >= 2  # beside every figure

    seats(subscription, 20)
    a_day(run_journal, date(2027, 3, 20))
    seats(subscription, 5)
    a_day(run_journal, date(2027, 3, 25))
    a_day(run_journal, date(2027, 4, 1))
    march = Statement.objects.get(month=date(2027, 3, 1))
    assert (march.total, march.is_frozen) == (Decimal("2.82"), True)
    assert march.lines.get().peak_day == date(2027, 3, 20)
    closed = people.viewer.get(march.get_absolute_url()).content.decode()
    assert "(estimate)" not in closed
    assert "These figures no longer change" in closed
    assert Event.objects.get(kind="cashback.closed").data["total"] == "2.82"
    assert SeatCount.objects.count() == 3  # a row only where something differs


def test_months_nobody_looked_at_are_closed_one_by_one(
    subscription: Subscription, rule: Rule, run_journal: Run
) -> None:
    a_day(run_journal, date(2027, 1, 31))
    a_day(run_journal, date(2027, 4, 2))
    rows = Statement.objects.order_by("month")
    assert [row.is_frozen for row in rows] == [True, True, True, False]
    assert {row.total for row in rows} == {Decimal("1.41")}


def test_what_was_counted_wrongly_is_paid_in_the_open_month(
    people: People, subscription: Subscription, rule: Rule, run_journal: Run
) -> None:
    a_day(run_journal, date(2027, 3, 10))
    a_day(run_journal, date(2027, 4, 2))
    sent = {"subscription": subscription.pk, "day": "2027-03-15", "seats": 30}
    people.staff.post("/admin/cashback/seatcount/add/", sent)
    stand_on(date(2027, 4, 2))
    run_journal()
    march, april = Statement.objects.order_by("month")
    assert march.total == Decimal("1.41")  # as it was told
    corrections = april.lines.exclude(corrects=None)
    assert [line.amount for line in corrections] == [Decimal("2.82")]
    a_day(run_journal, date(2027, 5, 1))
    a_day(run_journal, date(2027, 6, 1))
    assert not Statement.objects.get(month=date(2027, 5, 1)).lines.exclude(corrects=None).exists()
    assert Event.objects.get(kind="cashback.corrected").by_label == "staff@portal.example"


def test_computing_again_is_the_same_to_the_cent(
    people: People, subscription: Subscription, rule: Rule, run_journal: Run
) -> None:
    a_day(run_journal, date(2027, 3, 10))
    before = list(Statement.objects.get().lines.values_list("amount", "peak_seats"))
    services.ask_to_compute(partner_id=people.northwind.partner_id, by=people.user("staff").by)
    run_journal()
    assert list(Statement.objects.get().lines.values_list("amount", "peak_seats")) == before


def test_cancelled_or_under_another_id_earns_nothing_more(
    people: People, subscription: Subscription, rule: Rule, run_journal: Run
) -> None:
    a_day(run_journal, date(2027, 3, 10))
    seats(subscription, 10, status="deleted")
    a_day(run_journal, date(2027, 3, 11))
    a_day(run_journal, date(2027, 4, 5))
    april = Statement.objects.get(month=date(2027, 4, 1))
    assert april.total == 0
    assert not april.lines.exists()


def test_the_file_is_plain_and_harmless(
    people: People, subscription: Subscription, rule: Rule, run_journal: Run
) -> None:
    a_day(run_journal, date(2027, 3, 10))
    address = f"{Statement.objects.get().get_absolute_url()}csv/"
    answer = people.viewer.get(address)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "cashback-4847383-2027-03-EUR.csv" in answer.headers["Content-Disposition"]
    text = answer.content.decode()
    assert text.endswith("\r\n")
    head, row = csv.reader(io.StringIO(text, newline=""))
    cells = dict(zip(head, row, strict=True))
    assert cells["Cashback"] == "1.41"
    assert cells["Kind"] == "estimate"
    assert cells["Licence name"] == '\'=cmd|"/c calc"!A1'
    assert queries_for(people, address, lines=1) == queries_for(people, address, lines=20)


def queries_for(people: People, address: str, *, lines: int) -> int:
    """How often the database is asked for a file of that many lines."""
    statement = Statement.objects.get()
    for number in range(statement.lines.count() + 1, lines + 1):
        month = date(2020, 1, 1) + timedelta(days=31 * number)
        statement.lines.create(number=number, corrects=month, amount=Decimal(1))
    with CaptureQueriesContext(connection) as asked:
        text = people.viewer.get(address).content.decode()
    assert text.count("\r\n") == 1 + lines
    return len(asked)


def test_through_rest_and_for_nobody_else(
    people: People, subscription: Subscription, rule: Rule, run_journal: Run
) -> None:
    a_day(run_journal, date(2027, 3, 10))
    api = people.api("viewer")
    [row] = api.get("/api/v1/cashback", {"month": "2027-03-01"}).json()["results"]
    assert (row["total"], row["is_estimate"], row["mpn_id"]) == ("1.41", True, "4847383")
    [line] = api.get(f"/api/v1/cashback/{row['id']}/lines").json()["results"]
    assert (line["amount"], line["peak_seats"]) == ("1.41", 10)
    assert "3% of the net price" in line["rule"]
    stranger = people.api("stranger")
    assert stranger.get("/api/v1/cashback").json()["results"] == []
    for path in ("", "/lines"):
        assert stranger.get(f"/api/v1/cashback/{row['id']}{path}").status_code == 404
    address = f"/cashback/{row['id']}/"
    assert people.stranger.get(address).status_code == 404
    assert people.stranger.get(f"{address}csv/").status_code == 404


def test_staff_keeps_the_rules_and_rewrites_no_closed_month(
    people: People, subscription: Subscription, run_journal: Run
) -> None:
    stand_on(date(2027, 3, 10))
    fields = {
        "name": "Campaign", "product_ids": json.dumps(["CFQ7TTC0LH18"]), "segment": "",
        "country": "", "currency": "EUR", "seats_from": "1", "seats_to": "", "rate": "5",
        "cap": "1.00", "first_month": "2027-03-02", "last_month": "",
    }  # fmt: skip
    add = "/admin/cashback/rule/add/"
    wrong = people.staff.post(add, fields).content.decode()
    assert "Enter the first day of a month." in wrong
    right = fields | {"first_month": "2027-03-01", "_confirmed": "1"}
    assert people.staff.post(add, right).status_code == 302
    a_day(run_journal, date(2027, 3, 10))
    assert Statement.objects.get().total == Decimal("1.00")  # cut at its maximum
    a_day(run_journal, date(2027, 4, 1))
    change = f"/admin/cashback/rule/{Rule.objects.get().pk}/change/"
    kept = people.staff.post(change, fields | {"first_month": "2027-03-01", "rate": "9"})
    assert "End it and add another one." in kept.content.decode()
    ended = {"first_month": "2027-03-01", "last_month": "2027-03-01", "_confirmed": "1"}
    assert people.staff.post(change, fields | ended).status_code == 302
    run_journal()
    assert Statement.objects.get(month=date(2027, 4, 1)).total == 0
    assert Statement.objects.get(month=date(2027, 3, 1)).total == Decimal("1.00")


def test_a_months_list_asks_the_database_no_more_for_more_lines(
    people: People, subscription: Subscription, rule: Rule, run_journal: Run,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(30):
        Subscription.objects.create(
            tenant=subscription.tenant, licence=subscription.licence, microsoft_id=f"t-{number}",
            name="Basic", quantity=1, status="active", term="P1Y", billing_cycle="Monthly",
            unit_price="4.70", currency="EUR", mpn_id="4847383",
        )  # fmt: skip
    a_day(run_journal, date(2027, 3, 10))
    people.client("viewer")
    with django_assert_max_num_queries(12):
        page = people.viewer.get(Statement.objects.get().get_absolute_url())
    assert page.context["page"].paginator.num_pages == 2
