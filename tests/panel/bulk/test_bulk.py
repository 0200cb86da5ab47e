"""Many rows at once: chosen, looked at, confirmed, each on its own, failures first."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.models import Membership, User
from common.templatetags.values import contract_day
from journal import remote
from journal import services as journal
from journal.models import Event, Operation, State
from panel.bulk import jobs
from panel.bulk.models import BulkJob
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.panel.conftest import fields_of
from tests.panel.lists.conftest import stock
from tests.panel.lists.pages import page_of
from tests.people import People

Run = Callable[..., int]


def post(browser: Client, address: str, data: Any = None) -> str:
    answer = browser.post(address, data or {}, follow=True)
    assert answer.status_code in (200, 422), (address, answer.status_code)
    return unescape(answer.content.decode())


def choose(browser: Client, which: str, action: str, rows: list[Any], **more: str) -> str:
    data = {"action": action, "row": [row.pk for row in rows], **more}
    return post(browser, f"/lists/{which}/chosen/", data)


def test_seats_of_many(
    people: People, tenant: Tenant, add_subscriptions: Callable[[int], None], run_journal: Run
) -> None:
    good = Subscription.objects.get()
    elsewhere = Tenant.objects.create(
        account=people.fabrikam.account, partner_id=people.fabrikam.partner_id, state="ok",
        service_name="elsewhere.onmicrosoft.com", display_name="Elsewhere", microsoft_id="x",
    )  # fmt: skip
    copy = {**fields_of(good), "id": None, "tenant_id": elsewhere.pk, "microsoft_id": "y"}
    theirs = Subscription.objects.create(**copy)
    add_subscriptions(2)
    unknown, ended = Subscription.objects.exclude(pk__in=[good.pk, theirs.pk]).order_by("pk")
    Subscription.objects.filter(pk=ended.pk).update(status="deleted")
    listed = page_of(people.manager, "/subscriptions/")
    assert f'name="row" value="{good.pk}"' in listed
    assert "Tick Microsoft 365 Business Basic" in listed
    assert 'name="row"' not in page_of(people.operator, "/subscriptions/")

    page = choose(people.manager, "subscriptions", "seats", [good, unknown, ended, theirs])
    job = BulkJob.objects.get()
    assert "3 rows are chosen. Nothing happens before you confirm." in page
    assert f'action="{job.get_absolute_url()}"' in page
    wrong = post(people.manager, job.get_absolute_url(), {"way": "by", "number": "many"})
    assert "Enter a whole number." in wrong and 'value="many"' in wrong
    page = post(people.manager, job.get_absolute_url(), {"way": "by", "number": "2"})
    assert page.count("3 → 5 licences") == 2
    assert "This subscription is cancelled; nothing of it can be changed." in page
    assert "Confirm for 2 rows" in page
    cost = job.rows.get(row=good.pk).amount_now
    assert cost and cost > 0
    row, ends = job.rows.get(row=good.pk), good.commitment_ends_at
    assert ends and row.impossible_until == ends.date() + timedelta(days=1)
    assert "Can be given back until" in page and contract_day(row.impossible_until) in page
    assert not Operation.objects.filter(kind="bulk.run").exists()

    for _click in range(2):
        post(people.manager, f"/bulk/{job.pk}/begin/")
    assert Operation.objects.filter(kind="bulk.run").count() == 1
    assert 'hx-trigger="every 2s"' in page_of(people.manager, f"/bulk/{job.pk}/")
    run_journal(skip_pauses=True)
    good.refresh_from_db()
    assert good.quantity == 5
    assert Operation.objects.filter(kind="subscription.change_seats").count() == 2
    page = page_of(people.manager, f"/bulk/{job.pk}/")
    assert "3 of 3 rows settled" in page and "2 have failed" in page
    assert page.index(f'/subscriptions/{ended.pk}/"') < page.index(f'/subscriptions/{good.pk}/"')
    assert "every 2s" not in page
    event = Event.objects.get(kind="bulk.started")
    assert event.data["rows"] == 2 and event.by_label == "manager@northwind.example"
    sheet = people.manager.get(f"/bulk/{job.pk}/results.csv").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in sheet.splitlines()[1:]][-1] == f'"{good.pk}"'

    page = post(people.manager, f"/bulk/{job.pk}/again/")
    second = BulkJob.objects.latest("pk")
    assert set(second.rows.values_list("row", flat=True)) == {unknown.pk, ended.pk}
    assert "Confirm for 1 row" in page  # the other one is cancelled still
    for who in ("owner", "stranger"):  # it is its author's alone
        assert people.client(who).get(f"/bulk/{job.pk}/").status_code == 404
        assert people.client(who).post(f"/bulk/{second.pk}/begin/").status_code == 404


def test_rights_and_money_are_judged_again_when_it_is_done(
    people: People, tenant: Tenant, run_journal: Run
) -> None:
    first = Subscription.objects.get()
    for action, wish in (("seats", {"way": "to", "number": "9"}), ("end", {"choice": "cancel"})):
        choose(people.manager, "subscriptions", action, [first])
        job = BulkJob.objects.latest("pk")
        post(people.manager, job.get_absolute_url(), wish)
        post(people.manager, f"/bulk/{job.pk}/begin/")
    Subscription.objects.filter(pk=first.pk).update(quantity=4)  # dearer, cheaper: not as seen
    User.objects.filter(pk=people.user("manager").pk).update(language="fr")
    seats, end = BulkJob.objects.order_by("pk")
    run_bulk(seats)
    assert "montants" in seats.rows.get().text
    Membership.objects.filter(user=people.user("manager")).update(role="viewer")
    run_bulk(end)
    assert (end.rows.get().state, end.rows.get().operation) == ("refused", None)
    assert not Operation.objects.filter(
        subject=first.key, kind__startswith="subscription."
    ).exists()


def run_bulk(job: BulkJob) -> None:
    remote.perform(Operation.objects.get(kind="bulk.run", subject=job.key).pk)


def test_tasks_are_tried_again_or_given_up(people: People, shop: Any) -> None:
    made = [
        journal.ask(
            kind=kind, account_id=people.northwind.account.pk, subject=f"tenant:{n}",
            by=people.user("owner").by,
        )
        for n, kind in enumerate(["tenant.reset_password", "order.checkout", "dns.plan"])
    ]  # fmt: skip
    Operation.objects.update(state=State.ERROR, next_actor="reseller")
    Operation.objects.filter(pk=made[2].pk).update(next_actor="staff")
    page = choose(people.operator, "operations", "retry", made)
    assert "Your role does not allow this." in page
    assert "The provider's staff has been told and will act." in page
    assert "Confirm for 1 row" in page
    post(people.operator, f"/bulk/{BulkJob.objects.get().pk}/begin/")
    run_bulk(BulkJob.objects.get())
    states = list(Operation.objects.filter(pk__in=[row.pk for row in made]).order_by("pk"))
    assert [row.state for row in states] == [State.TODO, State.ERROR, State.ERROR]
    choose(people.manager, "operations", "cancel", made)
    job = BulkJob.objects.latest("pk")
    post(people.manager, f"/bulk/{job.pk}/begin/")
    run_bulk(job)
    assert set(Operation.objects.filter(pk__in=[row.pk for row in made]).values_list("state")) == {
        (State.CANCELLED,)
    }
    assert "3 of 3 rows settled" in page_of(people.manager, f"/bulk/{job.pk}/")


def test_all_that_match_and_services(
    people: People, monkeypatch: pytest.MonkeyPatch, shop: list[Subscription]
) -> None:
    stock(people.northwind, 12)
    every = "All 15 rows that match"
    assert every in page_of(people.owner, "/services/?page_size=10")
    assert "Nothing is chosen." in choose(people.owner, "services", "check", [])
    page = post(people.owner, "/lists/services/chosen/?search=00", {"action": "check", "all": "1"})
    assert "9 rows are chosen" in page
    assert BulkJob.objects.get().rows.count() == 9
    post(people.owner, f"/bulk/{BulkJob.objects.get().pk}/begin/")
    run_bulk(BulkJob.objects.get())
    assert Operation.objects.filter(kind="partner.check").count() == 1  # they share one MPN ID
    unknown = {"action": "check", "all": "1"}
    assert "Nothing is chosen." in post(
        people.owner, "/lists/services/chosen/?state=melted", unknown
    )
    monkeypatch.setattr(jobs, "MOST", 14)
    assert "At most 14 rows" in post(people.owner, "/lists/services/chosen/", unknown)
    assert people.manager.post("/lists/services/chosen/", unknown).status_code == 403
    sent = people.viewer.post(
        "/lists/services/chosen/", {"action": "export", "row": [shop[0].tenant_id]}
    )
    assert b"Bakery 000" in sent.getvalue() and b"Bakery 001" not in sent.getvalue()
    assert Event.objects.get(kind="list.exported").data["query"] == "chosen"
    BulkJob.objects.update(created_at=now() - timedelta(days=91))
    assert jobs.forget_old() and not BulkJob.objects.exists()


def test_as_many_queries_however_many_rows(people: People) -> None:
    """The page of a job; looking ahead asks for each row as its own page does."""
    counts = []
    for number in (1, 30):
        choose(people.manager, "subscriptions", "end", stock(people.northwind, number))
        job = BulkJob.objects.latest("pk")
        post(people.manager, job.get_absolute_url(), {"choice": "cancel"})
        assert job.rows.counted()["possible"] == number
        page_of(people.manager, job.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            page_of(people.manager, job.get_absolute_url())
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15
