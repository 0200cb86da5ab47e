"""The catalogue follows Microsoft: segments, plans, prices with their history and preview."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from common.clock import microsoft_now
from journal.models import Operation, State
from sandbox.faults import Fault
from subscriptions import catalogue
from subscriptions.models import Licence, Plan, Price
from subscriptions.offers import Item, ListPrice, Offered, Shown
from tests.orders import wishes
from tests.people import People, Reseller

Run = Callable[..., int]
HERE = {"market": "eu", "country": "FR"}
BASIC = ("CFQ7TTC0LH18", "0001")
NEXT_MONTH = datetime(2999, 2, 1, tzinfo=UTC)


def offered(term: str = "P1M", cycle: str = "Monthly") -> Offered:
    return Offered(
        term=term,
        billing_cycle=cycle,
        description=f"{term} {cycle}",
        is_renewable=True,
        refunds=({"type": "Full", "within": "P1D"},),
    )


def item(*plans: Offered, sku: tuple[str, str] = BASIC, **changes: Any) -> Item:
    said: dict[str, Any] = {
        "product_id": sku[0],
        "sku_id": sku[1],
        "provisioning_id": "3b555118-da6a-4418-894f-7df1e2096870",
        "name": "Business Basic",
        "description": "",
        "is_addon": False,
        "is_trial": False,
        "prerequisites": (),
        "minimum": 1,
        "maximum": 300,
        "plans": plans or (offered(),),
    }
    return Item(**(said | changes))


def asked(amount: str, term: str = "P1M", cycle: str = "Monthly", **changes: Any) -> ListPrice:
    said: dict[str, Any] = {
        "product_id": BASIC[0],
        "sku_id": BASIC[1],
        "currency": "EUR",
        "term": term,
        "billing_cycle": cycle,
        "amount": Decimal(amount),
        "retail": Decimal(amount) * 2,
        "starts_at": None,
    }
    return ListPrice(**(said | changes))


def show(
    *items: Item,
    prices: tuple[ListPrice, ...] = (),
    announced: tuple[ListPrice, ...] = (),
    segment: str = "commercial",
) -> None:
    catalogue.store(Shown(**HERE, segment=segment, items=items, prices=prices, announced=announced))


def on_sale() -> dict[str, list[tuple[str, str, Decimal]]]:
    rows = Licence.objects.on_sale(**HERE, currency="EUR")
    return {
        row.name: [(p.term, p.billing_cycle, p.amount) for p in row.prices_now]  # type: ignore[attr-defined]
        for row in rows
    }


pytestmark = pytest.mark.django_db


def test_only_what_is_offered_and_has_a_price_is_sold() -> None:
    show(
        item(offered("P1M"), offered("P1Y")),
        item(name="No price", sku=("NOPRICE", "1")),
        prices=(asked("5"), asked("50", "P1Y", "Annual"), asked("9", product_id="NOOFFER")),
    )
    assert on_sale() == {"Business Basic": [("P1M", "Monthly", Decimal(5))]}


def test_three_years_are_sold_when_they_are_offered() -> None:
    triennial = offered("P3Y", "Triennial")
    show(item(offered(), triennial), prices=(asked("5"), asked("140", "P3Y", "Triennial")))
    assert ("P3Y", "Triennial", Decimal(140)) in on_sale()["Business Basic"]


def test_what_microsoft_withdraws_ends_and_comes_back_as_a_new_row() -> None:
    show(item(), prices=(asked("5"),))
    show()
    assert on_sale() == {}
    licence = Licence.objects.get()
    assert licence.valid_to is not None
    assert not Plan.objects.filter(valid_to=None).exists()
    show(item(), prices=(asked("5"),))
    assert list(on_sale()) == ["Business Basic"]
    assert Licence.objects.get().pk == licence.pk
    assert (Plan.objects.count(), Price.objects.count()) == (2, 2)


def test_the_same_catalogue_again_writes_no_row() -> None:
    show(item(), prices=(asked("5"),), announced=(asked("6"),))
    before = list(Price.objects.values_list("pk", "valid_from"))
    show(item(), prices=(asked("5.0000"),), announced=(asked("6"),))
    assert list(Price.objects.values_list("pk", "valid_from")) == before


def test_another_price_ends_the_old_one_and_keeps_it() -> None:
    show(item(), prices=(asked("5"),))
    show(item(), prices=(asked("6"),))
    assert on_sale() == {"Business Basic": [("P1M", "Monthly", Decimal(6))]}
    old, new = Price.objects.order_by("pk")
    assert old.valid_to == new.valid_from
    assert new.valid_to is None


def test_next_months_list_announces_only_what_changes() -> None:
    show(
        item(offered(), offered("P1Y")),
        prices=(asked("5"), asked("4", "P1Y")),
        announced=(asked("6", starts_at=NEXT_MONTH), asked("4", "P1Y", starts_at=NEXT_MONTH)),
    )
    coming = Price.objects.announced(after=microsoft_now()).get()
    assert (coming.amount, coming.valid_from) == (6, NEXT_MONTH)
    assert on_sale()["Business Basic"][0][2] == 5  # it counts next month, not today
    show(item(offered(), offered("P1Y")), prices=(asked("6"), asked("4", "P1Y")))
    assert not Price.objects.announced(after=microsoft_now()).exists()


def test_segments_do_not_touch_each_other() -> None:
    show(item(), prices=(asked("5"),))
    show(item(name="Basic for schools"), prices=(asked("1"),), segment="education")
    show(segment="education")
    assert on_sale() == {"Business Basic": [("P1M", "Monthly", Decimal(5))]}
    assert Licence.objects.filter(segment="education", valid_to=None).count() == 0


@pytest.fixture
def fetched(northwind: Reseller, sandbox: Any, run_journal: Run) -> Iterator[Any]:
    wishes.fetch_catalogue(northwind.account, run_journal, anew=True)
    yield sandbox


def test_the_real_synchronisation_reads_every_segment(fetched: Any) -> None:
    assert set(Operation.objects.values_list("state", flat=True)) == {State.DONE}
    segments = set(Licence.objects.values_list("segment", flat=True))
    assert {"commercial", "education"} <= segments
    plan = Plan.objects.filter(licence__product_id=BASIC[0], term="P1Y").first()
    assert plan is not None
    assert plan.refunds == [{"type": "Full", "within": "P1D"}]
    assert "One-Year" in plan.description
    assert Price.objects.current().filter(retail__gt=0).exists()


def test_an_academic_licence_is_not_sold_to_everybody(people: People, fetched: Any) -> None:
    sold = people.api("viewer").get("/api/v1/catalogue", {"page_size": 100}).json()["results"]
    assert {row["segment"] for row in sold} == {"commercial"}


def test_a_price_list_that_breaks_off_changes_nothing(
    northwind: Reseller, fetched: Any, run_journal: Run
) -> None:
    before = on_sale()
    fault = {"path": "pricesheets", "kind": "status", "status": 503, "times": 3}
    fetched.faults.add(Fault.from_json(fault))
    wishes.fetch_catalogue(northwind.account, run_journal)
    assert on_sale() == before
    assert Operation.objects.exclude(state=State.DONE).count() == 0


def test_history_at_the_resellers_prices(people: People, sandbox: Any) -> None:
    show(item(), prices=(asked("5"),))
    show(item(), prices=(asked("6"),), announced=(asked("7", starts_at=NEXT_MONTH),))
    licence = Licence.objects.get()
    people.northwind.account.margin_rules.create(
        value=10, valid_from=microsoft_now().date() - timedelta(days=1)
    )
    told = people.api("viewer").get(f"/api/v1/catalogue/{licence.pk}/prices").json()
    assert [(row["amount"], row["is_announced"]) for row in told] == [
        ("7.7000", True),
        ("6.6000", False),
        ("5.5000", False),
    ]
    assert told[2]["valid_to"] is not None
    stranger = people.api("stranger").get(f"/api/v1/catalogue/{licence.pk}/prices").json()
    assert [row["amount"] for row in stranger] == ["7.0000", "6.0000", "5.0000"]
