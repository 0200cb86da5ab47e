"""Before a rule is saved staff sees who is affected; nothing is saved until confirmed."""

from datetime import date, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cashback import services as cashback
from cashback.models import Rule, SeatCount
from common.clock import microsoft_now
from subscriptions.models import MarginRule, Subscription
from tenants.models import Tenant
from tests.people import People

ADD = "/admin/subscriptions/marginrule/add/"
RULE = {"value": "10", "kind": "percent", "basis": "cost", "valid_from": "2026-01-01"}


def table(page: Any, title: str) -> list[list[str]]:
    preview = page.context["preview"]
    return next((each.rows for each in preview.tables if each.title == title), [])


def test_a_margin_rule_shows_sums_and_examples_first(people: People, tenant: Tenant) -> None:
    """12 seats of Basic at 5.38 a month stand at Northwind; Fabrikam holds nothing."""
    shown = people.staff.post(ADD, {**RULE, "_save": "Save"})
    held = Subscription.objects.get()
    seats = str(held.quantity)
    before, after = (f"€{price * held.quantity:.2f}" for price in (5.38, 5.92))
    row = table(shown, "Per month and currency")[0]
    assert row[:6] == ["EUR", "1", "1", seats, before, after] and row[6].startswith("+€")
    assert table(shown, "The largest differences")[0][:2] == [
        "Northwind (nw12345-ovh)",
        "Microsoft 365 Business Basic",
    ]
    html = shown.content.decode()
    assert "price lists of 2 resellers" in html and "Subscriptions keep their price" in html
    assert not MarginRule.objects.exists()

    back = people.staff.post(ADD, {**RULE, "_save": "Save", "_back": "1"}).content.decode()
    assert 'value="10"' in back and "Nothing is saved yet." in back
    assert not MarginRule.objects.exists()

    assert people.staff.post(ADD, {**RULE, "_save": "S", "_confirmed": "1"}).status_code == 302
    rule = MarginRule.objects.get()
    change = f"/admin/subscriptions/marginrule/{rule.pk}/change/"
    dearer = people.staff.post(change, {**RULE, "value": "20"})
    assert table(dearer, "Per month and currency")[0][4] == after
    rule.refresh_from_db()
    assert rule.value == 10
    people.staff.post(change, {**RULE, "value": "20", "_confirmed": "1"})
    rule.refresh_from_db()
    assert rule.value == 20
    told = LogEntry.objects.latest("pk").get_change_message()
    assert "10.0000 → 20" in told


def test_it_says_so_where_nothing_changes_or_only_later(people: People, tenant: Tenant) -> None:
    other = people.staff.post(ADD, {**RULE, "account": str(people.fabrikam.account.pk)})
    assert "No price of a seat that somebody holds changes" in other.content.decode()
    day = microsoft_now().date() + timedelta(days=40)
    later = people.staff.post(ADD, {**RULE, "valid_from": day.isoformat()})
    assert table(later, "Per month and currency") and f"{day:%Y}" in later.content.decode()
    rule = MarginRule.objects.create(value=10, valid_from=date(2026, 1, 1))
    change = f"/admin/subscriptions/marginrule/{rule.pk}/change/"
    ended = people.staff.post(change, {**RULE, "valid_to": day.isoformat()})
    assert table(ended, "Per month and currency")[0][6].startswith("-€")
    assert people.staff.post(change, RULE).status_code == 302  # as it was


def test_it_asks_as_often_for_many_subscriptions(people: People, tenant: Tenant) -> None:
    people.staff.post(ADD, RULE)
    with CaptureQueriesContext(connection) as few:
        people.staff.post(ADD, RULE)
    for number in range(20):
        copy = Subscription.objects.filter(licence__isnull=False).order_by("pk")[0]
        copy.pk, copy.microsoft_id, copy._state.adding = None, f"m{number}", True
        copy.save()
    with CaptureQueriesContext(connection) as many:
        shown = people.staff.post(ADD, RULE)
    assert table(shown, "Per month and currency")[0][2] == "21"
    assert len(many) == len(few)


def test_a_cashback_rule_shows_what_the_last_month_would_have_come_to(
    people: People, tenant: Tenant
) -> None:
    today = microsoft_now().date()
    cashback.count_seats(day=today)
    seats = SeatCount.objects.get()
    sent = {
        "name": "All", "product_ids": "[]", "currency": "EUR", "seats_from": "0", "rate": "10",
        "first_month": today.replace(day=1).isoformat(),
    }  # fmt: skip
    shown = people.staff.post("/admin/cashback/rule/add/", sent)
    paid = seats.seats * seats.unit_price / 10
    row = table(shown, "Cashback of the month")[0]
    assert row[:3] == ["EUR", "1", "€0.00"] and row[3] == f"€{int(paid * 100) / 100:.2f}"
    assert "4847383" in shown.content.decode() and not Rule.objects.exists()
    nothing = people.staff.post("/admin/cashback/rule/add/", {**sent, "currency": "USD"})
    assert "No MPN ID would earn more or less." in nothing.content.decode()
