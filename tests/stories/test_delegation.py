"""Delegation in a real browser: from the form to the first licence."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from subscriptions.models import Subscription
from tenants.models import Delegation, Tenant
from tests.people import PASSWORD, People
from tests.sandbox_fixture import LiveSandbox
from tests.stories.conftest import Worker

NAME = "existing-bakery.onmicrosoft.com"
BASIC = "Microsoft 365 Business Basic"
Until = Callable[..., Any]


def sign_in(page: Any, base: str) -> None:
    page.goto(f"{base}/")
    page.fill("input[type=email]", "owner@northwind.example")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/home/")


def wish(page: Any, base: str) -> None:
    page.goto(f"{base}/orders/new/")
    page.get_by_role("link", name="Delegation of a platform created at Microsoft").click()
    page.fill("#id_tenant_name", "existing-bakery")
    page.fill("#id_company", "Existing Bakery")
    page.get_by_text("Microsoft knows this tenant.").wait_for()
    page.fill("#id_first_name", "Alex")
    page.fill("#id_last_name", "Martin")
    page.fill("#id_email", "alex@existing-bakery.example")
    page.get_by_role("button", name="Ask for the delegation").click()
    page.wait_for_url(re.compile(r"/delegations/\d+/"))


def validate(page: Any) -> None:
    page.get_by_role("link", name="Validate").click()
    page.fill("#id_name", NAME)
    for field, value in (("first_name", "Alex"), ("last_name", "Martin")):
        page.fill(f"#id_agreement_{field}", value)
    page.fill("#id_agreement_email", "alex@existing-bakery.example")
    page.check("#id_agreed")
    page.get_by_role("button", name="Take the tenant over").click()


@pytest.mark.full
@pytest.mark.browser
def test_from_form_to_first_licence(
    shop: People,
    worker: Worker,
    live_sandbox: LiveSandbox,
    live_server: Any,
    page: Any,
    until: Until,
) -> None:
    base = live_server.url
    sign_in(page, base)
    wish(page, base)
    page.get_by_text("invType=ResellerRelationship").first.wait_for(timeout=120_000)

    live_sandbox.post("relationships/accept", {"domain": NAME})
    page.get_by_role("button", name="The customer has accepted: look now").click()
    until(lambda: Delegation.objects.get().state == "to_validate", what="the relationship")
    page.goto(f"{base}/delegations/{Delegation.objects.get().pk}/")
    validate(page)
    page.get_by_role("link", name="Open the service").click(timeout=180_000)

    live_sandbox.post("gdap/approve", {"domain": NAME})
    page.get_by_role("link", name="New subscription").click()
    row = page.locator("tr[data-line]").filter(has=page.get_by_text(BASIC, exact=True))
    row.locator("input[type=number]").fill("4")
    page.get_by_role("button", name="Review the order").click()
    page.get_by_role("button", name="Order", exact=True).click()
    page.wait_for_url(re.compile(r"/orders/\d+/"))
    page.locator("#progress .card-actions").get_by_text("done").wait_for(timeout=180_000)

    tenant = Tenant.objects.get()
    assert tenant.account == shop.northwind.account
    bought = Subscription.objects.get()
    assert (bought.name, bought.quantity, bought.status) == (BASIC, 4, "active")
    seats = [row["quantity"] for row in live_sandbox.get("state")["subscriptions"]
             if row["id"] == bought.microsoft_id]  # fmt: skip
    assert seats == [4]

    page.goto(f"{base}/services/{NAME}/switching/")
    old = page.locator("tr", has_text="Microsoft 365 Business Standard").locator("td").nth(3)
    assert old.inner_text() == "12"
    page.get_by_role("button", name="Tick: The new licences are ordered here").click()
    page.get_by_role("button", name="Untick: The new licences are ordered here").wait_for()
