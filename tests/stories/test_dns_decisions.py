"""Mail of another provider: seen before anything is written, decided, moved, and taken back."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from dnsconfig.models import DnsPlan
from tenants.models import Tenant
from tests.orders.wishes import CONTACT
from tests.people import PASSWORD, People
from tests.sandbox_fixture import LiveSandbox
from tests.stories.conftest import Worker
from tests.stories.test_main_job import BASIC, answers, line

ZONE = "mail-elsewhere.example"
OLD_MX, OLD_SPF = "10 mx.elsewhere.example.", "v=spf1 include:_spf.elsewhere.example -all"
Until = Callable[..., Any]


def order(shop: People, until: Until) -> Tenant:
    """A customer whose administrator has granted the rights."""
    api = shop.api("owner")
    catalogue = api.get("/api/v1/catalogue", {"page_size": 200}).json()["results"]
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
        "lines": [line(next(row for row in catalogue if row["name"] == BASIC), 1)],
    }
    placed = api.post("/api/v1/orders", body, format="json").json()["id"]
    until(lambda: api.get(f"/api/v1/orders/{placed}").json()["state"] == "done", what="the order")
    until(lambda: Tenant.objects.get().gdap.is_ready, what="the delegated rights")
    return Tenant.objects.get()


def texts(live: LiveSandbox) -> str:
    return answers(live, ZONE, "TXT").replace('" "', "")


@pytest.mark.browser
@pytest.mark.full
def test_in_a_browser(
    shop: People,
    worker: Worker,
    live_sandbox: LiveSandbox,
    live_server: Any,
    page: Any,
    until: Until,
) -> None:
    tenant, base = order(shop, until), live_server.url
    page.goto(f"{base}/")
    page.fill("input[type=email]", "owner@northwind.example")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/home/")

    page.goto(f"{base}/services/{tenant.service_name}/domains/")
    page.select_option("select[name=domain]", ZONE)
    page.check("input[name=services][value=Email]")
    page.get_by_role("button", name="Launch configuration").click()
    page.wait_for_url(re.compile(r"/domains/plans/\d+/"))
    page.get_by_text("Mail goes to another provider.").wait_for(timeout=180_000)
    assert answers(live_sandbox, ZONE, "MX") == OLD_MX

    page.locator("input[name^='way:MX'][value=replace]").check()
    page.get_by_role("button", name="Take these decisions").click()
    page.get_by_role("button", name="Write these records").click(timeout=180_000)
    run = DnsPlan.objects.get()
    until(lambda: DnsPlan.objects.get(pk=run.pk).state == "done", what="the published records")
    assert answers(live_sandbox, ZONE, "MX").endswith(".mx.microsoft.")
    assert "include:_spf.elsewhere.example include:spf.protection.outlook.com" in texts(
        live_sandbox
    )

    page.goto(base + run.get_absolute_url())
    page.get_by_role("button", name=re.compile("^Undo this")).click()
    page.get_by_role("button", name="Write the way back").click(timeout=180_000)
    until(lambda: DnsPlan.objects.get(undoes=run).state == "done", what="the way back")
    for server in ("127.0.0.2", "127.0.0.3"):
        assert answers(live_sandbox, ZONE, "MX", server) == OLD_MX
    assert OLD_SPF in texts(live_sandbox)
    assert answers(live_sandbox, f"autodiscover.{ZONE}", "CNAME") == ""


def test_through_rest(
    shop: People, worker: Worker, live_sandbox: LiveSandbox, until: Until
) -> None:
    tenant, api = order(shop, until), shop.api("operator")
    plans = f"/api/v1/tenants/{tenant.service_name}/dns-plans"
    wish = {"domain": ZONE, "services": ["Email"]}

    trial = api.post(plans, {**wish, "dry_run": True}, format="json").headers["Location"]
    until(lambda: api.get(trial).json()["state"] == "conflict", what="the likely plan")
    assert api.post(f"{trial}/launch").status_code == 422
    assert live_sandbox.get("state")["domains"] == []

    run = api.post(plans, wish, format="json").headers["Location"]
    until(lambda: api.get(run).json()["state"] == "conflict", what="the conflict")
    conflict = next(c for c in api.get(run).json()["changes"] if c["action"] == "conflict")
    assert {option["way"] for option in conflict["options"]} == {"keep", "replace", "stage"}
    decisions = {"decisions": {conflict["key"]: "stage"}}
    assert api.post(f"{run}/decide", decisions, format="json").status_code == 202
    until(lambda: api.get(run).json()["state"] == "ready", what="the plan")
    assert api.post(f"{run}/launch").status_code == 202
    until(lambda: api.get(run).json()["state"] == "done", what="the published records")
    assert OLD_MX in answers(live_sandbox, ZONE, "MX")
    assert ".mx.microsoft." in answers(live_sandbox, ZONE, "MX")
    assert {one["outcome"] for one in api.get(run).json()["written"]} == {"written"}

    back = api.post(f"{run}/undo").headers["Location"]
    until(lambda: api.get(back).json()["state"] == "ready", what="the way back")
    assert api.post(f"{back}/launch").status_code == 202
    until(lambda: api.get(back).json()["state"] == "done", what="the zone as it was")
    assert answers(live_sandbox, ZONE, "MX") == OLD_MX
    assert OLD_SPF in texts(live_sandbox)
