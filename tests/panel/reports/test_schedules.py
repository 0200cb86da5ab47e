"""Reports sent as links: once a period, to somebody who is still there, for seven days."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from pytest_django import Settings

from accounts.models import Membership, ReportFile, ReportSchedule, User
from accounts.services import period_of, remove_member
from journal.models import Operation
from journal.tasks import plan_daily
from panel.reports import files
from panel.reports.catalogue import REPORTS
from subscriptions.models import Subscription
from tests.cashback.test_months import stand_on
from tests.people import People

Run = Callable[..., int]
WEEKLY = {"cadence": "weekly", "kind": "csv"}


@pytest.fixture(autouse=True)
def _only_this(settings: Settings) -> None:
    settings.JOURNAL_DAILY = ["panel.reports.schedules.plan"]
    settings.SANDBOX_URL = "http://sandbox.invalid"  # a clock that can be turned


def day(on: date, run_journal: Run) -> None:
    stand_on(on)
    plan_daily()
    run_journal()


def link_in(text: str, what: str) -> str:
    found = re.search(rf"http://[^/\s]+(/reports/{what}/\S+/)", text)
    assert found
    return found[1]


def test_periods() -> None:
    assert period_of("weekly", date(2027, 3, 4)) == date(2027, 3, 1)
    assert period_of("weekly", date(2027, 3, 1)) == date(2027, 3, 1)
    assert period_of("monthly", date(2027, 3, 31)) == date(2027, 3, 1)


def test_a_link_every_monday_until_it_rests(
    people: People, shop: list[Subscription], run_journal: Run, mailoutbox: list[Any]
) -> None:
    stand_on(date(2027, 3, 3))  # a Wednesday
    for _twice in range(2):
        sent = people.viewer.post("/reports/licences/?state=ok", WEEKLY)
        assert sent.status_code == 302
    schedule = ReportSchedule.objects.get()
    assert schedule.query == "state=ok"
    User.objects.filter(pk=schedule.user_id).update(language="fr")
    day(date(2027, 3, 7), run_journal)
    assert mailoutbox == []
    for on in (date(2027, 3, 9), date(2027, 3, 9), date(2027, 3, 14)):  # Monday was missed
        day(on, run_journal)
    (mail,) = mailoutbox
    assert mail.to == ["viewer@northwind.example"] and not mail.attachments
    address = link_in(mail.body, "files")
    file = people.viewer.get(address)
    assert file["Content-Disposition"].endswith('-2027-03-09.csv"')
    assert b"Bakery 000" in file.content and b"Bakery 003" not in file.content
    for who in ("owner", "stranger"):
        assert people.client(who).get(address).status_code == 404
    assert people.client("nobody").get(address).status_code == 302
    stop = link_in(mail.body, "sent")
    assert people.owner.get(stop).status_code == 404
    people.viewer.post(stop, {"action": "pause"})
    day(date(2027, 3, 15), run_journal)
    people.viewer.post(stop, {"action": "resume"})
    day(date(2027, 3, 16), run_journal)
    assert len(mailoutbox) == 1
    day(date(2027, 3, 22), run_journal)
    assert len(mailoutbox) == 2
    people.viewer.post(stop, {"action": "delete"})
    assert people.viewer.get(stop).status_code == 404


def test_what_opens_no_longer(
    people: People, shop: list[Subscription], run_journal: Run, mailoutbox: list[Any]
) -> None:
    stand_on(date(2027, 3, 3))
    people.viewer.post("/reports/licences/", WEEKLY)
    day(date(2027, 3, 8), run_journal)
    address = link_in(mailoutbox[0].body, "files")
    assert people.viewer.get(address).status_code == 200
    membership = Membership.objects.filter(user=people.user("viewer"))
    membership.update(reach="only", chosen=[shop[0].tenant_id])
    assert people.viewer.get(address).status_code == 404
    (mine,) = people.api("viewer").get("/api/v1/reports/services").json()["results"]
    assert mine["service"] == "Bakery 000"
    for name in REPORTS:
        html = people.viewer.get(f"/reports/{name}/").content.decode()
        assert "Bakery 001" not in html and "Bakery 003" not in html
    membership.update(reach="all", chosen=[])
    assert people.viewer.get(address).status_code == 200
    ReportFile.objects.update(expires_at=now() - timedelta(seconds=1))
    assert people.viewer.get(address).status_code == 404
    day(date(2027, 3, 9), run_journal)
    assert not ReportFile.objects.exists()


def test_somebody_who_has_left_gets_nothing(
    people: People, shop: list[Subscription], run_journal: Run, mailoutbox: list[Any]
) -> None:
    stand_on(date(2027, 3, 3))
    people.viewer.post("/reports/licences/", WEEKLY)
    people.operator.post("/reports/licences/", WEEKLY)
    stand_on(date(2027, 3, 8))
    plan_daily()
    viewer = Membership.objects.get(user=people.user("viewer"))
    remove_member(membership=viewer, by=people.user("owner").by)
    User.objects.filter(pk=people.user("operator").pk).update(is_active=False)
    run_journal()
    assert mailoutbox == []
    assert ReportSchedule.objects.count() == 1
    made = Operation.objects.filter(kind="report.make")
    assert [one.result for one in made] == [{"sent": False}, {"sent": False}]


def test_last_month_as_pdf_and_as_csv_when_it_is_too_long(
    people: People,
    shop: list[Subscription],
    run_journal: Run,
    mailoutbox: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stand_on(date(2027, 3, 3))
    for name in ("changes", "licences"):
        people.viewer.post(f"/reports/{name}/", {"cadence": "monthly", "kind": "pdf"})
    monkeypatch.setattr(files, "LONGEST", 2)
    day(date(2027, 4, 1), run_journal)
    names = [file.name for file in ReportFile.objects.order_by("report")]
    assert names == ["changes-nw12345-ovh-2027-03.pdf", "licences-nw12345-ovh-2027-04-01.csv"]
    assert ["too long for a PDF" in mail.body for mail in mailoutbox].count(True) == 1
