"""Files of long lists: made in the background, for their author alone, gone after a day."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from accounts.models import Membership
from journal.models import Event, Operation
from panel.exports.files import forget_expired
from panel.exports.models import ExportFile
from panel.lists import views
from subscriptions.models import Subscription
from tests.panel.lists.pages import page_of
from tests.people import People

Shop = list[Subscription]


def test_made_taken_noted_and_gone(
    people: People,
    shop: Shop,
    run_journal: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    mailoutbox: list[Any],
) -> None:
    monkeypatch.setattr(views, "STREAMED", 2)
    assert "Make a CSV file" in page_of(people.viewer, "/services/")
    told = people.viewer.get("/lists/services/csv/?sort=-name", follow=True)
    assert "too many rows for one answer" in told.content.decode()
    assert told.redirect_chain == [("/services/?sort=-name", 302)]

    asked = people.viewer.post("/lists/services/csv/file/?search=bakery&sort=-name&page=2")
    file = ExportFile.objects.get()
    assert asked.headers["Location"] == f"/exports/{file.pk}/"
    assert "is being made" in page_of(people.viewer, f"/exports/{file.pk}/")
    early = people.viewer.get(f"/exports/{file.pk}/download/")
    assert early.headers["Location"] == f"/exports/{file.pk}/"
    run_journal()
    [mail] = mailoutbox
    assert mail.to == ["viewer@northwind.example"]
    assert mail.subject == "Your file is ready: Services"
    assert f"/exports/{file.pk}/" in mail.body and "3 rows" in mail.body
    assert "Download" in page_of(people.viewer, f"/exports/{file.pk}/")

    taken = people.viewer.get(f"/exports/{file.pk}/download/").getvalue()
    rows = list(csv.DictReader(io.StringIO(taken.decode("utf-8-sig"), newline="")))
    assert [row["Service"] for row in rows] == ["Bakery 002", "Bakery 001", "Bakery 000"]
    event = Event.objects.get(kind="export.downloaded")
    assert event.by_label == "viewer@northwind.example"
    assert event.data["digest"] == hashlib.sha256(taken).hexdigest()
    assert Event.objects.get(kind="list.exported").data["rows"] == 3
    for who in ("owner", "stranger"):
        for address in (f"/exports/{file.pk}/", f"/exports/{file.pk}/download/"):
            assert people.client(who).get(address).status_code == 404

    ExportFile.objects.update(expires_at=now() - timedelta(seconds=1))
    assert "has expired" in page_of(people.viewer, f"/exports/{file.pk}/", 410)
    late = people.viewer.get(f"/exports/{file.pk}/download/", follow=True)
    assert late.status_code == 410
    assert forget_expired() == 1
    assert ExportFile.objects.get().content is None
    assert "has expired" in page_of(people.viewer, f"/exports/{file.pk}/", 410)


def test_rights_are_those_of_the_moment(
    people: People, shop: Shop, run_journal: Callable[..., int]
) -> None:
    people.manager.post("/lists/audit/json/file/")
    assert people.operator.post("/lists/audit/json/file/").status_code == 403
    assert people.viewer.post("/lists/audit/xls/file/").status_code == 404
    back = people.viewer.post("/lists/services/csv/file/?state=melted")
    assert back.headers["Location"] == "/services/?state=melted"
    Membership.objects.filter(user=people.user("manager")).update(role="viewer")
    run_journal()
    asked = Operation.objects.get(kind="export.make")
    assert (asked.state, asked.next_actor) == ("error", "reseller")
    assert "may no longer see this list" in asked.error_text
    assert people.manager.get(f"/exports/{ExportFile.objects.get().pk}/").status_code == 403
    assert ExportFile.objects.get().content is None
