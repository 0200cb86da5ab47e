"""The first page with something of most kinds on it, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from accounts.models import Account
from journal import services as journal
from journal.models import NextActor, Operation, State
from journal.people import PORTAL
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.people import People
from tests.stories.test_look import assert_fine, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.full]

LICENCES = ["Microsoft 365 Business Basic", "Exchange Online (Plan 1)", "Visio Plan 2"]


LOOKS = [(390, "light"), (1440, "light"), (1440, "dark")]


@pytest.fixture
def busy(people: People) -> Account:
    """Two services, one suspended; a window that closes tomorrow; a task in error."""
    account = people.northwind.account
    for number, state in enumerate(("ok", "suspended")):
        tenant = Tenant.objects.create(
            account=account,
            partner_id=people.northwind.partner_id,
            service_name=f"bakery{number}.onmicrosoft.com",
            display_name=f"Contoso Bakery {number}",
            state=state,
            country="FR",
        )
        for place, name in enumerate(LICENCES):
            open_subscription(tenant, name, number=10 * number + place)
    operation = journal.ask(
        kind="subscription.change_seats", account_id=account.pk, subject="s:1", by=PORTAL
    )
    facts = {"state": State.ERROR, "next_actor": NextActor.RESELLER, "error_text": "Too many."}
    Operation.objects.filter(pk=operation.pk).update(**facts)
    return account


def open_subscription(tenant: Tenant, name: str, *, number: int) -> None:
    tomorrow = now() + timedelta(hours=20)
    Subscription.objects.create(
        tenant=tenant,
        microsoft_id=f"00000000-0000-4000-8000-{number:012d}",
        name=name,
        quantity=number + 3,
        status="active",
        term="P1Y",
        billing_cycle="Monthly",
        unit_price=12,
        currency="EUR",
        commitment_ends_at=now() + timedelta(days=9 + number),
        auto_renew=bool(number % 2),
        cancellable_until=tomorrow,
        refundable=[{"quantity": 2, "until": tomorrow.isoformat()}],
    )


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_what_needs_me_charts_and_calendar(
    page: Any, people: People, busy: Account, live_server: Any, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, people, live_server.url)
    page.goto(live_server.url + "/home/")
    assert_fine(page)
    for summary in page.locator("details.twin summary").all():
        summary.click()
    assert page.locator("details.twin table").first.is_visible()
    assert_fine(page)
    page.click("text=See why")
    assert page.inner_text("h1") == "Contoso Bakery 1"
    page.goto(live_server.url + "/calendar/")
    assert_fine(page)
    page.click("text=Create an address")
    assert page.inner_text(".secret").startswith("http://")
    assert_fine(page)
