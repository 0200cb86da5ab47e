"""Saved views: what a person asks of a list, kept under a name, for that person alone."""

from html import unescape

import pytest

from accounts import personal_data
from accounts.models import Membership, SavedView
from accounts.services.saved_views import MOST
from journal.people import PORTAL
from subscriptions.models import Subscription
from tests.panel.lists.pages import page_of, rows_of
from tests.people import People

Shop = list[Subscription]
WORTH = "/services/?search=001&sort=-seats&columns=seats&page=1"


def save(people: People, name: str, address: str = WORTH, who: str = "viewer") -> str:
    answer = people.client(who).post(address, {"name": name}, follow=True)
    return unescape(answer.content.decode())


def test_saved_opened_and_deleted(people: People, shop: Shop) -> None:
    page = save(people, "Small ones")
    assert "The view “Small ones” is saved." in page
    view = SavedView.objects.get()
    assert view.query == "sort=-seats&columns=seats&search=001"
    assert f'href="/services/?{view.query}" aria-current="page"' in page
    assert "Small ones" in page_of(people.viewer, "/services/")
    assert "Small ones" not in page_of(people.viewer, "/orders/")
    assert rows_of(page_of(people.viewer, f"/services/?{view.query}")) == ["Bakery 001"]
    gone = people.viewer.post(f"/views/{view.pk}/delete/", follow=True)
    assert "The view “Small ones” is deleted." in unescape(gone.content.decode())
    assert gone.redirect_chain == [("/services/", 302)]
    assert not SavedView.objects.exists()


def test_for_one_person_alone(people: People, shop: Shop) -> None:
    save(people, "Mine")
    view = SavedView.objects.get()
    for other in ("owner", "stranger"):
        assert "Mine" not in page_of(people.client(other), "/services/")
        assert people.client(other).post(f"/views/{view.pk}/delete/").status_code == 404
    assert SavedView.objects.exists()


def test_in_one_account_alone(people: People, shop: Shop) -> None:
    Membership.objects.create(
        account=people.fabrikam.account, user=people.user("viewer"), role="viewer"
    )
    save(people, "Mine")
    people.viewer.post("/account/switch/", {"account": people.fabrikam.account.pk})
    assert "Bakery 003" in page_of(people.viewer, "/services/")
    assert "Mine" not in page_of(people.viewer, "/services/")


def test_the_same_name_replaces(people: People, shop: Shop) -> None:
    save(people, "Mine")
    save(people, "Mine", "/services/?state=ok")
    assert SavedView.objects.get().query == "state=ok"


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_name_that_is_none_is_said_beside_it(people: People, shop: Shop, name: str) -> None:
    answer = people.viewer.post(WORTH, {"name": name})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'class="card" id="save" open' in page
    assert f'value="{name.strip()}"' in page or not name.strip()
    assert rows_of(page) == ["Bakery 001"]  # nothing of the view is lost
    assert not SavedView.objects.exists()


def test_no_more_than_the_page_can_show(people: People, shop: Shop) -> None:
    for number in range(MOST):
        save(people, f"View {number}")
    assert "Delete one first." in save(people, "One more")
    assert "is saved." in save(people, "View 3", "/services/?state=ok")
    assert SavedView.objects.count() == MOST


def test_too_long_to_be_kept(people: People, shop: Shop) -> None:
    address = "/services/?columns=" + ",".join(["seats"] * 200)
    assert "too long to be saved" in save(people, "Long", address)


def test_it_is_personal_data(people: People, shop: Shop) -> None:
    save(people, "Mine")
    person = people.user("viewer")
    assert personal_data.export(person=person)["saved_views"] == [
        {"list": "services", "name": "Mine", "query": "sort=-seats&columns=seats&search=001"}
    ]
    personal_data.erase(person=person, by=PORTAL)
    assert not SavedView.objects.exists()
