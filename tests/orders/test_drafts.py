"""What is typed of an order survives a reload, an ended session and a closed browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from orders.models import Draft, Order
from orders.remote import checks
from orders.services import drafts
from tests.orders import wishes
from tests.orders.page_form import fields_of
from tests.people import PASSWORD, People

Run = Callable[..., int]
NEW, KEEP, FORGET = "/orders/new/", "/orders/draft/", "/orders/draft/forget/"


@pytest.fixture
def shop(people: People, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch) -> People:
    wishes.fetch_catalogue(people.northwind.account, run_journal)
    monkeypatch.setattr(checks.resolver, "accepts_mail", lambda domain: True)
    return people


def typed(browser: Client, shop: People) -> dict[str, str]:
    """The form as it comes, filled in."""
    basic = wishes.licence(shop.northwind.account, "Microsoft 365 Business Basic")
    page = fields_of(browser.get(NEW).content.decode())
    agreement = {
        "agreement_first_name": "Claire",
        "agreement_last_name": "Dubois",
        "agreement_email": "office@contoso-bakery.example",
        "agreed": "on",
    }
    return {**page, **wishes.CONTACT, **agreement, f"quantity_{basic.pk}": "3"}


def test_a_half_typed_order_is_found_again_and_goes_with_its_order(shop: People) -> None:
    sent = typed(shop.manager, shop)
    half = {**sent, "company": "Contoso", "email": "not yet"}
    kept = shop.manager.post(KEEP, half)
    assert b"Draft kept" in kept.content
    shop.manager.post(KEEP, half)  # somebody types on
    assert Draft.objects.count() == 1

    again = Client()  # another browser, another day
    again.force_login(shop.user("manager"))
    html = again.get(NEW).content.decode()
    assert "Draft kept" in html
    assert 'aria-invalid="true"' not in html  # nobody has said that it is finished
    found = fields_of(html)
    assert {name: found.get(name) for name in half} == {**half, "csrfmiddlewaretoken": ANY}
    for other in ("owner", "stranger"):
        page = shop.client(other).get(NEW).content.decode()
        assert "Draft kept" not in page
        assert "not yet" not in page

    sealed = _as_stored()
    assert sealed and b"Dubois" not in sealed

    ordered = {**sent, "step": "order"}
    assert shop.manager.post(NEW, ordered).status_code == 302
    assert not Draft.objects.exists()
    late = shop.manager.post(KEEP, sent)  # the page was still open elsewhere
    assert b"Draft kept" not in late.content
    assert not Draft.objects.exists()

    twice = shop.manager.post(NEW, ordered, follow=True)
    assert "This order was placed already" in twice.content.decode()
    assert Order.objects.count() == 1


class _Any:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


ANY = _Any()


def _as_stored() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM orders_draft")
        return bytes(cursor.fetchone()[0])


def test_after_an_ended_session_the_person_finds_what_was_kept(shop: People) -> None:
    sent = typed(shop.manager, shop)
    shop.manager.post(NEW, {**sent, "step": "review"})  # without a script each step keeps it
    shop.manager.session.flush()
    page = {"Referer": f"http://testserver{NEW}"}  # as a browser says it
    lost = shop.manager.post(NEW, {**sent, "step": "order"}, headers=page)
    assert lost.status_code == 302
    assert lost.headers["Location"].startswith("/sign-in/login/")
    assert not Order.objects.exists()

    credentials = {"login": shop.user("manager").email, "password": PASSWORD}
    signed_in = shop.manager.post(lost.headers["Location"], credentials)
    assert signed_in.headers["Location"] == NEW
    found = fields_of(shop.manager.get(NEW).content.decode())
    assert {**sent, "csrfmiddlewaretoken": ""} == {**found, "csrfmiddlewaretoken": ""}


def test_starting_afresh_and_a_month_of_silence_erase_it(shop: People) -> None:
    sent = typed(shop.manager, shop)
    shop.manager.post(KEEP, sent)
    assert shop.manager.post(FORGET).headers["Location"] == NEW
    assert fields_of(shop.manager.get(NEW).content.decode())["company"] == ""

    shop.manager.post(KEEP, sent)
    Draft.objects.update(updated_at=now() - timedelta(days=29))
    assert drafts.apply_retention() == 0
    Draft.objects.update(updated_at=now() - timedelta(days=31))
    assert drafts.apply_retention() == 1


@pytest.mark.parametrize("who", ["viewer", "operator"])
def test_who_may_not_order_keeps_nothing(people: People, who: str) -> None:
    assert people.client(who).post(KEEP, {"company": "Contoso"}).status_code == 403
    assert not Draft.objects.exists()
