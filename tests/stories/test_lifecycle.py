"""A decrease on day 8 becomes a scheduled one; the end of a term is chosen; in a browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from orders import services as orders
from subscriptions.models import Subscription
from tests.orders import wishes
from tests.people import PASSWORD, People
from tests.sandbox_fixture import LiveSandbox
from tests.stories.conftest import Worker
from tests.stories.test_look import assert_fine

BASIC = "Microsoft 365 Business Basic"
Until = Callable[..., Any]


@pytest.fixture
def standing(shop: People, worker: Worker, until: Until) -> Subscription:
    """Three seats for a year, bought a moment ago."""
    account = shop.northwind.account
    line = wishes.line(wishes.licence(account, BASIC), 3, "P1Y")
    actor = wishes.actor(account, shop.user("owner"))
    wish = wishes.platform(shop.northwind.partner_id.pk, line)
    orders.order_platform(actor=actor, wish=wish)
    until(lambda: Subscription.objects.filter(status="active").exists(), what="the licences")
    return Subscription.objects.get()


def at_microsoft(live: LiveSandbox) -> dict[str, Any]:
    (row,) = live.get("state")["subscriptions"]
    return dict(row)


@pytest.mark.browser
@pytest.mark.full
def test_in_a_browser(
    shop: People,
    standing: Subscription,
    live_sandbox: LiveSandbox,
    live_server: Any,
    page: Any,
    until: Until,
) -> None:
    base = live_server.url
    live_sandbox.post("clock", {"advance": "P8D"})
    page.goto(f"{base}/")
    page.fill("input[type=email]", "manager@northwind.example")
    page.fill("input[type=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/home/")

    mine = f"{base}{standing.get_absolute_url()}"
    page.goto(mine)
    page.get_by_role("button", name="Ask Microsoft again").click()
    until(lambda: Subscription.objects.get().as_of > standing.as_of, what="a look eight days on")
    assert_fine(page)
    page.goto(f"{mine}seats/")
    page.fill("#id_quantity", "2")
    page.get_by_role("button", name="Show what it does").click()
    assert page.get_by_text("the 7-day window is closed").first.is_visible()
    assert_fine(page)
    page.get_by_role("button", name=re.compile("Schedule 2 licences for the renewal")).click()
    assert page.get_by_text("makes Microsoft forget this").is_visible()
    assert_fine(page)
    page.get_by_role("button", name="Confirm: Schedule the change").click()
    page.wait_for_url(re.compile("/services/"))
    until(lambda: Subscription.objects.get().scheduled, what="the schedule")
    assert at_microsoft(live_sandbox)["quantity"] == 3

    page.goto(f"{base}/renewals/")
    assert page.get_by_role("link", name=BASIC, exact=True).is_visible()
    assert_fine(page)
    page.get_by_role("link", name=f"Choose what happens to {BASIC}").click()
    page.get_by_label("end with the term").check()
    page.get_by_role("button", name="Show what it does").click()
    page.get_by_role("button", name="Confirm: Choose this").click()
    page.wait_for_url(re.compile("/services/"))
    until(lambda: Subscription.objects.get().end_choice == "cancel", what="the choice")
    assert at_microsoft(live_sandbox)["autoRenew"] is False
    assert Subscription.objects.get().scheduled == {}
