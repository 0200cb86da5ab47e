"""The main job: order a tenant, run it, configure its DNS, in a browser and through REST."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import dns.message
import dns.query
import dns.rdatatype
import pytest

from dnsconfig.models import DnsPlan
from orders.models import Order
from subscriptions.models import Licence, Subscription
from tenants.models import Tenant
from tests.orders.wishes import CONTACT
from tests.people import PASSWORD, People
from tests.sandbox_fixture import LiveSandbox
from tests.stories.conftest import Worker

BASIC, STANDARD = "Microsoft 365 Business Basic", "Microsoft 365 Business Standard"
DOMAIN = "contoso-bakery.example"
Until = Callable[..., Any]


def answers(live: LiveSandbox, name: str, kind: str, server: str = "127.0.0.2") -> str:
    """What an authoritative server says, as text."""
    query = dns.message.make_query(f"{name}.", dns.rdatatype.from_text(kind))
    reply = dns.query.udp(query, server, port=live.dns_port, timeout=30)
    return " ".join(str(row) for rrset in reply.answer for row in rrset)


def check_outcome(live: LiveSandbox, seats: list[int]) -> None:
    """One customer, one order, these seats, one welcome mail, and the records in the DNS."""
    state = live.get("state")
    assert len(state["customers"]) == 1
    assert len(state["orders"]) == 1
    assert sorted(row["quantity"] for row in state["subscriptions"]) == seats
    mails = [mail for mail in live.get("mail") if CONTACT["email"] in str(mail["to"])]
    assert len(mails) == 1
    assert ".mx.microsoft." in answers(live, DOMAIN, "MX")
    assert "include:spf.protection.outlook.com" in answers(live, DOMAIN, "TXT")
    assert answers(live, f"autodiscover.{DOMAIN}", "CNAME") == "autodiscover.outlook.com."
    assert "sipfed.online.lync.com." in answers(live, f"_sipfederationtls._tcp.{DOMAIN}", "SRV")
    registration = answers(live, f"enterpriseregistration.{DOMAIN}", "CNAME")
    assert registration == "enterpriseregistration.windows.net."
    enrollment = answers(live, f"enterpriseenrollment.{DOMAIN}", "CNAME")
    assert enrollment.endswith("manage.microsoft.com.")


def fill_order(page: Any, base: str) -> None:
    page.goto(f"{base}/orders/new/")
    for name in ("company", "first_name", "last_name", "email", "phone", "address", "city"):
        page.fill(f"#id_{name}", CONTACT[name])
    page.fill("#id_postal_code", CONTACT["postal_code"])
    page.fill("#id_agreement_first_name", "Claire")
    page.fill("#id_agreement_last_name", "Dubois")
    page.fill("#id_agreement_email", CONTACT["email"])
    page.check("#id_agreed")
    for name, seats in ((BASIC, 3), (STANDARD, 2)):
        row = page.locator("tr[data-line]").filter(has=page.get_by_text(name, exact=True))
        row.locator("input[type=number]").fill(str(seats))


@pytest.mark.browser
def test_in_a_browser(
    shop: People,
    worker: Worker,
    live_sandbox: LiveSandbox,
    live_server: Any,
    page: Any,
    until: Until,
) -> None:
    base = live_server.url
    page.goto(f"{base}/")
    page.fill("input[type=email]", "owner@northwind.example")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/home/")

    fill_order(page, base)
    page.get_by_role("button", name="Review the order").click()
    assert page.get_by_text("contosobakery.onmicrosoft.com").first.is_visible()
    page.get_by_role("button", name="Order", exact=True).click()
    page.wait_for_url(re.compile(r"/orders/\d+/"))
    page.locator("#progress .card-actions").get_by_text("done").wait_for(timeout=180_000)

    tenant = Tenant.objects.get()
    page.goto(base + tenant.get_absolute_url())
    page.get_by_role("link", name=f"Change the number of licences of {BASIC}").click()
    page.fill("#id_quantity", "5")
    page.get_by_role("button", name="Show what it does").click()
    page.get_by_role("button", name="Confirm: Change the number of licences").click()
    page.get_by_text("The change is under way.").wait_for()
    until(lambda: Subscription.objects.filter(name=BASIC, quantity=5).exists(), what="5 seats")

    until(lambda: Tenant.objects.get().gdap.is_ready, what="the delegated rights")
    page.goto(f"{base}/services/{tenant.service_name}/password/")
    page.get_by_role("button", name="Reset the password").click()
    page.get_by_role("button", name="Show the password").click(timeout=120_000)
    assert page.get_by_text(tenant.admin_login).is_visible()

    page.goto(base + tenant.get_absolute_url())
    page.select_option("select[name=domain]", DOMAIN)
    for service in ("Email", "OfficeCommunicationsOnline", "Intune"):
        page.check(f"input[name=services][value={service}]")
    page.get_by_role("button", name="Launch configuration").click()
    page.wait_for_url(re.compile(r"/domains/plans/\d+/"))
    page.get_by_role("button", name=re.compile("^Write")).click(timeout=180_000)
    until(lambda: DnsPlan.objects.get().state == "done", what="the published records")
    check_outcome(live_sandbox, [2, 5])


def test_through_rest(
    shop: People, worker: Worker, live_sandbox: LiveSandbox, until: Until
) -> None:
    api = shop.api("owner")
    catalogue = api.get("/api/v1/catalogue", {"page_size": 200}).json()["results"]
    by_name = {row["name"]: row for row in catalogue}
    body = {
        "key": str(uuid.uuid4()),
        "mpn_id": "4847383",
        "contact": CONTACT,
        "agreement": {
            "first_name": "Claire",
            "last_name": "Dubois",
            "email": CONTACT["email"],
            "agreed_date": "2026-01-15",
        },
        "lines": [line(by_name[BASIC], 3), line(by_name[STANDARD], 2)],
    }
    placed = api.post("/api/v1/orders", body, format="json")
    assert placed.status_code == 202, placed.json()
    again = api.post("/api/v1/orders", body, format="json")
    assert again.json()["id"] == placed.json()["id"]
    order = f"/api/v1/orders/{placed.json()['id']}"
    until(lambda: api.get(order).json()["state"] == "done", what="the order")

    name = api.get(order).json()["tenant"]
    rows = api.get(f"/api/v1/tenants/{name}/subscriptions").json()["results"]
    basic = next(row for row in rows if row["name"] == BASIC)
    asked = api.post(f"/api/v1/subscriptions/{basic['id']}/seats", {"quantity": 5}, format="json")
    assert asked.status_code == 202
    operation = asked.headers["Location"]
    until(lambda: api.get(operation).json()["state"] == "done", what="5 seats")

    until(lambda: Tenant.objects.get().gdap.is_ready, what="the delegated rights")
    reset = api.post(
        f"/api/v1/tenants/{name}/reset-password", {"delivery": "show"}, format="json"
    ).json()
    reveal = f"/api/v1/passwords/{reset['credential']}/reveal"
    until(lambda: api.get(f"/api/v1/operations/{reset['id']}").json()["state"] == "done")
    assert len(api.post(reveal).json()["password"]) == 16
    assert api.post(reveal).status_code == 404

    services = ["Email", "OfficeCommunicationsOnline", "Intune"]
    plan = api.post(
        f"/api/v1/tenants/{name}/dns-plans", {"domain": DOMAIN, "services": services}, format="json"
    )
    assert plan.status_code == 202, plan.json()
    until(lambda: DnsPlan.objects.get().state == "ready", what="the plan")
    url = f"/api/v1/tenants/{name}/dns-plans/{DnsPlan.objects.get().pk}"
    assert api.post(f"{url}/launch").status_code == 202
    until(lambda: api.get(url).json()["state"] == "done", what="the published records")
    check_outcome(live_sandbox, [2, 5])
    assert Order.objects.count() == 1
    assert Licence.objects.count() >= 15


def line(licence: dict[str, Any], quantity: int) -> dict[str, Any]:
    price = next(row for row in licence["prices"] if row["term"] == "P1Y")
    return {
        "licence": licence["id"],
        "term": price["term"],
        "billing_cycle": price["billing_cycle"],
        "quantity": quantity,
        "unit_price": price["amount"],
    }
