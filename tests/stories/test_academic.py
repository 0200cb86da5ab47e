"""A school: qualified by Microsoft, its terms accepted, its licences ordered, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from orders import services as orders
from subscriptions.models import Subscription
from tenants.models import Qualification, Tenant, TermsAcceptance
from tests.orders import wishes
from tests.people import PASSWORD, People
from tests.sandbox_fixture import LiveSandbox
from tests.stories.conftest import Worker
from tests.stories.test_look import assert_fine

Until = Callable[..., Any]
FACULTY = "Microsoft 365 A3 (Education Faculty Pricing)"


@pytest.fixture
def tenant(shop: People, run_journal: Any) -> Tenant:
    """A platform with one commercial licence."""
    northwind = shop.northwind
    basic = wishes.licence(northwind.account, "Microsoft 365 Business Basic")
    actor = wishes.actor(northwind.account, northwind.users["owner"])
    wish = wishes.platform(northwind.partner_id.pk, wishes.line(basic, 1))
    order = orders.order_platform(actor=actor, wish=wish)
    run_journal(skip_pauses=True)
    return Tenant.objects.get(pk=order.tenant_id)


@pytest.mark.full
@pytest.mark.browser
def test_from_qualification_to_academic_licences(
    tenant: Tenant,
    worker: Worker,
    live_sandbox: LiveSandbox,
    live_server: Any,
    page: Any,
    until: Until,
) -> None:
    base = live_server.url
    live_sandbox.post("delays", {"qualification": 2})
    page.goto(f"{base}/")
    page.fill("input[type=email]", "manager@northwind.example")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/home/")

    page.goto(base + tenant.get_absolute_url())
    page.get_by_role("link", name="Licences for schools and nonprofits").click()
    page.get_by_label("education", exact=True).check()
    page.get_by_label("Kind of school").select_option("HigherEducation")
    page.get_by_label("Website").fill("https://contoso-school.example")
    page.get_by_role("button", name="Ask Microsoft", exact=True).click()
    page.get_by_text("Microsoft is being asked.").wait_for()
    assert_fine(page)
    until(lambda: Qualification.objects.filter(state="approved").exists(), what="the vetting")
    mails = [mail for mail in live_sandbox.get("mail") if "manager@" in str(mail["to"])]
    assert mails or until(lambda: "manager@" in str(live_sandbox.get("mail")), what="the mail")

    page.reload()
    page.locator("main").get_by_role("link", name="New subscription").click()
    row = page.locator("tr[data-line]").filter(has=page.get_by_text(FACULTY))
    row.locator("input[type=number]").fill("12")
    page.get_by_role("button", name="Review the order").click()
    page.get_by_text("Read and accept Microsoft's special terms").first.wait_for()
    assert_fine(page)
    assert row.locator("input[type=number]").input_value() == "12"  # nothing typed is lost
    page.get_by_label("I accept Microsoft's special terms").check()
    page.get_by_role("button", name="Review the order").click()
    page.get_by_text("You accept with this order").wait_for()
    assert_fine(page)
    page.get_by_role("button", name="Order", exact=True).click()
    page.wait_for_url(re.compile(r"/orders/\d+/"))
    page.locator("#progress .card-actions").get_by_text("done").wait_for(timeout=180_000)

    bought = Subscription.objects.get(name=FACULTY)
    assert (bought.quantity, bought.status) == (12, "active")
    accepted = TermsAcceptance.objects.get()
    assert (accepted.accepted_by, accepted.version) == ("manager@northwind.example", "1")
    state = live_sandbox.get("state")
    assert sorted(row["quantity"] for row in state["subscriptions"]) == [1, 12]
