"""API tokens: shown once, never stronger than the person, revoked at once."""

import re

import pytest
from rest_framework.test import APIClient

from accounts import services
from accounts.access import Actor
from accounts.models import Membership, Role, Token
from common.refusals import Impossible
from journal.models import Event
from tests.people import People

PAGE = "/account/tokens/"


def _secret(people: People, role: str = "manager") -> str:
    page = people.owner.post(PAGE, {"name": "script", "role": role})
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    found = re.search(r"rp_[\w-]{40,}", page.content.decode())
    assert found is not None
    return found[0]


def _ask(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_a_token_is_shown_once_and_opens_the_api(people: People) -> None:
    secret = _secret(people)
    assert secret not in people.owner.get(PAGE).content.decode()
    me = _ask(secret).get("/api/v1/me").json()
    assert (me["email"], me["role"]) == ("owner@northwind.example", "manager")
    token = Token.objects.get()
    assert token.last_used_at is not None
    assert secret not in str(Event.objects.get(kind="token.created").data)


def test_a_revoked_token_opens_nothing(people: People) -> None:
    secret = _secret(people)
    people.owner.post(f"/account/tokens/{Token.objects.get().pk}/revoke/")
    answer = _ask(secret).get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Event.objects.filter(kind="token.revoked").count() == 1


def test_a_token_is_never_stronger_than_its_person(people: People) -> None:
    secret = _secret(people, role="owner")
    Membership.objects.filter(user=people.user("owner")).update(role=Role.VIEWER)
    assert _ask(secret).get("/api/v1/me").json()["role"] == "viewer"


def test_a_person_gives_at_most_the_own_role(people: People) -> None:
    user, account = people.user("operator"), people.northwind.account
    with pytest.raises(Impossible, match="at most"):
        services.create_token(
            actor=Actor(user, account, Role.OPERATOR), name="script", role=Role.OWNER
        )
    assert not Token.objects.exists()
