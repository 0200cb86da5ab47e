"""Account-wide lists: sorted, filtered, paged; what is not understood is said, never an error."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.clock import microsoft_now
from journal import services as journal
from journal.models import Operation, State
from orders.models import Order
from orders.state import state_of, with_state
from panel.lists.lists import LISTS
from subscriptions.models import Subscription
from tenants.models import Tenant
from tests.panel.lists.conftest import stock
from tests.panel.lists.pages import page_of, rows_of
from tests.people import People

BAKERIES = ["Bakery 000", "Bakery 001", "Bakery 002"]
Shop = list[Subscription]
HELD = ("orders", "services", "subscriptions")
"""Lists that show a row for each of the three services."""


def test_the_menu_leads_to_them(people: People, shop: Shop) -> None:
    home = page_of(people.owner, "/home/")
    for which in set(LISTS) - {"members", "invitations"}:  # in the page of the members
        assert f'href="/{which}/"' in home
    for which in HELD:
        assert len(rows_of(page_of(people.viewer, f"/{which}/"))) == 3


def test_only_what_is_the_accounts_own(people: People, shop: Shop) -> None:
    for which in HELD:
        assert "Bakery 003" not in page_of(people.owner, f"/{which}/")
        theirs = page_of(people.stranger, f"/{which}/")
        assert "Bakery 003" in theirs
        assert "Bakery 00" not in theirs.replace("Bakery 003", "")


def test_the_heads_sort_and_say_how(people: People, shop: Shop) -> None:
    page = page_of(people.viewer, "/services/")
    assert rows_of(page) == BAKERIES
    assert page.count('aria-sort="ascending"') == 1
    assert 'href="?sort=-name"' in page
    turned = page_of(people.viewer, "/services/?sort=-name&page_size=10")
    assert rows_of(turned) == BAKERIES[::-1]
    assert 'aria-sort="descending"' in turned
    assert 'href="?sort=seats&page_size=10"' in turned or "page_size=10&sort=seats" in turned


def test_accents_and_case_do_not_send_a_name_to_the_end(people: People, shop: Shop) -> None:
    names = ["bakery 001", "École", "Zebra"]
    for row, name in zip(
        Tenant.objects.filter(account=people.northwind.account), names, strict=True
    ):
        Tenant.objects.filter(pk=row.pk).update(display_name=name)
    assert rows_of(page_of(people.viewer, "/services/")) == names
    menu = page_of(people.viewer, "/home/").split("<main")[0]
    assert menu.index("bakery 001") < menu.index("École") < menu.index("Zebra")
    found = people.api("viewer").get("/api/v1/tenants").json()["results"]
    assert [row["display_name"] for row in found] == names


@pytest.mark.parametrize("which", HELD)
def test_every_head_sorts_both_ways(people: People, shop: Shop, which: str) -> None:
    for column in LISTS[which].columns:
        if column.sort:
            for sort in (column.name, f"-{column.name}"):
                page = page_of(people.viewer, f"/{which}/?sort={sort}&columns={column.name}")
                assert len(rows_of(page)) == 3
                assert page.count("aria-sort") == 1


def test_services_by_what_they_hold(people: People, shop: Shop) -> None:
    Subscription.objects.filter(pk=shop[1].pk).update(quantity=90)
    Subscription.objects.filter(pk=shop[2].pk).update(status="deleted")
    by_seats = page_of(people.viewer, "/services/?sort=-seats")
    assert rows_of(by_seats) == ["Bakery 001", "Bakery 000", "Bakery 002"]
    by_end = page_of(people.viewer, "/services/?sort=-next_end")
    assert rows_of(by_end) == ["Bakery 001", "Bakery 000", "Bakery 002"]  # none: last


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=bakery+001", ["Bakery 001"]),
        ("search=FOURNIL+002", ["Bakery 002"]),
        ("search=bakery000.onmic", ["Bakery 000"]),
        ("state=suspended", ["Bakery 002"]),
        ("licence=Basic", ["Bakery 000", "Bakery 001"]),
        ("ends_within=1", ["Bakery 000"]),
        ("ends_within=2&search=001", ["Bakery 001"]),
    ],
)
def test_filters_of_services(people: People, shop: Shop, query: str, found: list[str]) -> None:
    Tenant.objects.filter(display_name="Bakery 002").update(state="suspended")
    Subscription.objects.filter(pk=shop[2].pk).update(licence=None)
    page = page_of(people.viewer, f"/services/?{query}")
    assert rows_of(page) == found
    assert "Clear the filters" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=002", ["Exchange"]),
        ("search=exch", ["Exchange"]),
        ("search=00000000-0000-4000-8000-000000000001", ["Teams"]),
        ("state=deleted", ["Teams"]),
        ("licence=Basic&sort=name", ["Basic", "Exchange", "Teams"]),
        ("ends_within=2", ["Basic"]),
        ("outlook=cancel", ["Exchange"]),
        ("outlook=undecided", []),
    ],
)
def test_filters_of_subscriptions(people: People, shop: Shop, query: str, found: list[str]) -> None:
    Subscription.objects.filter(pk=shop[1].pk).update(name="Teams", status="deleted")
    Subscription.objects.filter(pk=shop[2].pk).update(
        name="Exchange", auto_renew=False, end_choice="cancel"
    )
    assert rows_of(page_of(people.viewer, f"/subscriptions/?{query}")) == found


def test_orders_by_state_number_and_kind(people: People, shop: Shop) -> None:
    stuck, done, working = Order.objects.filter(account=people.northwind.account).order_by("pk")
    for order, state in ((stuck, State.ERROR), (working, State.TODO), (done, State.DONE)):
        operation = journal.ask(
            kind="order.checkout", account_id=1, subject=order.key, journey=order.key,
            by=people.user("owner").by,
        )  # fmt: skip
        Operation.objects.filter(pk=operation.pk).update(state=state)
    Order.objects.filter(pk=done.pk).update(kind="more")
    found = {
        query: rows_of(page_of(people.viewer, f"/orders/?{query}"))
        for query in (
            "state=error",
            "state=doing",
            "state=done",
            f"search=%23{done.pk}",
            "kind=more",
        )
    }
    assert found == {
        "state=error": [f"#{stuck.pk}"],
        "state=doing": [f"#{working.pk}"],
        "state=done": [f"#{done.pk}"],
        f"search=%23{done.pk}": [f"#{done.pk}"],
        "kind=more": [f"#{done.pk}"],
    }
    page = page_of(people.manager, "/orders/")
    again = f'href="/orders/{done.pk}/again/"'
    assert again in page and f"Order {done.pk} again" in page and page.count("/again/") == 1
    assert "/again/" not in page_of(people.viewer, "/orders/")
    for order in with_state(Order.objects.all()):
        assert order.state == state_of(order.steps())  # type: ignore[attr-defined]


@pytest.mark.parametrize("which", HELD)
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("sort=weight", "cannot be sorted by “weight”"),
        ("sort=--name", "cannot be sorted by"),
        ("sort=id;drop", "cannot be sorted by"),
        ("state=melted", "“melted” is not known here. This filter is ignored."),
        ("columns=weight", "This list has no column “weight”."),
        ("page_size=7", "Pages of “7” rows are not offered"),
        ("search=%00", "Null characters are not allowed."),
    ],
)
def test_what_is_not_understood_is_said(
    people: People, shop: Shop, which: str, query: str, sentence: str
) -> None:
    page = page_of(people.viewer, f"/{which}/?{query}")
    assert sentence in page
    assert len(rows_of(page)) == 3


@pytest.mark.parametrize(
    "query", ["ends_within=soon", "ends_within=-3", "ends_within=99999999999", "licence=Nope"]
)
def test_days_and_licences_that_are_none(people: People, shop: Shop, query: str) -> None:
    for which in ("services", "subscriptions"):
        page = page_of(people.viewer, f"/{which}/?{query}")
        assert "This filter is ignored." in page
        assert len(rows_of(page)) == 3


@pytest.mark.parametrize(
    "query", ["search=99999999999999999999999", "search=²", "search=%25", "search='--", "page=x"]
)
def test_no_search_breaks_a_list(people: People, shop: Shop, query: str) -> None:
    for which in LISTS:
        page_of(people.owner, f"/{which}/?{query}")


def test_columns_are_chosen(people: People, shop: Shop) -> None:
    address = "/services/?search=bakery&columns=country&columns=seats"
    page = page_of(people.viewer, address)
    heads = page[page.index("<thead>") : page.index("</thead>")]
    assert "Country" in heads
    assert "Licences" in heads
    assert "End customer" not in heads
    assert rows_of(page) == BAKERIES  # the first column names the row
    assert 'data-label="Country"' in page
    assert page_of(people.viewer, "/services/?columns=country,seats").count('scope="col"') == 3


def test_pages_keep_the_filters(people: People, shop: Shop) -> None:
    stock(people.northwind, 20)
    page = page_of(people.viewer, "/services/?page_size=10&sort=-name&search=bakery&page=2")
    assert "11–20 of 23" in page
    assert "23 rows" in page
    assert rows_of(page)[0] == "Bakery 013"
    assert "sort=-name&search=bakery&page=3#list" in page


def test_nothing_yet_and_nothing_found_say_what_to_do(people: People) -> None:
    for which, title in (
        ("services", "No service yet."),
        ("subscriptions", "No subscription yet."),
        ("orders", "No order yet."),
    ):
        assert title in page_of(people.viewer, f"/{which}/")
        assert "/orders/new/" not in page_of(people.viewer, f"/{which}/")
        assert "/orders/new/" in page_of(people.manager, f"/{which}/")
        assert "Nothing matches" in page_of(people.viewer, f"/{which}/?search=nothing")


def test_a_term_that_ended_is_not_next(people: People, shop: Shop) -> None:
    Subscription.objects.filter(pk=shop[0].pk).update(
        commitment_ends_at=microsoft_now() - timedelta(days=2)
    )
    page = page_of(people.viewer, "/services/?ends_within=30")
    assert rows_of(page) == BAKERIES[1:]


@pytest.mark.parametrize("which", HELD)
def test_as_many_queries_for_sixty_rows_as_for_three(
    people: People, shop: Shop, which: str
) -> None:
    def queries() -> int:
        address = f"/{which}/?page_size=100&search=a&state={STATES[which]}"
        page_of(people.viewer, address)
        with CaptureQueriesContext(connection) as captured:
            number = len(rows_of(page_of(people.viewer, address)))
        numbers.append(number)
        return len(captured)

    numbers: list[int] = []
    few = queries()
    stock(people.northwind, 57)
    assert queries() == few <= 12
    assert numbers == [3, 60]


STATES = {"services": "ok", "subscriptions": "active", "orders": "done"}
