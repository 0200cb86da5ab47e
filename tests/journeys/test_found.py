"""What the journeys have found, by example."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from common.refusals import Impossible
from subscriptions import services, wishes
from subscriptions.contracts import contract_of
from subscriptions.models import Status, Subscription
from subscriptions.rules import Cancel, Change, ChooseEnd, SetSeats, Upgrade, extended_price
from tests.journeys import truth
from tests.journeys.shop import Shop, buy, opened, standing_tenant
from tests.subscriptions.rules.contracts import at, bought

BASIC, STANDARD = "Microsoft 365 Business Basic", "Microsoft 365 Business Standard"
TRIAL = "Microsoft 365 Business Premium (Trial)"
START = datetime(2027, 3, 10, 9, tzinfo=UTC)
NO_PRICE = Decimal(0)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Iterator[Shop]:
    """A reseller whose Microsoft is in March 2027."""
    with opened(START) as one:
        yield one


def do(shop: Shop, row: Subscription, change: Change) -> None:
    services.change(subscription=row, change=change, by=shop.by)
    shop.run_journal()
    row.refresh_from_db()
    truth.is_shown(row)


@pytest.mark.parametrize("choice", ["cancel", "extend"])
def test_a_chosen_end_survives_more_seats(shop: Shop, choice: str) -> None:
    """Microsoft forgets it with every change of seats, and would go on month by month."""
    row = buy(shop, standing_tenant(shop, "bakery"), BASIC, 5)
    do(shop, row, ChooseEnd(choice=choice))
    do(shop, row, SetSeats(quantity=9))
    assert (row.quantity, row.end_choice, row.auto_renew) == (9, choice, False)


def test_a_chosen_end_survives_the_upgrade_of_some_seats(shop: Shop) -> None:
    row = buy(shop, standing_tenant(shop, "bakery"), BASIC, 5)
    do(shop, row, ChooseEnd(choice="cancel"))
    do(shop, row, Upgrade(product="CFQ7TTC0LDPB:0001", quantity=2, unit_price=NO_PRICE))
    assert (row.quantity, row.end_choice) == (3, "cancel")


def test_the_price_follows_into_the_extended_term(shop: Shop) -> None:
    row = buy(shop, standing_tenant(shop, "bakery"), BASIC, 5)
    do(shop, row, ChooseEnd(choice="extend"))
    shop.turn_clock(START + timedelta(days=370))
    truth.look(shop)
    row.refresh_from_db()
    assert (row.term, row.is_extended, row.unit_price) == ("P1M", True, Decimal("5.54"))
    truth.agree(shop)


def test_a_month_that_is_to_be_extended_is_not_yet(shop: Shop) -> None:
    """Microsoft has no member for it: a second month by month looks like an extended one."""
    row = buy(shop, standing_tenant(shop, "bakery"), BASIC, 5, "P1M")
    shop.turn_clock(START + timedelta(days=45))
    truth.look(shop)
    row.refresh_from_db()
    do(shop, row, ChooseEnd(choice="extend"))
    assert not row.is_extended
    with pytest.raises(Impossible):
        services.preview(subscription=row, change=Cancel())
    shop.turn_clock(START + timedelta(days=75))
    truth.look(shop)
    row.refresh_from_db()
    assert row.is_extended
    do(shop, row, Cancel())
    assert row.status == Status.DELETED


def test_a_trial_becomes_what_it_tried_and_is_not_had_again(shop: Shop) -> None:
    tenant = standing_tenant(shop, "bakery")
    row = buy(shop, tenant, TRIAL, 25, "P1M")
    shop.turn_clock(START + timedelta(days=40))
    truth.look(shop)
    row.refresh_from_db()
    assert row.licence is not None
    assert (row.licence.code, row.unit_price) == ("CFQ7TTC0LCHC:0002", Decimal("17.30"))
    with pytest.raises(Impossible):
        buy(shop, tenant, TRIAL, 25, "P1M")


def test_without_a_monthly_term_the_extended_one_is_reckoned_from_the_year_by_month() -> None:
    """However the year itself is paid: 23 % on what a month of it costs."""
    paid_yearly = bought(at(10), unit_price=Decimal("138.24"), billing_cycle="annual")
    contract = paid_yearly.__class__(**{**vars(paid_yearly), "yearly_by_month": Decimal("12.10")})
    assert extended_price(contract) == Decimal("14.88")


def test_the_price_of_what_is_scheduled_is_that_of_the_other_licence(shop: Shop) -> None:
    row = buy(shop, standing_tenant(shop, "bakery"), BASIC, 5)
    do(shop, row, wishes.at_renewal(row, product="CFQ7TTC0LDPB:0001"))
    scheduled = contract_of(row).scheduled
    assert scheduled is not None and scheduled.unit_price == Decimal("9.83")
