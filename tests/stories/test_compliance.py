"""An MPN ID that Microsoft suspends, its services with it, and both come back: in a browser."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pytest_django import Settings

from accounts.models import PartnerId
from journal.tasks import plan_daily
from orders import services as orders
from tenants.models import Tenant
from tests.orders import wishes
from tests.people import PASSWORD, People
from tests.sandbox_fixture import LiveSandbox
from tests.stories.conftest import Worker
from tests.stories.test_look import assert_fine

Until = Callable[..., Any]
MPN_ID = "4847383"
BOARD = "/account/mpn-ids/board/"


@pytest.fixture
def tenant(shop: People, run_journal: Any, settings: Settings) -> Tenant:
    """A platform with three seats; the operator also wants the suspension at Microsoft."""
    settings.MPN_SUSPEND_AT_MICROSOFT = True
    settings.JOURNAL_DAILY = [
        "accounts.services.plan_partner_checks",
        "accounts.services.warn_of_grace",
        "tenants.compliance.enforce_due",
    ]
    northwind = shop.northwind
    basic = wishes.licence(northwind.account, "Microsoft 365 Business Basic")
    actor = wishes.actor(northwind.account, northwind.users["owner"])
    wish = wishes.platform(northwind.partner_id.pk, wishes.line(basic, 3))
    order = orders.order_platform(actor=actor, wish=wish)
    run_journal(skip_pauses=True)
    return Tenant.objects.get(pk=order.tenant_id)


def at_microsoft(live: LiveSandbox, *, suspended: bool) -> None:
    body = {"mpn_id": MPN_ID, "suspended": suspended}
    httpx.put(f"{live.url}/_sandbox/partners", json=body).raise_for_status()


def status_there(live: LiveSandbox) -> str:
    [row] = live.get("state")["subscriptions"]
    return str(row["status"])


def mails_of(live: LiveSandbox) -> list[str]:
    """Subjects of what the owner was told."""
    mails = live.get("mail")
    return [str(mail["subject"]) for mail in mails if "owner@northwind" in str(mail["to"])]


@pytest.mark.full
@pytest.mark.browser
def test_a_suspended_mpn_id_comes_back(
    tenant: Tenant,
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

    at_microsoft(live_sandbox, suspended=True)
    page.goto(base + BOARD)
    page.get_by_role("button", name=f"Check {MPN_ID} again").click()
    until(lambda: PartnerId.objects.get(mpn_id=MPN_ID).state == "refused", what="the verdict")
    page.reload()
    row = page.get_by_role("row").filter(has_text=MPN_ID)
    row.get_by_text("code 900414").wait_for()
    row.get_by_role("link", name=re.compile("contact Microsoft's support")).wait_for()
    row.get_by_text("1 service").click()
    assert_fine(page)
    row.get_by_role("link", name=tenant.display_name).click()
    page.get_by_text("This service will be suspended").wait_for()
    until(lambda: any("no longer valid" in each for each in mails_of(live_sandbox)))
    assert status_there(live_sandbox) == "active"

    live_sandbox.post("clock", {"advance": "P31D"})

    def is_suspended() -> bool:
        plan_daily()
        return Tenant.objects.get().state == "suspended"

    until(is_suspended, what="the suspension")
    assert status_there(live_sandbox) == "suspended"
    page.reload()
    page.get_by_text("This service is suspended").wait_for()
    assert_fine(page)
    until(lambda: any("are suspended" in each for each in mails_of(live_sandbox)))

    at_microsoft(live_sandbox, suspended=False)
    page.goto(base + BOARD)
    page.get_by_role("button", name=f"Check {MPN_ID} again").click()
    until(lambda: Tenant.objects.get().state == "ok", what="the reopening")
    assert status_there(live_sandbox) == "active"
    page.reload()
    page.get_by_role("row").filter(has_text=MPN_ID).get_by_text("valid", exact=True).wait_for()
    page.goto(base + tenant.get_absolute_url())
    page.get_by_role("heading", name="Service details").wait_for()
    assert page.get_by_text("This service is suspended").count() == 0
    until(lambda: any("are reopened" in each for each in mails_of(live_sandbox)))
