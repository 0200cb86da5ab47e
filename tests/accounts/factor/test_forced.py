"""Who must have a second factor sees nothing else until there is one."""

import pytest
from pytest_django import Settings

from accounts.models import Account
from tests.accounts.factor.app import FACTOR, is_in, set_up, sign_in
from tests.people import People

SETTINGS = {
    "name": "Northwind",
    "region": "eu",
    "country": "FR",
    "language": "en",
    "time_zone": "Europe/Paris",
    "currency": "EUR",
    "second_factor_required": "on",
}


@pytest.fixture
def forced(people: People) -> People:
    Account.objects.filter(pk=people.northwind.account.pk).update(second_factor_required=True)
    return people


def test_an_owner_requires_it_of_everybody(people: People) -> None:
    people.owner.post("/account/settings/", SETTINGS)
    assert Account.objects.get(pk=people.northwind.account.pk).second_factor_required
    for browser in (people.owner, people.viewer):
        assert browser.get("/home/").headers["Location"] == FACTOR
    assert people.stranger.get("/home/").status_code == 200


def test_nothing_can_be_done_before(forced: People) -> None:
    assert forced.owner.post("/account/members/", {"email": "x@y.example"}).status_code == 302
    assert not forced.northwind.account.invitations.exists()
    partial = forced.owner.get("/home/", headers={"HX-Request": "true"})
    assert partial.headers["HX-Redirect"] == FACTOR


def test_the_page_says_why_and_shows_nothing_of_the_account(forced: People) -> None:
    page = forced.viewer.get(FACTOR).content.decode()
    assert "Set up a second factor to go on" in page
    assert "/account/members/" not in page


def test_set_up_it_goes_on(forced: People) -> None:
    set_up(forced.viewer)
    assert forced.viewer.get("/home/").status_code == 200


def test_tokens_are_not_affected(forced: People) -> None:
    assert forced.api("owner").get("/api/v1/me").status_code == 200


def test_signing_out_and_another_account_stay_possible(forced: People) -> None:
    viewer = forced.user("viewer")
    forced.fabrikam.account.memberships.create(user=viewer, role="viewer")
    sent = {"account": forced.fabrikam.account.pk, "next": "/home/"}
    assert forced.viewer.post("/account/switch/", sent).headers["Location"] == "/home/"
    assert forced.viewer.get("/home/").status_code == 200
    forced.viewer.post("/sign-in/logout/")
    assert not is_in(forced.viewer)


def test_an_owner_sees_who_has_none(people: People) -> None:
    set_up(people.manager)
    rows = people.owner.get("/account/members/").context["memberships"]
    assert [row.user.email for row in rows if row.has_factor] == ["manager@northwind.example"]
    assert "Second factor</th>" in people.owner.get("/account/members/").content.decode()
    assert "Second factor</th>" not in people.viewer.get("/account/members/").content.decode()


def test_staff_always_must(people: People, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    assert people.staff.get("/admin/").headers["Location"] == FACTOR
    set_up(people.staff)
    assert people.staff.get("/admin/").status_code == 200


def test_in_the_demo_a_password_is_enough(people: People, settings: Settings) -> None:
    assert settings.SANDBOX_URL and not settings.STAFF_SECOND_FACTOR
    assert people.staff.get("/admin/").status_code == 200
    assert sign_in("owner@northwind.example").get("/home/").status_code == 200


def test_the_admin_has_no_sign_in_of_its_own(people: People, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    sent = {"username": "staff@portal.example", "password": "correct horse battery staple"}
    people.user("staff")
    nobody = people.client("nobody")
    assert nobody.post("/admin/login/", sent).headers["Location"].startswith("/sign-in/login/")
    assert not is_in(nobody)
    assert people.owner.get("/admin/login/").status_code == 403


def test_in_the_demo_the_admin_keeps_its_own_form(people: People) -> None:
    assert people.client("nobody").get("/admin/login/").status_code == 200
