"""Who gets in: every page of accounts, by role."""

import pytest
from django.test import Client

from accounts.models import Membership, Token
from accounts.services import invite
from tests.people import People

FOR_ALL = ["/account/profile/", "/account/members/", "/account/mpn-ids/"]
FOR_OWNERS = ["/account/settings/", "/account/tokens/"]


def _writes(people: People) -> list[tuple[str, bool]]:
    """Path of a write, and whether it names an object of Northwind."""
    owner, account = people.user("owner"), people.northwind.account
    member = Membership.objects.get(user=people.user("manager"))
    invitation = invite(account=account, email="x@y.example", role="viewer", by=owner.by)
    token = Token.objects.create(account=account, user=owner, name="t", prefix="p", digest="d")
    partner = people.northwind.partner_id
    return [
        ("/account/settings/", False),
        ("/account/members/", False),
        ("/account/tokens/", False),
        ("/account/mpn-ids/", False),
        ("/account/mpn-ids/check/", False),
        (f"/account/members/{member.pk}/", True),
        (f"/account/members/{member.pk}/remove/", True),
        (f"/account/invitations/{invitation.pk}/withdraw/", True),
        (f"/account/tokens/{token.pk}/revoke/", True),
        (f"/account/mpn-ids/{partner.pk}/recheck/", True),
        (f"/account/mpn-ids/{partner.pk}/remove/", True),
    ]


@pytest.mark.parametrize("page", FOR_ALL + FOR_OWNERS)
def test_members_look_and_the_signed_out_sign_in(people: People, page: str) -> None:
    assert people.owner.get(page).status_code == 200
    for who in ("manager", "operator", "viewer"):
        expected = 403 if page in FOR_OWNERS else 200
        assert people.client(who).get(page).status_code == expected
    answer = people.nobody.get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/login/")


@pytest.mark.parametrize("who", ["viewer", "operator", "manager"])
def test_who_may_only_look_cannot_write(people: People, who: str) -> None:
    for path, _named in _writes(people):
        assert people.client(who).post(path).status_code == 403, path


def test_a_stranger_finds_nothing(people: People) -> None:
    for path, named in _writes(people):
        if named:
            assert people.stranger.post(path).status_code == 404, path


def test_reading_never_writes(people: People) -> None:
    for path, named in _writes(people):
        is_page = path.endswith("remove/") or path.startswith("/account/members/")
        if named and not is_page:
            assert people.owner.get(path).status_code == 405, path


def test_forms_need_their_csrf_token(people: People) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.user("owner"))
    for path, _named in _writes(people):
        assert browser.post(path).status_code == 403, path


def test_somebody_without_an_account_finds_nothing(people: People) -> None:
    assert people.staff.get("/account/members/").status_code == 404
    assert people.staff.get("/account/profile/").status_code == 200
