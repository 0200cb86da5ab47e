"""The printed answers of the login: numbers written as text, members nobody asked for."""

import httpx
import pytest

from tests.exchanges.examples import NEEDED, exchanges
from tests.partnercenter.microsoft import Microsoft, ok

pytestmark = NEEDED


@pytest.mark.parametrize("printed", ["auth/token-app-only-v1", "auth/token-refresh-appuser-v1"])
def test_a_printed_token_is_used(printed: str) -> None:
    told = dict(exchanges()[printed].answer)
    told.pop("id_token", None)  # a placeholder in print, which MSAL would take apart
    microsoft = Microsoft(ok({}), ok({}), login=lambda _: httpx.Response(200, json=told))
    client = microsoft.client()
    client.own_profile()
    client.own_profile()
    sent = [request.headers["Authorization"] for request in microsoft.asked]
    assert sent == [f"Bearer {told['access_token']}"] * 2
    assert len(microsoft.logins) == 1  # its hour, written as text, was understood
