"""`demo.json` and the demo behind it: other programs drive the portal by them."""

import json
import stat
from pathlib import Path
from typing import Any

import dns.message
import dns.query
import httpx
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Token, User
from panel import demo
from tests.sandbox_fixture import LiveSandbox

pytestmark = pytest.mark.django_db
NORTHWIND, FABRIKAM = "nw12345-ovh", "fk67890-ovh"
PEOPLE = {
    "owner@northwind.example": ("owner", NORTHWIND),
    "manager@northwind.example": ("manager", NORTHWIND),
    "operator@northwind.example": ("operator", NORTHWIND),
    "viewer@northwind.example": ("viewer", NORTHWIND),
    "owner@fabrikam.example": ("owner", FABRIKAM),
    "staff@portal.example": ("staff", ""),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "demo.json"


def set_up(live: LiveSandbox, file: Path) -> dict[str, Any]:
    """The demo as the launcher makes it; what stands in the file."""
    demo.set_up(dns=f"127.0.0.1:{live.dns_port}", file=file)
    content: dict[str, Any] = json.loads(file.read_text())
    return content


def test_the_file_is_what_other_programs_expect(live_sandbox: LiveSandbox, file: Path) -> None:
    told = set_up(live_sandbox, file)
    assert set(told) == {"portal", "sandbox", "dns", "users", "ovh", "microsoft"}
    users = {email: (user["role"], user["reseller"]) for email, user in told["users"].items()}
    assert users == PEOPLE
    assert all(
        set(user) == {"password", "api_token", "role", "reseller"}
        for user in told["users"].values()
    )
    keys = {"endpoint", "application_key", "application_secret", "consumer_key"}
    assert set(told["ovh"]) == keys
    names = {"authority", "partner_center", "graph", "tenant_id", "client_id", "client_secret"}
    assert set(told["microsoft"]) == names | {"refresh_token"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "it holds passwords"


def test_a_second_run_changes_nothing(live_sandbox: LiveSandbox, file: Path) -> None:
    assert set_up(live_sandbox, file) == set_up(live_sandbox, file)


def test_a_new_database_beside_an_old_file(live_sandbox: LiveSandbox, file: Path) -> None:
    """Passwords stay, tokens are new: only their digests were kept."""
    before = set_up(live_sandbox, file)["users"]
    Token.objects.all().delete()
    User.objects.filter(email="viewer@northwind.example").delete()
    after = set_up(live_sandbox, file)["users"]
    for email, user in after.items():
        assert user["password"] == before[email]["password"]
        assert Client().login(email=email, password=user["password"])
        if user["api_token"]:
            answer = Client().get("/api/v1/me", headers=bearer(user["api_token"]))
            assert answer.status_code == 200


def test_everybody_signs_in_and_every_token_works(live_sandbox: LiveSandbox, file: Path) -> None:
    for email, user in set_up(live_sandbox, file)["users"].items():
        browser = Client()
        form = {"login": email, "password": user["password"]}
        page = browser.post(reverse("account_login"), form, follow=True)
        assert page.context["user"].email == email
        assert page.status_code == 200, f"where {email} is led to: {page.request['PATH_INFO']}"
        if user["api_token"]:
            answer = browser.get("/api/v1/me", headers=bearer(user["api_token"]))
            assert answer.json()["role"] == user["role"]
            assert answer.json()["account"]["nic_handle"] == user["reseller"]


def test_an_owner_can_order_at_once(live_sandbox: LiveSandbox, file: Path) -> None:
    """Catalogue, MPN ID and zones are there before anybody has waited."""
    owner = set_up(live_sandbox, file)["users"]["owner@northwind.example"]
    headers, browser = bearer(owner["api_token"]), Client()
    licences = browser.get("/api/v1/catalogue", {"page_size": 200}, headers=headers)
    assert licences.json()["count"] >= 15
    partner_ids = browser.get("/api/v1/partner-ids", headers=headers).json()["results"]
    assert [(row["mpn_id"], row["state"]) for row in partner_ids] == [("4847383", "valid")]


def test_what_it_says_of_the_sandbox_is_true(live_sandbox: LiveSandbox, file: Path) -> None:
    told = set_up(live_sandbox, file)
    host, port = told["dns"].rsplit(":", 1)
    query = dns.message.make_query("northwind-customer.example.", "SOA")
    for ask in (dns.query.udp, dns.query.tcp):
        assert ask(query, host, port=int(port), timeout=30).rcode() == 0
    assert httpx.get(f"{told['ovh']['endpoint']}/auth/time").is_success
    microsoft = told["microsoft"]
    form = {name: microsoft[name] for name in ("client_id", "client_secret", "refresh_token")}
    form |= {"grant_type": "refresh_token", "resource": "https://graph.microsoft.com"}
    login = f"{microsoft['authority']}/{microsoft['tenant_id']}/oauth2/token"
    assert httpx.post(login, data=form).is_success


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
