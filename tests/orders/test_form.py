"""The order form in a browser: wrong input is told beside its field, and nothing is written."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from journal.models import Operation
from orders.models import Order
from orders.remote import checks
from sandbox.faults import Fault
from subscriptions.models import Licence, Price
from tenants.models import Tenant
from tests.orders import wishes
from tests.orders.page_form import error_beside, fields_of
from tests.people import People
from tests.sandbox_fixture import LiveSandbox

Run = Callable[..., int]
NEW = "/orders/new/"
BASIC = "Microsoft 365 Business Basic"


@pytest.fixture
def shop(people: People, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch) -> People:
    """Northwind with the catalogue fetched; mail is taken everywhere but at nomail.example."""
    wishes.fetch_catalogue(people.northwind.account, run_journal)
    monkeypatch.setattr(checks.resolver, "accepts_mail", lambda domain: domain != "nomail.example")
    return people


@pytest.fixture
def basic(shop: People) -> Licence:
    return wishes.licence(shop.northwind.account, BASIC)


def typed(browser: Client, basic: Licence, **changes: str) -> dict[str, str]:
    """The form as it comes, filled in as the story needs it."""
    page = fields_of(browser.get(NEW).content.decode())
    contact = {name: wishes.CONTACT[name] for name in wishes.CONTACT}
    agreement = {
        "agreement_first_name": "Claire",
        "agreement_last_name": "Dubois",
        "agreement_email": "office@contoso-bakery.example",
        "agreed": "on",
    }
    filled = {**page, **contact, **agreement, f"quantity_{basic.pk}": "3", **changes}
    return {name: value for name, value in filled.items() if value != "UNTICKED"}


def nothing_is_written(world: Any) -> bool:
    rows = [Order.objects.exists(), Tenant.objects.exists(), world.table("customers")]
    return not any(rows) and not Operation.objects.exclude(kind="catalogue.sync").exists()


BAD = [
    ({"own_subdomain": "on", "subdomain": "contoso"}, "subdomain", "already taken"),
    ({"own_subdomain": "on", "subdomain": "admin"}, "subdomain", "reserved"),
    ({"own_subdomain": "on", "subdomain": "my-bakery"}, "subdomain", "2 to 27 letters"),
    ({"own_subdomain": "on", "subdomain": "9lives"}, "subdomain", "2 to 27 letters"),
    ({"own_subdomain": "on", "subdomain": "b" * 28}, "subdomain", "2 to 27 letters"),
    ({"own_subdomain": "on", "subdomain": " "}, "subdomain", "Enter the sub-domain"),
    ({"email": "office@nomail.example"}, "email", "does not receive mail"),
    ({"email": "office"}, "email", "valid email"),
    ({"email": "office@microsoft.com"}, "email", "microsoft.com"),
    ({"address": "1 nowhere street"}, "address", "Microsoft refuses this address"),
    ({"postal_code": "ABC"}, "address", "Microsoft refuses this address"),
    (
        {"country": "GB", "city": "London", "postal_code": "SW1A 1AA"},
        "country",
        "Microsoft charges GBP in this country; your account orders in EUR.",
    ),
    ({"company": ""}, "company", "required"),
    ({"agreed": "UNTICKED"}, "agreed", "without this agreement"),
    ({"agreement_first_name": ""}, "agreement_first_name", "required"),
    ({"agreed_date": "2999-01-01"}, "agreed_date", "future"),
    ({"agreed_date": "yesterday"}, "agreed_date", "valid date"),
    ({"partner_id": "0"}, "partner_id", "one of your MPN IDs"),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD)
def test_wrong_input_is_told_beside_its_field(
    shop: People,
    basic: Licence,
    sandbox: Any,
    changes: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    sent = typed(shop.manager, basic, **changes)
    for step in ("review", "order"):
        answer = shop.manager.post(NEW, {**sent, "step": step})
        html = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in error_beside(html, field)
        assert f'href="#id_{field}"' in html
        assert still_there(html, sent)
    assert nothing_is_written(sandbox)


def still_there(html: str, sent: dict[str, str]) -> bool:
    """Everything that was typed stands in the form (a partner who does not exist cannot)."""
    kept = fields_of(html)
    left = {"csrfmiddlewaretoken", "partner_id"}
    assert {n: kept.get(n) for n in sent if n not in left} == {
        n: value for n, value in sent.items() if n not in left
    }
    return True


@pytest.mark.parametrize(
    ("quantity", "sentence"),
    [
        ("-1", "greater than or equal to 0"),
        ("1.5", "whole number"),
        ("many", "whole number"),
        ("1000000000", "less than or equal to 300"),
        ("301", "less than or equal to 300"),
    ],
)
def test_a_wrong_quantity_is_told_beside_its_licence(
    shop: People, basic: Licence, sandbox: Any, quantity: str, sentence: str
) -> None:
    sent = typed(shop.manager, basic, **{f"quantity_{basic.pk}": quantity})
    answer = shop.manager.post(NEW, {**sent, "step": "order"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in error_beside(html, f"quantity_{basic.pk}")
    assert still_there(html, sent)
    assert nothing_is_written(sandbox)


@pytest.mark.parametrize("quantity", ["0", ""])
def test_without_any_licence_nothing_is_ordered(
    shop: People, basic: Licence, sandbox: Any, quantity: str
) -> None:
    sent = typed(shop.manager, basic, **{f"quantity_{basic.pk}": quantity})
    answer = shop.manager.post(NEW, {**sent, "step": "order"})
    assert answer.status_code == 422
    assert "Choose at least one licence." in answer.content.decode()
    assert nothing_is_written(sandbox)


def test_a_quantity_without_a_term_is_told(shop: People, basic: Licence, sandbox: Any) -> None:
    sent = typed(shop.manager, basic, **{f"plan_{basic.pk}": ""})
    answer = shop.manager.post(NEW, {**sent, "step": "order"})
    assert "Choose a term." in error_beside(answer.content.decode(), f"plan_{basic.pk}")
    assert nothing_is_written(sandbox)


def test_over_the_spend_limit(shop: People, basic: Licence, sandbox: Any) -> None:
    account = shop.northwind.account
    account.spend_limit = Decimal("10")
    account.save()
    sent = typed(shop.manager, basic)
    answer = shop.manager.post(NEW, {**sent, "step": "review"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "exceeds the spend limit of 10.00 EUR" in html
    assert still_there(html, sent)
    assert nothing_is_written(sandbox)


def test_a_price_that_changed_since_is_told_and_the_new_one_shown(
    shop: People, basic: Licence, sandbox: Any
) -> None:
    plan = f"plan_{basic.pk}"
    year = next(v for v in plans_of(basic) if v.startswith("P1Y|Monthly|"))
    sent = typed(shop.manager, basic, **{plan: year})
    Price.objects.filter(licence=basic, term="P1Y", billing_cycle="Monthly").update(amount=99)
    answer = shop.manager.post(NEW, {**sent, "step": "order"})
    html = answer.content.decode()
    assert answer.status_code == 422
    said = error_beside(html, f"quantity_{basic.pk}")
    assert "€4.70" in said
    assert "€99.00" in said
    shown = fields_of(html)
    assert shown[plan] == "P1Y|Monthly|99"  # the same term, at the price of today
    assert nothing_is_written(sandbox)

    assert shop.manager.post(NEW, {**shown, "step": "order"}).status_code == 302


def plans_of(licence: Licence) -> list[str]:
    return [f"{p.term}|{p.billing_cycle}|{p.amount.normalize():f}" for p in licence.prices.all()]


def test_a_licence_that_is_withdrawn_is_not_dropped_in_silence(
    shop: People, basic: Licence, sandbox: Any
) -> None:
    standard = wishes.licence(shop.northwind.account, "Microsoft 365 Business Standard")
    sent = typed(shop.manager, basic, **{f"quantity_{standard.pk}": "2"})
    standard.prices.all().delete()
    answer = shop.manager.post(NEW, {**sent, "step": "order"})
    assert answer.status_code == 422
    assert "no longer sold" in answer.content.decode()
    assert nothing_is_written(sandbox)


def test_an_add_on_needs_its_base(shop: People, basic: Licence, sandbox: Any) -> None:
    rows = Licence.objects.filter(is_addon=True, prices__currency="EUR")
    addon = next(row for row in rows if row.prerequisites)
    changes = {f"quantity_{basic.pk}": "0", f"quantity_{addon.pk}": "1"}
    sent = typed(shop.manager, basic, **changes)
    answer = shop.manager.post(NEW, {**sent, "step": "order"})
    html = answer.content.decode()
    assert "needs its base licence" in error_beside(html, f"quantity_{addon.pk}")
    assert nothing_is_written(sandbox)


def test_a_double_click_is_one_order(shop: People, basic: Licence) -> None:
    sent = {**typed(shop.manager, basic), "step": "order"}
    first = shop.manager.post(NEW, sent)
    again = shop.manager.post(NEW, sent)
    order = Order.objects.get()
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"] == f"/orders/{order.pk}/"
    assert Tenant.objects.count() == 1


def test_the_same_form_changed_after_its_order_is_not_dropped_in_silence(
    shop: People, basic: Licence
) -> None:
    sent = {**typed(shop.manager, basic), "step": "order"}
    shop.manager.post(NEW, sent)
    answer = shop.manager.post(NEW, {**sent, "company": "Contoso Garage"})
    assert answer.status_code == 422
    assert f"order {Order.objects.get().pk} already" in answer.content.decode()


def test_the_happy_way(shop: People, basic: Licence, sandbox: Any, run_journal: Run) -> None:
    browser = shop.manager
    sent = typed(browser, basic, own_subdomain="on", subdomain="CrumbsAndMore")
    review = browser.post(NEW, {**sent, "step": "review"})
    html = unescape(review.content.decode())
    assert review.status_code == 200
    price = wishes.price(basic).amount
    for shown in (
        "crumbsandmore.onmicrosoft.com", "Contoso Bakery", "4847383", "12 rue de la Paix",
        "office@contoso-bakery.example", "Claire Dubois", BASIC, f"€{price * 3:.2f}",
    ):  # fmt: skip
        assert shown in html
    assert nothing_is_written(sandbox)

    reviewed = fields_of(html)
    back = fields_of(browser.post(NEW, {**reviewed, "step": "edit"}).content.decode())
    assert still_there_but(back, sent, subdomain="crumbsandmore")

    placed = browser.post(NEW, {**reviewed, "step": "order"})
    order = Order.objects.get()
    assert placed.headers["Location"] == f"/orders/{order.pk}/"
    assert order.tenant.service_name == "crumbsandmore.onmicrosoft.com"
    assert order.placed_by == "manager@northwind.example"
    assert browser.get(placed.headers["Location"]).status_code == 200
    run_journal(skip_pauses=True)
    assert [row["quantity"] for row in sandbox.table("subscriptions").values()] == [3]


def still_there_but(back: dict[str, str], sent: dict[str, str], **changed: str) -> bool:
    left = {"csrfmiddlewaretoken", *changed}
    assert {n: v for n, v in back.items() if n not in left} == {
        n: v for n, v in sent.items() if n not in left
    }
    return all(back[name] == value for name, value in changed.items())


def test_without_a_wish_for_a_name_a_free_one_is_made_from_the_company(
    shop: People, basic: Licence
) -> None:
    sent = typed(shop.manager, basic, company="Contoso")  # contoso is taken at Microsoft
    review = shop.manager.post(NEW, {**sent, "step": "review"}).content.decode()
    assert "contoso2.onmicrosoft.com" in review

    edited = {**fields_of(review), "company": "Wingtip Toys", "step": "review"}
    assert "wingtiptoys.onmicrosoft.com" in shop.manager.post(NEW, edited).content.decode()


def test_a_made_name_that_is_taken_meanwhile_is_told_where_it_is_seen(
    shop: People, basic: Licence, sandbox: Any
) -> None:
    sent = typed(shop.manager, basic)
    reviewed = fields_of(shop.manager.post(NEW, {**sent, "step": "review"}).content.decode())
    reviewed["subdomain"] = "contoso"
    answer = shop.manager.post(NEW, {**reviewed, "step": "order"})
    assert answer.status_code == 422
    assert "already taken" in error_beside(answer.content.decode(), "own_subdomain")
    assert nothing_is_written(sandbox)


def test_when_nobody_can_tell_the_order_goes_on(
    shop: People, basic: Licence, sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks.resolver, "accepts_mail", lambda _domain: None)
    sandbox.faults.add(
        Fault.from_json({"kind": "status", "status": 503, "path": "/v1/", "times": -1})
    )
    sent = typed(shop.manager, basic, own_subdomain="on", subdomain="contoso")
    for field in ("subdomain", "address", "email"):
        live = shop.manager.post(f"/orders/check/{field}/", sent).content.decode()
        assert "tone-good" not in live
        assert "cannot tell" in live or "not checked" in live
    assert shop.manager.post(NEW, {**sent, "step": "review"}).status_code == 200
    assert shop.manager.post(NEW, {**sent, "step": "order"}).status_code == 302
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "values", "sentence"),
    [
        ("subdomain", {"subdomain": "crumbs"}, "crumbs.onmicrosoft.com is free"),
        ("subdomain", {"subdomain": "Contoso.onmicrosoft.com"}, "already taken"),
        ("subdomain", {}, "2 to 27 letters"),
        ("email", {"email": "office@contoso-bakery.example"}, "receives mail"),
        ("email", {"email": "office@nomail.example"}, "does not receive mail"),
        ("email", {"email": "office@"}, "valid email"),
        ("email", {"email": "office@a..example"}, "valid email"),
        ("address", wishes.CONTACT, "Microsoft knows this address"),
        ("address", {**wishes.CONTACT, "address": "1 nowhere"}, "Microsoft refuses"),
        ("address", {}, "Microsoft refuses"),
        ("suggestion", {"company": "Contoso"}, "contoso2.onmicrosoft.com"),
    ],
)
def test_live_checks(shop: People, field: str, values: dict[str, str], sentence: str) -> None:
    answer = shop.manager.post(f"/orders/check/{field}/", values)
    assert answer.status_code == 200
    assert sentence in unescape(answer.content.decode())


def test_a_field_without_a_live_check_is_not_there(shop: People) -> None:
    assert shop.manager.post("/orders/check/phone/", {}).status_code == 404


def test_an_agreement_of_today_is_accepted(shop: People, basic: Licence) -> None:
    sent = typed(shop.manager, basic, agreed_date=str(localdate()))
    assert shop.manager.post(NEW, {**sent, "step": "review"}).status_code == 200
    later = typed(shop.manager, basic, agreed_date=str(localdate() + timedelta(days=2)))
    assert shop.manager.post(NEW, {**later, "step": "review"}).status_code == 422


def test_an_mpn_id_that_is_no_longer_valid_is_not_offered(shop: People, basic: Licence) -> None:
    sent = typed(shop.manager, basic)
    shop.northwind.partner_id.judge("refused", code="900414", text="Suspended.")
    answer = shop.manager.post(NEW, {**sent, "step": "order"})
    assert answer.status_code == 422
    assert "one of your MPN IDs" in error_beside(answer.content.decode(), "partner_id")
    assert "Every order needs a valid MPN (Partner) ID" in answer.content.decode()


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("office@nomail.example", "nomail.example does not receive mail (no MX, no address)"),
        ("office@contoso-bakery.example", "contoso-bakery.example receives mail"),
        ("office@nowhere-at-all.example", "does not receive mail"),
    ],
)
def test_the_dns_itself_is_asked_whether_mail_arrives(
    people: People, live_sandbox: LiveSandbox, email: str, sentence: str
) -> None:
    answer = people.manager.post("/orders/check/email/", {"email": email})
    assert sentence in unescape(answer.content.decode())
