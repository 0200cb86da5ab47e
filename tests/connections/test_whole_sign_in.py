"""The sign-in whole: our client, the page at Microsoft, and back."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.test import Client

from common.errors import SignInNeeded
from partnercenter import connect
from partnercenter.signin import SignedIn

if TYPE_CHECKING:
    from sandbox.world import World

BACK = "https://portal.example/signed-in/"
pytestmark = pytest.mark.django_db


def sign_in(world: "World", how: str) -> SignedIn:
    from sandbox.app import create_app

    begun = connect("eu").begin_sign_in(redirect_uri=BACK)
    parts = urlsplit(begun.url)
    page = Client(create_app(world)).post(
        f"{parts.path}?{parts.query}",
        data={"as": how, "user": "admin@contoso-provider.onmicrosoft.com"},
    )
    answer = dict(parse_qsl(urlsplit(page.headers["Location"]).query))
    return connect("eu").finish_sign_in(flow=begun.flow, answer=answer)


@pytest.mark.parametrize(("how", "has_mfa"), [("mfa", True), ("no-mfa", False)])
def test_an_administrator_signs_in(sandbox: "World", how: str, has_mfa: bool) -> None:
    who = sign_in(sandbox, how)
    assert who.user_name == "admin@contoso-provider.onmicrosoft.com"
    assert who.tenant_id == sandbox.table("provider")["self"]["tenant_id"]
    assert who.has_mfa is has_mfa
    assert who.refresh_token in sandbox.table("refresh_tokens")


def test_the_portal_hears_whether_its_sign_in_has_a_second_factor(sandbox: "World") -> None:
    assert connect("eu").has_mfa() is True


def test_a_revoked_sign_in_needs_a_person(sandbox: "World") -> None:
    from sandbox.microsoft import refresh

    refresh.revoke(sandbox)
    with pytest.raises(SignInNeeded, match="AADSTS50173"):
        connect("eu").own_profile()
