"""An owner invites, changes roles and removes; an account is never left without an owner."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts import services, tokens
from accounts.models import Invitation, Membership, Role, User
from common.refusals import Impossible
from journal.models import Event, Operation
from tests.people import PASSWORD, People

MEMBERS = "/account/members/"
SAVE = {"reach": "all", "save": "1"}


def _invite(people: People, run_journal: object, email: str = "new@northwind.example") -> str:
    """The path of the link that was mailed."""
    people.owner.post(MEMBERS, {"email": email, "role": "operator"})
    run_journal()  # type: ignore[operator]
    found = re.search(r"https?://[^/]+(/account/invitation/[\w-]+/)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def _membership(people: People, who: str) -> Membership:
    return Membership.objects.get(user=people.user(who))


def test_the_link_is_mailed_and_kept_only_as_a_digest(people: People, run_journal: object) -> None:
    link = _invite(people, run_journal)
    secret = link.split("/")[-2]
    assert mail.outbox[0].to == ["new@northwind.example"]
    invitation = Invitation.objects.get()
    assert invitation.digest == tokens.digest_of(secret)
    kept = Operation.objects.get(kind="notice.mail")
    assert secret not in str(kept.params) + str(kept.result) + str(kept.secret)


def test_somebody_with_a_sign_in_joins(people: People, run_journal: object) -> None:
    friend = User.objects.create_user("new@northwind.example", PASSWORD)
    link = _invite(people, run_journal)
    browser = Client()
    assert "Sign in to join" in browser.get(link).content.decode()
    browser.force_login(friend)
    assert "Join" in browser.get(link).content.decode()

    browser.post(link)

    membership = Membership.objects.get(user=friend)
    assert (membership.account, membership.role) == (people.northwind.account, Role.OPERATOR)
    assert Event.objects.get(kind="member.joined").by_label == friend.email
    assert browser.post(link).status_code == 404  # the link works once


def test_a_link_forwarded_to_somebody_else_does_not_work(
    people: People, run_journal: object
) -> None:
    link = _invite(people, run_journal)
    page = people.stranger.post(link).content.decode()
    assert "This invitation was sent to new@northwind.example" in page
    assert not people.northwind.account.memberships.filter(user=people.user("stranger")).exists()


def test_an_old_link_does_not_work(people: People, run_journal: object) -> None:
    link = _invite(people, run_journal)
    Invitation.objects.get().withdraw()
    assert Client().get(link).status_code == 404


def test_inviting_again_ends_the_earlier_link(people: People, run_journal: object) -> None:
    first = _invite(people, run_journal)
    second = _invite(people, run_journal)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


def test_a_withdrawn_invitation(people: People, run_journal: object) -> None:
    link = _invite(people, run_journal)
    invitation = Invitation.objects.get()
    people.owner.post(f"/account/invitations/{invitation.pk}/withdraw/")
    assert Client().get(link).status_code == 404
    again = people.owner.post(f"/account/invitations/{invitation.pk}/withdraw/")
    assert again.status_code == 404


def test_a_member_is_not_invited(people: People) -> None:
    page = people.owner.post(MEMBERS, {"email": "Viewer@Northwind.example", "role": "viewer"})
    assert "already a member" in page.content.decode()
    assert not Invitation.objects.exists()


def test_a_role_is_changed(people: People) -> None:
    viewer = _membership(people, "viewer")
    people.owner.post(f"/account/members/{viewer.pk}/", {**SAVE, "role": "manager"})
    viewer.refresh_from_db()
    assert viewer.role == Role.MANAGER
    assert Event.objects.get(kind="member.role_changed").data["before"] == "viewer"


def test_the_last_owner_stays_owner(people: People) -> None:
    owner = _membership(people, "owner")
    url = f"/account/members/{owner.pk}/"
    page = people.owner.post(url, {**SAVE, "role": "viewer"}).content.decode()
    assert "An account needs an owner." in page
    with pytest.raises(Impossible):
        services.remove_member(membership=owner, by=people.user("owner").by)
    owner.refresh_from_db()
    assert owner.role == Role.OWNER


def test_a_removed_member_loses_pages_and_tokens(people: People) -> None:
    api = people.api("manager")
    assert api.get("/api/v1/me").status_code == 200
    manager = _membership(people, "manager")
    url = f"/account/members/{manager.pk}/remove/"
    assert "manager@northwind.example" in people.owner.get(url).content.decode()

    people.owner.post(url)

    assert api.get("/api/v1/me").status_code == 401
    assert people.manager.get(MEMBERS).status_code == 404
