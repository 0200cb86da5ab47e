"""The audit: who did what, before and after; for those who manage, and never a stranger's."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services
from journal import services as journal
from journal.models import Event, erasing
from journal.people import PORTAL
from panel.lists import stretch
from subscriptions.models import Subscription
from tests.panel.lists.pages import page_of, rows_of
from tests.panel.lists.test_export import csv_of, json_of
from tests.people import People

Shop = list[Subscription]


def happen(people: People, shop: Shop) -> list[Event]:
    """A person changes seats, the portal notes something, a stranger something else."""
    account, key = people.northwind.account, shop[1].tenant.key
    owner, before = people.user("owner").by, {"quantity": 3, "term": "P1M", "name": "Basic"}
    after = {**before, "quantity": 9}
    named = {"account_id": account.pk, "listed_under": key}
    return [
        journal.record(
            kind="subscription.seats_changed", subject=shop[1].key, by=owner,
            data={"before": before, "after": after, "preview": {"amount_now": "33.00"}}, **named,
        ),
        journal.record(kind="tenant.reopened", subject=key, by=PORTAL, **named),
        journal.record(
            kind="tenant.renamed", account_id=people.fabrikam.account.pk, subject="tenant:1",
            data={"before": "Secret bakery", "after": "x"},
        ),
    ]  # fmt: skip


def test_what_when_who_and_what_was_there_before(people: People, shop: Shop) -> None:
    changed, _reopened, theirs = happen(people, shop)
    page = page_of(people.manager, "/audit/")
    assert rows_of(page) == ["Service reopened", "Number of licences changed"]
    assert "Number of licences: 3 → 9" in page
    assert "Term:" not in page  # it has not changed
    assert "owner@northwind.example" in page and "the portal" in page
    assert f'href="/services/{shop[1].tenant.service_name}/">Bakery 001</a>' in page
    one = page_of(people.manager, f"/audit/{changed.pk}/")
    assert f'href="/subscriptions/{shop[1].pk}/"' in one
    assert '<td data-label="Before">3</td><td data-label="After">9</td>' in one
    assert "33.00" in one  # what the person saw
    page_of(people.manager, f"/audit/{theirs.pk}/", 404)
    for address in ("/audit/", f"/audit/{changed.pk}/", "/lists/audit/csv/"):
        assert people.operator.get(address).status_code == 403
        assert 'href="/audit/"' not in page_of(people.operator, "/home/")
    assert rows_of(page_of(people.stranger, "/audit/")) == ["Service renamed"]


def test_by_person_thing_service_and_days(people: People, shop: Shop) -> None:
    changed, reopened, _theirs = happen(people, shop)
    with erasing():
        Event.objects.filter(pk=reopened.pk).update(at="2026-03-31T21:30:00Z")  # 23:30 in Paris
    owner = people.user("owner").pk
    seats, again = "Number of licences changed", "Service reopened"
    found = {
        f"who={owner}": [seats],
        "who=portal": [again],
        f"who={people.user('stranger').pk}": [again, seats],  # nobody of this account: said
        "thing=tenant": [again],
        "service=bakery+001": [again, seats],
        "service=bakery+002": [],
        "search=licences": [seats],
        f"search=subscription:{shop[1].pk}": [seats],
        "until=2026-03-31": [again],
        "until=2026-03-30": [],
        "since=2026-04-01": [seats],
        "since=soon": [again, seats],
    }
    for query, rows in found.items():
        assert rows_of(page_of(people.owner, f"/audit/?{query}")) == rows, query
    assert "Enter a day" in page_of(people.owner, "/audit/?since=soon")
    row = csv_of(people.owner, "/lists/audit/csv/?thing=subscription")[0]
    assert row["Before → after"] == "Number of licences: 3 → 9"
    whole = json_of(people.owner, "/lists/audit/json/?thing=subscription")[0]
    assert whole["change"] == changed.data
    services.change_member(
        membership=people.northwind.account.memberships.get(user=people.user("viewer")),
        role="operator",
        reach="all",
        chosen=[],
        by=people.user("owner").by,
    )
    assert "viewer → operator" in page_of(people.owner, "/audit/?thing=member")


def test_older_and_newer_without_page_numbers(
    people: People, shop: Shop, monkeypatch: object
) -> None:
    account = people.northwind.account
    rows = [
        Event(account_id=account.pk, kind="tenant.renamed", subject=f"order:{n}", by_label="portal")
        for n in range(25)
    ]
    kept = [row.pk for row in Event.objects.bulk_create(rows)]
    seen, address = [], "/audit/?page_size=10&columns=id"
    for _page in range(3):
        page = page_of(people.owner, address)
        seen += numbers(page)
        older = page.partition('rel="next"')[0].rpartition('href="')[2].partition("#")[0]
        address = "/audit/" + older.replace("&amp;", "&")
    assert seen == kept[::-1]
    assert 'rel="next"' not in page
    assert 'rel="prev"' in page
    newer = page_of(people.owner, f"/audit/?page_size=10&columns=id&after={kept[4]}")
    assert numbers(newer) == kept[5:15][::-1]
    assert "25 rows" in newer
    assert len(numbers(page_of(people.owner, "/audit/?before=x&columns=id"))) == 25
    monkeypatch.setattr(stretch, "COUNTED", 20)  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as captured:
        assert "More than 20 rows" in page_of(people.owner, "/audit/?page_size=100")
    assert not [one for one in captured if "OFFSET" in one["sql"]]


def numbers(page: str) -> list[int]:
    cells = page.split('<td data-label="ID">')[1:]
    return [int(cell.partition("<")[0]) for cell in cells]
