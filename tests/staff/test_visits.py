"""Staff looks into an account in the place of a member: only looks, and everybody knows."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.timezone import now

from accounts.models import Account, Membership, SupportVisit, User
from inbox.models import Notification
from journal.models import Event, Operation
from tenants.models import Tenant
from tests.accounts.factor import app
from tests.people import PASSWORD, People
from tests.rules.routes import ROUTES, Route
from tests.rules.test_access import address, things

__all__ = ["things"]

REASON = "Ticket 4711: the owner misses a button."
CHANGES, END = "/staff/visit/changes/", "/staff/visit/end/"


def begin(people: People, role: str = "owner", client: Client | None = None) -> Any:
    account = people.northwind.account
    member = Membership.objects.get(account=account, user=people.user(role))
    sent = {"membership": member.pk, "reason": REASON}
    return (client or people.staff).post(f"/staff/accounts/{account.pk}/look/", sent)


def events() -> list[tuple[str, str]]:
    rows = Event.objects.filter(kind__startswith="support.").order_by("pk")
    return list(rows.values_list("kind", "by_label"))


def test_it_asks_why_shows_the_members_pages_and_tells_the_owner(
    people: People, things: dict[str, list[Any]]
) -> None:
    page = f"/staff/accounts/{people.northwind.account.pk}/look/"
    assert (
        page
        in people.staff.get(
            f"/admin/accounts/account/{people.northwind.account.pk}/change/"
        ).content.decode()
    )
    member = people.northwind.account.memberships.get(user=people.user("owner"))
    short = people.staff.post(page, {"membership": member.pk, "reason": "look"})
    assert short.status_code == 422 and "reason" in short.context["form"].errors
    stranger = people.fabrikam.account.memberships.get()
    foreign = people.staff.post(page, {"membership": stranger.pk, "reason": REASON})
    assert foreign.status_code == 422 and not SupportVisit.objects.exists()

    assert begin(people).headers["Location"] == "/home/"
    for url in ("/home/", "/services/", "/account/settings/", "/nothing/", "/admin/"):
        html = people.staff.get(url).content.decode()
        assert 'class="visit' in html and 'role="status"' in html, url
        assert "You see Northwind as owner@northwind.example." in html
        assert "staff@portal.example, until" in html and "End the visit" in html
    assert "Bakery" in people.staff.get("/services/").content.decode()
    assert 'class="visit' not in people.owner.get("/home/").content.decode()

    audit = people.owner.get("/audit/").content.decode()
    assert "Support looks into the account" in audit
    event = Event.objects.get(kind="support.began")
    assert REASON in people.owner.get(f"/audit/{event.pk}/").content.decode()
    told = Notification.objects.filter(event=event).values_list("membership__user__email")
    assert [email for (email,) in told] == ["owner@northwind.example"]

    assert people.staff.post(END).headers["Location"].startswith("/admin/accounts/account/")
    assert people.staff.get("/services/").status_code == 404
    assert events() == [
        ("support.began", "staff@portal.example"),
        ("support.ended", "staff@portal.example"),
    ]


def open_to_accounts(people: People, things: dict[str, list[Any]]) -> list[tuple[str, Route]]:
    """Every address of the portal but those of staff and of machines."""
    owner = people.user("owner")
    found = [(address(name, route, things, owner), route) for name, route in ROUTES.items()]
    others = ("/staff/", "/health/", "/api/", "/microsoft/", "/styleguide/")
    return [(url, route) for url, route in found if not url.startswith(others)]


@pytest.mark.full
def test_looking_breaks_nothing_and_has_no_effect(
    people: People, things: dict[str, list[Any]]
) -> None:
    pages = open_to_accounts(people, things)
    begin(people)
    wrong = []
    for url, route in pages:
        before = Event.objects.count(), Operation.objects.count()
        if "GET" in route.methods:
            people.staff.get(url)  # what breaks is raised here
        if (Event.objects.count(), Operation.objects.count()) != before:
            wrong.append(url)
    assert len(pages) > 100 and not wrong


def test_nothing_can_be_changed_and_no_secret_opened(
    people: People, things: dict[str, list[Any]]
) -> None:
    """Every route of the portal, sent to in the place of an owner."""
    pages = open_to_accounts(people, things)
    begin(people)
    staff, before = people.staff, Operation.objects.count()
    wrong = []
    personal = ("/account/profile/", "/account/sessions/", "/account/tokens/", "/notifications/")
    for url, _route in pages:
        if (status := staff.post(url).status_code) != 403:
            wrong.append(f"POST {url}: {status}")
        if url.startswith(personal) and staff.get(url).status_code != 403:
            wrong.append(f"GET {url} is personal")
    assert not wrong
    assert Operation.objects.count() == before
    for method in (staff.put, staff.patch, staff.delete, staff.trace):
        assert method("/services/").status_code == 403
    for url in ("/sign-in/password/change/", "/sign-in/factor/", "/sign-in/email/"):
        assert staff.get(url).status_code == 403, url
    answer = staff.post("/account/settings/", {"name": "Ours"})
    assert "You only look into this account" in answer.content.decode()


def test_changes_need_the_second_factor_and_a_tick_and_carry_both_names(
    people: People, things: dict[str, list[Any]]
) -> None:
    staff = people.user("staff")
    EmailAddress.objects.create(user=staff, email=staff.email, verified=True, primary=True)
    browser = Client()
    browser.post(app.SIGN_IN, {"login": staff.email, "password": PASSWORD})
    key = app.set_up(browser)
    begin(people, client=browser)
    wanted = browser.get(CHANGES)
    assert wanted.headers["Location"].startswith("/sign-in/factor/reauthenticate/")
    app.prove_by_password(browser)
    assert browser.post(CHANGES, {"sure": "on"}).status_code == 302
    assert not SupportVisit.objects.get().may_change
    code = {"code": app.code_of(key, steps=1)}
    assert browser.post(wanted.headers["Location"], code).headers["Location"] == CHANGES
    assert browser.post(CHANGES, {}).status_code == 422
    assert browser.post(CHANGES, {"sure": "on"}).status_code == 302

    name = Tenant.objects.get().service_name
    browser.post(f"/services/{name}/rename/", {"display_name": "Better name"})
    renamed = Event.objects.filter(kind="tenant.renamed").order_by("pk").last()
    assert renamed and renamed.by_label == "staff@portal.example → owner@northwind.example"
    assert renamed.by_id == people.user("staff").pk
    assert browser.get(f"/services/{name}/password/").status_code == 403
    invited = {"email": "me@portal.example", "role": "owner", "reach": "all"}
    kept = [
        ("/account/members/invite/", invited), ("/account/settings/", {"name": "Ours"}),
        ("/account/members/", {}), ("/orders/1/decide/", {"approve": "1"}),
    ]  # fmt: skip
    for url, body in kept:
        answer = browser.post(url, body)
        assert answer.status_code == 403 and "owners alone" in answer.content.decode(), url
    assert "support.changes_allowed" in dict(events())
    browser.post("/sign-in/logout/")
    assert events()[-1][0] == "support.ended"


@pytest.mark.parametrize("how", ["time", "setting", "demoted", "member", "daily"])
def test_it_ends_by_itself(people: People, how: str) -> None:
    from accounts.services import end_visits_that_are_over

    begin(people, "manager")
    if how in ("time", "daily"):
        SupportVisit.objects.update(ends_at=now() - timedelta(seconds=1))
    elif how == "setting":
        Account.objects.update(support_may_look=False)
    elif how == "demoted":
        User.objects.filter(pk=people.user("staff").pk).update(is_staff=False)
    else:
        Membership.objects.filter(user=people.user("manager")).delete()
    if how == "daily":
        assert end_visits_that_are_over() == 1
    answer = people.staff.post("/account/switch/", {"account": people.northwind.account.pk})
    assert answer.status_code == 302 and answer.headers["Location"] == "/admin/"
    assert SupportVisit.objects.get().ended_at
    assert [kind for kind, _by in events()] == ["support.began", "support.ended"]
    assert people.staff.get("/services/").status_code == 404


def test_it_is_for_staff_where_the_account_agrees(people: People) -> None:
    for who in ("owner", "viewer", "stranger"):
        assert begin(people, client=people.client(who)).status_code == 404
    reader = User.objects.create_user("reader@portal.example", PASSWORD)
    User.objects.filter(pk=reader.pk).update(is_staff=True)
    browser = Client()
    browser.force_login(reader)
    assert begin(people, client=browser).status_code == 403
    reader.user_permissions.set(Permission.objects.filter(codename="add_supportvisit"))
    assert begin(people, "viewer", client=browser).status_code == 302
    assert browser.get("/account/settings/").status_code == 403

    page = people.owner.get("/account/settings/").content.decode()
    assert "Support may look into this account" in page
    Account.objects.update(support_may_look=False)
    refused = begin(people)
    assert refused.status_code == 422
    assert "does not let support look" in refused.content.decode()
    assert SupportVisit.objects.count() == 1
