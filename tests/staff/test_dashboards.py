"""The admin's index says how the portal does: charts that are tables, for who may look."""

import uuid
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from accounts.models import User
from journal import services as journal
from journal.models import Attempt, Operation, State
from journal.people import PORTAL
from panel.dashboards import boards_for
from sync.models import Sweep
from tenants.models import Tenant
from tests.people import PASSWORD, People


def failed(kind: str, outcome: str = "OutcomeUnknown") -> Operation:
    operation = journal.ask(kind=kind, account_id=None, subject=f"x:{uuid.uuid4()}", by=PORTAL)
    Operation.objects.filter(pk=operation.pk).update(state=State.ERROR)
    Attempt.objects.create(operation=operation, number=1, started_at=now(), outcome=outcome)
    return operation


def board(people: People, title: str) -> dict[str, tuple[str, ...]]:
    boards = boards_for(people.user("staff"))
    return {row.name: row.cells for row in next(b for b in boards if b.title == title).rows}


def test_boards_count_what_there_is(people: People, tenant: Tenant) -> None:
    Attempt.objects.all().delete()
    failed("notice.mail")
    failed("dns.apply", "Refused")
    Sweep.objects.create(market="eu", operation_id=1, started_at=now(), ended_at=now())
    assert set(board(people, "Orders per day").values()) == {("0",), ("1",)}
    assert board(people, "Unfinished operations")["error"][0] == "2"
    assert board(people, "Errors per remote system") == {
        "Mail server": ("1", "100.0 %"),
        "DNS zones and servers": ("1", "0.0 %"),
    }
    assert board(people, "Mails not sent")["error"] == ("1",)
    accounts = board(people, "Accounts")
    assert accounts["all"] == ("2",) and accounts["without a service"] == ("1",)
    assert board(people, "MPN IDs") == {"valid": ("2",)}
    seats = tenant.subscriptions.get()
    assert board(people, "Licences and their value") == {
        "European Union and EFTA, EUR": (str(seats.quantity), f"€{seats.period_amount:.2f}")
    }
    assert "EU" in board(people, "Last comparison with Microsoft")
    html = people.staff.get("/admin/").content.decode()
    assert "How the portal does" in html and "The same as a table" in html


def test_they_ask_as_often_for_many_and_show_only_what_one_may_see(people: People) -> None:
    failed("notice.mail")
    people.staff.get("/admin/")
    with CaptureQueriesContext(connection) as few:
        people.staff.get("/admin/")
    for kind in ("notice.mail", "dns.apply", "sync.sweep", "order.checkout"):
        failed(kind)
    with CaptureQueriesContext(connection) as many:
        people.staff.get("/admin/")
    assert len(many) <= len(few)

    reader: Any = User.objects.create_user("reader@portal.example", PASSWORD, is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_partnerid"))
    browser = Client()
    browser.force_login(reader)
    assert [each.title for each in boards_for(reader)] == ["MPN IDs"]
    assert "Orders per day" not in browser.get("/admin/").content.decode()
