"""Seats and spend over time on the first page, and services by status."""

import re
import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import Membership
from common.templatetags.values import short
from journal.tasks import plan_daily
from subscriptions import holdings
from subscriptions.models import HoldingChange, Subscription
from tenants.models import Tenant
from tests.cashback.test_months import stand_on
from tests.people import People

Run = Callable[..., int]


@pytest.fixture(autouse=True)
def _only_this(settings: Settings) -> None:
    settings.JOURNAL_DAILY = ["subscriptions.holdings.plan_count"]
    settings.SANDBOX_URL = "http://sandbox.invalid"  # a clock that can be turned


def bought(people: People, name: str, **facts: Any) -> Subscription:
    """In a service of its own."""
    shop = people.northwind
    tenant = Tenant.objects.create(
        account=shop.account, partner_id=shop.partner_id, display_name=name, state="ok",
        service_name=f"{name.lower()}.onmicrosoft.com", microsoft_id=str(uuid.uuid4()),
    )  # fmt: skip
    return Subscription.objects.create(
        tenant=tenant, microsoft_id=str(uuid.uuid4()), name="Basic", status="active", term="P1Y",
        currency="EUR", **facts,
    )  # fmt: skip


def change(row: Subscription, **facts: Any) -> None:
    Subscription.objects.filter(pk=row.pk).update(**facts)


def home(people: People, who: str) -> str:
    page = people.client(who).get("/home/")
    assert page.status_code == 200
    return " ".join(unescape(page.content.decode()).split())


def table(page: str, section: str) -> list[str]:
    """Rows of the chart's twin, without tags."""
    part = page[page.index(f'id="{section}"') :]
    rows = re.findall("<tr>(.*?)</tr>", part[: part.index("</table>")])
    return [" ".join(re.sub("<[^>]*>", " ", row).split()) for row in rows[1:]]


def test_seats_and_spend_as_they_were_counted(people: People, run_journal: Run) -> None:
    def count_on(day: date) -> list[tuple[int, Decimal]]:
        """What that day has changed."""
        stand_on(day)
        plan_daily()
        run_journal()
        rows = HoldingChange.objects.filter(day=day).order_by("tenant")
        return [(row.seats, row.per_month) for row in rows]

    stand_on(date(2027, 1, 20))
    bakery = bought(people, "Bakery", quantity=10, unit_price=12, billing_cycle="Annual")
    mill = bought(people, "Mill", quantity=5, unit_price=4, billing_cycle="Monthly")
    bought(people, "Trial", quantity=25, unit_price=9, billing_cycle="Monthly", is_trial=True)
    assert "the first count comes within a day" in home(people, "owner")

    assert count_on(date(2027, 1, 20)) == [(10, 10), (5, 20), (25, 0)]
    assert holdings.count(day=date(2027, 1, 20)) == 3  # the day anew
    assert HoldingChange.objects.count() == 3
    assert count_on(date(2027, 1, 21)) == []
    change(bakery, unit_price=24)
    assert count_on(date(2027, 2, 10)) == [(0, 10)]
    change(mill, status="deleted")
    assert count_on(date(2027, 3, 5)) == [(-5, -20)]

    stand_on(date(2027, 3, 20))
    change(bakery, quantity=12)  # not counted yet, yet it is what is held today
    page = home(people, "owner")
    assert "Counted daily since" in page and "20 Jan. 2027" in page
    assert table(page, "seats-trend-h") == ["January 2027 40", "February 2027 40", "Today 37"]
    assert table(page, "spend-trend-EUR") == [
        "January 2027 €30.00", "February 2027 €40.00", "Today €24.00",
    ]  # fmt: skip
    assert "-3 <span>since Jan. 2027" in page

    chosen = {"reach": "only", "chosen": [mill.tenant_id]}
    Membership.objects.filter(user=people.user("viewer")).update(**chosen)
    page = home(people, "viewer")
    assert table(page, "seats-trend-h") == ["January 2027 5", "February 2027 5", "Today 0"]
    assert "trend-h" not in home(people, "stranger")

    stand_on(date(2028, 2, 29))
    page = home(people, "owner")
    months = table(page, "seats-trend-h")
    assert (months[0], len(months)) == ("March 2027 35", 12)
    assert "Counted daily since" not in page


def test_services_by_status_lead_to_their_list(people: People) -> None:
    row = bought(people, "Bakery", quantity=1, unit_price=1, billing_cycle="Monthly")
    bought(people, "Mill", quantity=1, unit_price=1, billing_cycle="Monthly")
    Tenant.objects.filter(pk=row.tenant_id).update(state="suspended")
    page = home(people, "viewer")
    assert table(page, "states-h") == ["active 1", "suspended 1"]
    assert '<a href="/services/?state=suspended">suspended</a>' in page
    listed = people.viewer.get("/services/?state=suspended").content.decode()
    rows = listed[listed.index("<tbody") : listed.index("</tbody>")]
    assert "Bakery" in rows and "Mill" not in rows


def test_numbers_for_narrow_places() -> None:
    numbers = ["0", "9.5", "60", "950", "999.6", "1234", "99960", "123456", "1234567"]
    assert [short(Decimal(number)) for number in numbers] == [
        "0", "9.5", "60", "950", "1k", "1.2k", "100k", "123k", "1.2M",
    ]  # fmt: skip
