"""The calendar and its feed: what is in it, who may read it, and how it ends."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.models import CalendarFeed, User
from accounts.personal_data import erase
from common.clock import microsoft_now
from journal.models import Event
from journal.people import PORTAL
from panel.calendar import MOST
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.people import People

Add = Callable[[int], None]


def create(people: People, who: str = "viewer") -> str:
    """A new feed of this person; its path, as the page shows it once."""
    answer = people.client(who).post("/calendar/feed/")
    found = re.search(r"/calendar/[\w-]{43}\.ics", answer.content.decode())
    assert found
    return found[0]


def read(path: str) -> str:
    """As a calendar program does: without session, lines unfolded."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    return str(answer.content.decode()).replace("\r\n ", "")


def status(path: str) -> int:
    return Client().get(path).status_code


@pytest.fixture
def row(tenant: Tenant) -> Subscription:
    """Business Basic, whose yearly term ends in fifty days and renews."""
    Subscription.objects.update(
        term="P1Y", commitment_ends_at=last_day(50), cancellable_until=None, refundable=[],
        auto_renew=True,
    )  # fmt: skip
    return Subscription.objects.get()


def last_day(days: int) -> datetime:
    """The end of the day that many days from now."""
    return (microsoft_now() + timedelta(days=days)).replace(hour=23, minute=59, second=59)


def plain(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%d}"


def test_a_renewal_is_on_the_day_after_the_terms_last(people: People, row: Subscription) -> None:
    said = read(create(people))
    assert f"DTSTART;VALUE=DATE:{plain(last_day(51))}\r\n" in said
    assert f"SUMMARY:Renewal: {row.name}\\, Contoso Bakery\r\n" in said
    assert f"UID:subscription-{row.pk}-term-{plain(last_day(50))}@127.0.0.1\r\n" in said
    assert f"URL:http://127.0.0.1:8000/subscriptions/{row.pk}/\r\n" in said


def test_the_same_feed_twice_is_the_same(people: People, row: Subscription) -> None:
    path = create(people)
    assert read(path) == read(path)


def test_another_choice_is_the_same_event_on_another_day(people: People, row: Subscription) -> None:
    path = create(people)
    uid = re.findall("UID:.*", read(path))
    Subscription.objects.update(auto_renew=False, end_choice="cancel")
    said = read(path)
    assert re.findall("UID:.*", said) == uid
    assert f"DTSTART;VALUE=DATE:{plain(last_day(50))}\r\n" in said
    assert "SUMMARY:Last day: " in said
    Subscription.objects.update(end_choice="")
    assert "nobody has chosen what follows" in read(path)


def test_windows_and_scheduled_changes(people: People, row: Subscription) -> None:
    until = microsoft_now() + timedelta(days=3)
    midnight = until.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    batches = [{"quantity": 4, "until": midnight.isoformat()}]
    gone = {"quantity": 5, "until": (microsoft_now() - timedelta(hours=1)).isoformat()}
    Subscription.objects.update(refundable=[*batches, gone], scheduled={"quantity": 9})
    said = read(create(people))
    assert "SUMMARY:Last day to give back 4 licences (until 24:00 UTC)" in said
    assert f"DTSTART;VALUE=DATE:{plain(until)}\r\n" in said
    assert "5 licences" not in said
    assert "SUMMARY:Scheduled change (9 licences): " in said
    assert said.count("BEGIN:VEVENT") == 3


def test_thirteen_months_ahead_and_nothing_that_has_ended(
    people: People, row: Subscription, add_subscriptions: Add
) -> None:
    path = create(people)
    for days, told in ((-3, 0), (0, 1), (390, 1), (400, 0)):
        Subscription.objects.update(commitment_ends_at=last_day(days))
        assert read(path).count("BEGIN:VEVENT") == told, days
    Subscription.objects.update(commitment_ends_at=last_day(9), status="deleted")
    assert "BEGIN:VEVENT" not in read(path)


def test_only_of_the_account(people: People, row: Subscription) -> None:
    assert "BEGIN:VEVENT" not in read(create(people, "stranger"))


def test_in_the_language_of_its_person(people: People, row: Subscription) -> None:
    User.objects.filter(pk=people.user("viewer").pk).update(language="fr")
    assert "BEGIN:VEVENT" in read(create(people))


def test_its_secret_is_shown_once_and_kept_as_a_digest(people: People, row: Subscription) -> None:
    path = create(people)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in people.viewer.get("/calendar/").content.decode()
    assert not CalendarFeed.objects.filter(digest=secret).exists()
    assert secret not in str(list(Event.objects.values()))
    assert Event.objects.filter(kind="feed.created").count() == 1


def test_a_revoked_or_unknown_feed_leads_nowhere(people: People, row: Subscription) -> None:
    path = create(people)
    others = create(people, "owner")
    people.viewer.post("/calendar/feed/revoke/")
    assert status(path) == 404
    assert status(others) == 200
    assert status("/calendar/unknown.ics") == 404
    people.viewer.post("/calendar/feed/revoke/")  # again: nothing happens
    assert Event.objects.filter(kind="feed.revoked").count() == 1


def test_a_new_feed_ends_the_one_before(people: People, row: Subscription) -> None:
    old, new = create(people), create(people)
    assert (status(old), status(new)) == (404, 200)


def test_who_leaves_reads_no_more(people: People, row: Subscription) -> None:
    path, second = create(people), create(people, "operator")
    membership = people.northwind.account.memberships.get(user=people.user("viewer"))
    services.remove_member(membership=membership, by=PORTAL)
    assert status(path) == 404
    assert not CalendarFeed.objects.filter(user=people.user("viewer"), revoked_at=None).exists()
    erase(person=people.user("operator"), by=PORTAL)
    assert status(second) == 404
    third = create(people, "owner")
    User.objects.filter(pk=people.user("owner").pk).update(is_active=False)
    assert status(third) == 404


def page_of(people: People, query: str = "") -> str:
    answer = people.viewer.get(f"/calendar/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_page_shows_a_month(people: People, row: Subscription) -> None:
    month = f"?month={last_day(51):%Y-%m}"
    page = page_of(people, month)
    assert row.name in page
    assert "Renewal" in page
    Subscription.objects.update(commitment_ends_at=last_day(370))
    assert "Nothing happens in this month." in page_of(people, month)
    this = f"{microsoft_now():%B %Y}"
    for nonsense in ("?month=2020-01", "?month=9999-12", "?month=x", "?month=2027-13"):
        assert this in page_of(people, nonsense)


def test_one_query_for_all_subscriptions(
    people: People, row: Subscription, add_subscriptions: Add
) -> None:
    path = create(people)
    asked = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as captured:
            read(path)
        asked.append(len(captured))
        add_subscriptions(40)
    assert asked[0] == asked[1] <= 4
    assert read(path).count("BEGIN:VEVENT") == 81


def test_a_full_day_shows_some_terms_and_leads_to_the_rest(
    people: People, row: Subscription, add_subscriptions: Add
) -> None:
    """One of them ends a day later without renewing: its last day is the others' renewal."""
    add_subscriptions(MOST + 4)
    Subscription.objects.update(term="P1Y", commitment_ends_at=last_day(50), auto_renew=True)
    late = Subscription.objects.filter(tenant=row.tenant).latest("pk")
    Subscription.objects.filter(pk=late.pk).update(
        commitment_ends_at=last_day(51), auto_renew=False, end_choice="cancel"
    )
    page = page_of(people, f"?month={last_day(51):%Y-%m}")
    assert page.count(f'href="/subscriptions/{row.pk}/"') == 1
    assert page.count("</td></tr>") == MOST + 1
    link = f"/renewals/?day={last_day(51):%Y-%m-%d}"
    assert f'href="{link}#renewals">and 5 more terms on this day<' in page
    listed = people.viewer.get(f"{link}&page_size=50").content.decode()
    assert listed.count('<th scope="row"><time') == MOST + 5
    told = people.api("viewer").get(f"/api/v1/renewals?day={last_day(51):%Y-%m-%d}").json()
    assert told["count"] == MOST + 5
