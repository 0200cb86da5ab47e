"""Staff looks at everything, changes through services, and never sees a secret."""

import pytest

from accounts import services, tokens
from accounts.models import Invitation, Token
from tests.people import People

KINDS = ["user", "account", "membership", "token", "partnerid", "invitation"]


@pytest.mark.parametrize("kind", KINDS)
def test_lists_and_rows_open_for_staff_only(people: People, kind: str) -> None:
    people.api("owner")
    by = people.user("owner").by
    services.invite(account=people.northwind.account, email="x@y.example", role="viewer", by=by)
    page = people.staff.get(f"/admin/accounts/{kind}/")
    assert page.status_code == 200
    row = page.context["cl"].result_list[0]
    assert people.staff.get(f"/admin/accounts/{kind}/{row.pk}/change/").status_code == 200
    assert people.owner.get(f"/admin/accounts/{kind}/").status_code == 302


def test_digests_are_not_shown(people: People) -> None:
    token, _secret = tokens.create(
        account=people.northwind.account, user=people.user("owner"), name="t", role="owner"
    )
    page = people.staff.get(f"/admin/accounts/token/{token.pk}/change/").content.decode()
    assert token.digest not in page


def test_tokens_are_revoked(people: People) -> None:
    people.api("owner")
    token = Token.objects.get()
    sent = {"action": "revoke", "_selected_action": [token.pk]}
    people.staff.post("/admin/accounts/token/", sent)
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_invitations_are_withdrawn(people: People) -> None:
    by = people.user("owner").by
    services.invite(account=people.northwind.account, email="x@y.example", role="viewer", by=by)
    invitation = Invitation.objects.get()
    sent = {"action": "withdraw", "_selected_action": [invitation.pk]}
    people.staff.post("/admin/accounts/invitation/", sent)
    assert not Invitation.objects.open().exists()
