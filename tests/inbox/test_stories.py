"""What happens becomes notifications: for whom, how, and when it is quiet."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.access import acting
from accounts.models import Account, Membership, Topic, Way
from accounts.services import change_member, choose_ways
from accounts.telling import ways_of
from inbox import digests, services
from inbox.access import may_see, unread_count
from inbox.models import Notification
from journal import services as journal
from journal.models import Event, Operation
from journal.people import PORTAL, By
from tenants.models import Tenant
from tests.people import People

Run = Callable[..., int]
WEDNESDAY = datetime(2026, 7, 15, 4, 0, tzinfo=UTC)
"""Six in the morning in Paris."""


@pytest.fixture
def bakery(people: People) -> Tenant:
    return Tenant.objects.create(
        account=people.northwind.account,
        partner_id=people.northwind.partner_id,
        service_name="bakery.onmicrosoft.com",
        display_name="Bakery",
        microsoft_id="00000000-0000-4000-9000-000000000001",
        state="ok",
        country="FR",
    )


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Turns Microsoft's clock."""

    def turn(moment: datetime) -> None:
        for place in ("services", "access", "digests", "remote", "views", "quiet"):
            monkeypatch.setattr(f"inbox.{place}.microsoft_now", lambda: moment)
        monkeypatch.setattr("accounts.telling.microsoft_now", lambda: moment)
        monkeypatch.setattr("accounts.services.telling.microsoft_now", lambda: moment)

    return turn


def happens(kind: str, account: Account | None, by: By = PORTAL, **fields: Any) -> Event:
    fields.setdefault("subject", "order:7")
    return journal.record(kind=kind, account_id=account and account.pk, by=by, **fields)


def member(people: People, who: str) -> Membership:
    return Membership.objects.select_related("user", "account").get(user=people.user(who))


def told(event: Event) -> set[str]:
    rows = Notification.objects.filter(event=event)
    return {
        email.partition("@")[0] for email in rows.values_list("membership__user__email", flat=True)
    }


def test_an_event_is_told_once_to_whom_it_concerns(people: People, bakery: Tenant) -> None:
    account, manager = people.northwind.account, people.user("manager")
    event = happens("order.placed", account, manager.by, listed_under=bakery.key)
    assert told(event) == {"owner", "operator", "viewer"}, "not to the one who did it"
    assert Notification.objects.get(event=event, membership__role="owner").tenant == bakery
    with pytest.raises(IntegrityError), transaction.atomic():
        services.tell(event=event)
    assert told(happens("order.completed", account, manager.by)) >= {"manager"}
    assert told(happens("token.created", account, manager.by)) == {"owner"}
    changed = happens("member.role_changed", account, data={"email": "viewer@northwind.example"})
    assert told(changed) == {"owner", "viewer"}
    assert told(happens("dns.prepared", account)) == set(), "not worth a word"
    person = people.user("viewer")
    alone = happens("person.codes_renewed", None, person.by, subject=f"person:{person.pk}")
    assert told(alone) == {"viewer"}
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        gone = happens("order.placed", account)
        raise ZeroDivisionError
    assert not Notification.objects.filter(event_id=gone.pk), "nor is what did not happen"


def test_the_list_the_bell_and_reading(people: People, bakery: Tenant) -> None:
    account = people.northwind.account
    first = happens(
        "subscription.suspended", account, listed_under=bakery.key, subject="subscription:9"
    )
    second = happens("order.completed", account, subject="order:7", listed_under=bakery.key)
    viewer = people.viewer
    page = viewer.get("/notifications/").content.decode()
    assert page.index("Order completed") < page.index("Subscription suspended")
    assert page.count("is-unread") == 2 and page.count(">Unread</strong>") == 2
    assert "Notifications: 2 unread" in page and "Bakery" in page
    row = Notification.objects.get(event=second, membership__role="viewer")
    assert viewer.get(f"/notifications/{row.pk}/").headers["Location"] == "/orders/7/"
    home = viewer.get("/home/").content.decode()
    assert "Notifications: 1 unread" in home
    unread = viewer.get("/notifications/?show=unread").content.decode()
    assert "Subscription suspended" in unread and "Order completed" not in unread
    assert "Nothing matches" in viewer.get("/notifications/?topic=domains").content.decode()
    assert people.stranger.get(f"/notifications/{row.pk}/").status_code == 404
    assert people.owner.get(f"/notifications/{row.pk}/").status_code == 404, "it is the viewer's"
    viewer.post(f"/notifications/{row.pk}/mark/", {"deed": "unread"})
    assert unread_count(acting(member(people, "viewer"))) == 2
    told_back = viewer.post(
        "/notifications/read-all/", {"topic": "orders", "next": "/notifications/?topic=orders"}
    )
    assert told_back.headers["Location"] == "/notifications/?topic=orders"
    left = Notification.objects.filter(membership__role="viewer").unread()
    assert [row.event for row in left] == [first]
    elsewhere = viewer.post(
        "/notifications/read-all/", {"next": "https://evil.example/notifications/"}
    )
    assert elsewhere.headers["Location"] == "/notifications/"
    bell = viewer.get("/notifications/bell/?was=0").content.decode()
    assert "data-announce" not in bell
    happens("order.completed", account)
    assert "1 unread notification" in viewer.get("/notifications/bell/?was=0").content.decode()
    gone = people.client("nobody").get("/notifications/bell/?was=0")
    assert (gone.headers["HX-Reswap"], gone.content) == ("none", b"")


def test_remind_me_tomorrow_and_quiet(
    people: People, bakery: Tenant, at: Callable[..., None]
) -> None:
    at(WEDNESDAY)
    account, viewer = people.northwind.account, people.viewer
    event = happens("order.completed", account, listed_under=bakery.key)
    row = Notification.objects.get(event=event, membership__role="viewer")
    viewer.post(f"/notifications/{row.pk}/mark/", {"deed": "tomorrow"})
    assert "Nothing has happened yet" in viewer.get("/notifications/").content.decode()
    at(WEDNESDAY + timedelta(days=1, minutes=1))
    assert "Notifications: 1 unread" in viewer.get("/notifications/").content.decode()
    wrong = viewer.post("/notifications/quiet/", {"service": "none.example", "until": "2026-07-01"})
    assert wrong.status_code == 422 and b"There is no service of this name." in wrong.content
    assert b'value="none.example"' in wrong.content and b'value="2026-07-01"' in wrong.content
    past = viewer.post("/notifications/quiet/", {"topic": "orders", "until": "2026-07-01"})
    assert past.status_code == 422 and b"Choose a day to come." in past.content
    asked = {"service": "bakery.onmicrosoft.com", "until": "2026-07-20"}
    assert viewer.post("/notifications/quiet/", asked).status_code == 302
    happens("order.completed", account, listed_under=bakery.key)
    other = happens("order.completed", account, subject="order:8")
    assert unread_count(acting(member(people, "viewer"))) == 1, "only what is not about it"
    happens("tenant.password_reset", account, listed_under=bakery.key)
    page = viewer.get("/notifications/choices/").content.decode()
    assert "Bakery until" in page
    snooze = member(people, "viewer").snoozes.get()
    assert people.owner.post(f"/notifications/quiet/{snooze.pk}/end/").status_code == 404
    viewer.post(f"/notifications/quiet/{snooze.pk}/end/")
    assert unread_count(acting(member(people, "viewer"))) == 3
    assert told(other) >= {"owner", "viewer"}


def test_choices_are_ones_own_and_security_is_not_asked(people: People, bakery: Tenant) -> None:
    account = people.northwind.account
    page = people.manager.get("/notifications/choices/").content.decode()
    assert 'name="orders"' in page and 'name="security"' not in page
    assert "Security (people, tokens, second factors) is always told" in page
    mine = member(people, "manager")
    sent = {topic.value: way.value for topic, way in ways_of(mine).items()} | {"orders": "nothing"}
    assert people.manager.post("/notifications/choices/", sent).status_code == 302
    assert [(row.topic, row.way) for row in mine.topic_choices.all()] == [("orders", "nothing")]
    assert told(happens("order.completed", account)) == {"owner", "operator", "viewer"}
    bad = people.manager.post("/notifications/choices/", sent | {"domains": "pigeon"})
    assert bad.status_code == 422
    choose_ways(membership=mine, ways={Topic.SECURITY: Way.NOTHING, Topic.ORDERS: Way.MAIL})
    assert not mine.topic_choices.exists(), "security stays, and the default is not kept"
    choose_ways(membership=mine, ways={Topic.ORDERS: Way.NOTHING})
    second = Membership.objects.create(
        account=people.fabrikam.account, user=people.user("manager"), role="manager"
    )
    assert told(happens("order.completed", second.account)) == {"owner", "manager"}


def test_what_is_urgent_comes_by_mail_at_once(
    people: People, bakery: Tenant, run_journal: Run, mailoutbox: list[Any]
) -> None:
    account = people.northwind.account
    choose_ways(membership=member(people, "viewer"), ways={Topic.SUBSCRIPTIONS: Way.MAIL})
    happens("subscription.renewed", account, listed_under=bakery.key)
    happens("tenant.suspended", account, listed_under=bakery.key)
    run_journal()
    assert not mailoutbox, "good news waits; the other has a mail of its own"
    happens("subscription.suspended", account, listed_under=bakery.key, subject="subscription:9")
    run_journal()
    (letter,) = mailoutbox
    assert letter.to == ["viewer@northwind.example"]
    assert letter.subject == "Subscription suspended · Bakery"
    row = Notification.objects.get(event__kind="subscription.suspended", membership__role="viewer")
    assert f"{settings.PORTAL_URL}/notifications/{row.pk}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].endswith("/notifications/choices/>")
    happens("token.created", account, people.user("owner").by)
    run_journal()
    assert mailoutbox[-1].to == ["owner@northwind.example"] and len(mailoutbox) == 2


def test_one_digest_a_day_at_seven(
    people: People, bakery: Tenant, at: Callable[..., None], run_journal: Run, mailoutbox: list[Any]
) -> None:
    at(WEDNESDAY)
    account = people.northwind.account
    user = people.user("manager")
    user.language = "fr"
    user.save()
    happens("subscription.renewed", account, listed_under=bakery.key, subject="subscription:9")
    happens("partner_id.valid", account, subject="partner:1", data={"mpn_id": "4847383"})
    assert digests.plan() == 0, "six o'clock"
    at(WEDNESDAY + timedelta(hours=1, minutes=3))
    late = happens("subscription.upgraded", account, listed_under=bakery.key)
    assert digests.plan() == 1 and digests.plan() == 0
    run_journal()
    (letter,) = mailoutbox
    assert letter.to == ["manager@northwind.example"]
    assert 'lang="fr"' in letter.alternatives[0][0]
    assert "Abonnement renouvelé" in letter.body or "Bakery" in letter.body
    assert "4847383" in letter.body and "Upgraded" not in letter.body
    happens("subscription.renewed", account, listed_under=bakery.key)
    assert digests.plan() == 0, "tomorrow"
    Notification.objects.filter(membership__role="manager").update(read_at=WEDNESDAY)
    at(WEDNESDAY + timedelta(days=1, hours=2))
    assert digests.plan() == 0, "all is read"
    assert Notification.objects.filter(event=late, digest_date=None).exists()
    at(WEDNESDAY + timedelta(days=5, hours=2))
    assert digests.plan() == 1, "Monday: the owner's week"
    run_journal()
    assert mailoutbox[-1].to == ["owner@northwind.example"]
    assert "Your week at Northwind" in mailoutbox[-1].subject
    assert mailoutbox[-1].body.count("Bakery") == 3


def test_nobody_is_told_of_a_tenant_out_of_reach(
    people: People,
    bakery: Tenant,
    run_journal: Run,
    mailoutbox: list[Any],
) -> None:
    choose_ways(membership=member(people, "viewer"), ways={Topic.SUBSCRIPTIONS: Way.MAIL})
    account = people.northwind.account
    before = happens("subscription.suspended", account, listed_under=bakery.key)
    assert told(before) >= {"viewer"} and unread_count(acting(member(people, "viewer"))) == 1

    mine = member(people, "viewer")
    limit = {"role": "viewer", "reach": "except", "chosen": [bakery.pk]}
    change_member(membership=mine, by=people.user("owner").by, **limit)
    mine.refresh_from_db()
    assert unread_count(acting(mine)) == 1, "that their reach is another one"
    assert not may_see(mine, before) and may_see(member(people, "owner"), before)
    assert told(happens("subscription.suspended", account, listed_under=bakery.key)) == {
        "owner", "manager", "operator",
    }  # fmt: skip
    of_all, of_people = happens("cashback.closed", account), happens("member.joined", account)
    assert not may_see(mine, of_all) and may_see(mine, of_people)
    assert "Bakery" not in people.viewer.get("/notifications/").content.decode()
    run_journal()
    told_now = [mail for mail in mailoutbox if "Bakery" in mail.body + mail.subject]
    assert not told_now, "what was on its way is held back"
    bell = people.viewer.get("/notifications/bell/?was=0").content.decode()
    assert "Notifications: 1 unread" in bell


def test_a_task_that_failed_is_told_and_leads_to_it(
    people: People, run_journal: Run, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from common.errors import Refused

    def refuse(_work: Any) -> None:
        raise Refused("The address is not known.")

    monkeypatch.setattr("subscriptions.remote.changes.seats", refuse)
    operation = journal.ask(
        kind="subscription.change_seats",
        account_id=people.northwind.account.pk,
        subject="subscription:9",
        by=people.user("manager").by,
    )
    run_journal()
    row = Notification.objects.get(membership__role="operator")
    assert (row.topic, row.target) == ("subscriptions", f"/operations/{operation.pk}/")
    assert "has failed: The address is not known." in str(row.text)
    assert not Notification.objects.filter(membership__role="viewer")
    letter = Operation.objects.filter(kind="notice.event")
    assert not letter.exists(), "nobody has chosen mail for subscriptions"


def test_a_token_reads_its_persons_notifications(people: People, bakery: Tenant) -> None:
    happens("order.completed", people.northwind.account, listed_under=bakery.key)
    api = people.api("viewer")
    (row,) = api.get("/api/v1/notifications?show=unread").json()["results"]
    assert (row["kind"], row["topic"], row["about"]) == ("order.completed", "orders", "Bakery")
    assert row["url"].endswith("/orders/7/") and row["read_at"] is None
    read = api.post(f"/api/v1/notifications/{row['id']}/read")
    assert read.status_code == 200 and read.json()["read_at"]
    assert api.get("/api/v1/notifications?show=unread").json()["results"] == []
    assert people.api("owner").post(f"/api/v1/notifications/{row['id']}/read").status_code == 404


def test_a_digest_is_due_at_seven_where_the_account_is() -> None:
    assert digests.last_due(Way.DAILY, "Europe/Paris", WEDNESDAY).isoformat() == (
        "2026-07-14T07:00:00+02:00"
    )
    assert digests.last_due(Way.WEEKLY, "America/New_York", WEDNESDAY).isoformat() == (
        "2026-07-13T07:00:00-04:00"
    )
