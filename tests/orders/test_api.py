"""Orders through REST: the same rules as the form, told as problem+json by the path of a field."""

import copy
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from journal.models import Operation
from journal.people import PORTAL
from orders.models import Order, OrderKind
from orders.remote import checks
from sandbox.faults import Fault
from subscriptions.models import Licence
from tenants import compliance
from tenants.models import Tenant, TenantState
from tests.orders import wishes
from tests.people import People

Run = Callable[..., int]
ORDERS = "/api/v1/orders"


@pytest.fixture
def shop(people: People, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch) -> People:
    """Northwind with the catalogue fetched; mail is taken everywhere but at nomail.example."""
    wishes.fetch_catalogue(people.northwind.account, run_journal)
    monkeypatch.setattr(checks.resolver, "accepts_mail", lambda domain: domain != "nomail.example")
    return people


@pytest.fixture
def body(shop: People) -> dict[str, Any]:
    """An order of three seats, as an integrator writes it."""
    basic = wishes.licence(shop.northwind.account, "Microsoft 365 Business Basic")
    return {
        "key": str(uuid.uuid4()),
        "mpn_id": "4847383",
        "contact": dict(wishes.CONTACT),
        "agreement": {
            "first_name": "Claire",
            "last_name": "Dubois",
            "email": "office@contoso-bakery.example",
            "agreed_date": "2026-01-15",
        },
        "lines": [line(basic)],
    }


def line(licence: Licence, **changes: Any) -> dict[str, Any]:
    price = wishes.price(licence)
    of = {"licence": licence.pk, "term": price.term, "billing_cycle": price.billing_cycle}
    return {**of, "quantity": 3, "unit_price": str(price.amount), **changes}


def changed(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The body with another value at `path`; `None` removes it."""
    new: Any = copy.deepcopy(body)
    part, *names = new, *path.split(".")
    for name in names[:-1]:
        part = part[int(name)] if name.isdecimal() else part[name]
    if value is None:
        del part[names[-1]]
    else:
        part[names[-1]] = value
    return dict(new)


def nothing_is_written(world: Any) -> bool:
    rows = [Order.objects.exists(), Tenant.objects.exists(), world.table("customers")]
    return not any(rows) and not Operation.objects.exclude(kind="catalogue.sync").exists()


@pytest.mark.parametrize(
    ("path", "value", "status", "sentence"),
    [
        ("mpn_id", "MPN-1", 422, "5 to 10 digits"),
        ("mpn_id", "9999999", 422, "knows no partner"),
        ("mpn_id", "5550001", 422, "2203"),
        ("mpn_id", "5550002", 422, "another CSP region"),
        ("mpn_id", "5550003", 422, "not registered as an indirect reseller"),
        ("mpn_id", "5550004", 422, "900414"),
        ("mpn_id", "4847384", 422, "Another account of this portal holds this MPN ID"),
        ("mpn_id", "4847385", 422, "Register this MPN ID"),
        ("subdomain", "contoso", 422, "already taken"),
        ("subdomain", "admin", 422, "reserved"),
        ("subdomain", "my bakery", 422, "2 to 27 letters"),
        ("contact.email", "office@nomail.example", 422, "does not receive mail"),
        ("contact.email", "office", 400, "valid email"),
        ("contact.address", "1 nowhere street", 422, "Microsoft refuses this address"),
        ("contact.company", "", 400, "blank"),
        ("contact.country", "France", 400, "pattern"),
        ("agreement", None, 400, "required"),
        ("agreement.first_name", "", 400, "blank"),
        ("agreement.agreed_date", "2999-01-01", 400, "future"),
        ("lines", [], 400, "empty"),
        ("lines.0.quantity", 0, 400, "greater than or equal to 1"),
        ("lines.0.quantity", -1, 400, "greater than or equal to 1"),
        ("lines.0.quantity", 1.5, 400, "valid integer"),
        ("lines.0.quantity", 10**9, 400, "less than or equal to"),
        ("lines.0.quantity", 301, 422, "At most 300 seats"),
        ("lines.0.term", "P9Y", 422, "not sold for this term"),
        ("lines.0.unit_price", "1.00", 422, "The price has changed from €1.00"),
        ("lines.0.unit_price", "NaN", 400, "valid number"),
        ("key", "42", 400, "UUID"),
    ],
)
def test_what_is_wrong_is_told_by_its_path_and_nothing_is_written(
    shop: People,
    body: dict[str, Any],
    sandbox: Any,
    path: str,
    value: Any,
    status: int,
    sentence: str,
) -> None:
    sent = changed(body, path, value)
    answer = shop.api("manager").post(ORDERS, sent, format="json")
    assert answer.status_code == status, answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    place = quantity_of(path) if status == 422 else path
    assert sentence in answer.json()["errors"][place][0]
    assert nothing_is_written(sandbox)


def quantity_of(path: str) -> str:
    """Whatever is wrong with a line is told at its quantity."""
    return "lines.0.quantity" if path.startswith("lines.") else path


def test_all_that_is_wrong_is_told_at_once(shop: People, body: dict[str, Any]) -> None:
    sent = changed(changed(body, "subdomain", "contoso"), "contact.email", "a@nomail.example")
    sent = changed(sent, "lines.0.quantity", 301)
    errors = shop.api("manager").post(ORDERS, sent, format="json").json()["errors"]
    assert set(errors) == {"subdomain", "contact.email", "lines.0.quantity"}


def test_one_licence_twice(shop: People, body: dict[str, Any], sandbox: Any) -> None:
    sent = {**body, "lines": body["lines"] * 2}
    answer = shop.api("manager").post(ORDERS, sent, format="json")
    assert answer.status_code == 422
    assert "listed twice" in answer.json()["errors"]["lines.0.quantity"][0]
    assert nothing_is_written(sandbox)


def test_over_the_spend_limit(shop: People, body: dict[str, Any], sandbox: Any) -> None:
    account = shop.northwind.account
    account.spend_limit = Decimal("10")
    account.save()
    answer = shop.api("manager").post(ORDERS, body, format="json")
    assert answer.status_code == 422
    assert "spend limit" in answer.json()["errors"]["lines"][0]
    assert nothing_is_written(sandbox)


def test_an_unknown_licence(shop: People, body: dict[str, Any], sandbox: Any) -> None:
    sent = changed(body, "lines.0.licence", 999_999)
    answer = shop.api("manager").post(ORDERS, sent, format="json")
    assert "no longer sold" in answer.json()["errors"]["lines.0.quantity"][0]
    assert nothing_is_written(sandbox)


def test_the_same_key_is_the_same_order(shop: People, body: dict[str, Any]) -> None:
    api = shop.api("manager")
    first = api.post(ORDERS, body, format="json")
    again = api.post(ORDERS, body, format="json")
    assert first.status_code == again.status_code == 202
    assert first.json()["id"] == again.json()["id"]
    assert first.headers["Location"] == f"/api/v1/orders/{first.json()['id']}"
    assert Order.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(shop: People, body: dict[str, Any]) -> None:
    api = shop.api("manager")
    api.post(ORDERS, body, format="json")
    answer = api.post(ORDERS, changed(body, "lines.0.quantity", 9), format="json")
    assert answer.status_code == 422
    assert "already" in answer.json()["title"]
    assert Order.objects.count() == 1


def test_when_microsoft_cannot_be_asked_the_order_waits_in_the_journal(
    shop: People, body: dict[str, Any], sandbox: Any
) -> None:
    fault = {"kind": "status", "status": 503, "path": "/v1/", "times": -1}
    sandbox.faults.add(Fault.from_json(fault))
    answer = shop.api("manager").post(ORDERS, body, format="json")
    assert answer.status_code == 202
    assert answer.json()["tenant"] == "contosobakery.onmicrosoft.com"
    assert answer.json()["state"] == "doing"


@pytest.fixture
def tenant(shop: People, body: dict[str, Any], run_journal: Run) -> Tenant:
    shop.api("manager").post(ORDERS, body, format="json")
    run_journal(skip_pauses=True)
    return Tenant.objects.get()


def test_an_order_is_read_with_its_steps(shop: People, tenant: Tenant) -> None:
    order = shop.api("viewer").get(f"/api/v1/orders/{Order.objects.get().pk}").json()
    assert (order["state"], order["kind"], order["tenant"]) == ("done", "new", tenant.service_name)
    assert order["lines"][0]["quantity"] == 3
    assert {step["state"] for step in order["steps"]} == {"done"}


def test_more_licences(
    shop: People, tenant: Tenant, body: dict[str, Any], sandbox: Any, run_journal: Run
) -> None:
    more = {"key": str(uuid.uuid4()), "lines": [{**body["lines"][0], "quantity": 2}]}
    address = f"/api/v1/tenants/{tenant.service_name}/orders"
    api = shop.api("manager")
    placed = api.post(address, more, format="json")
    assert placed.status_code == 202, placed.json()
    assert api.post(address, more, format="json").json()["id"] == placed.json()["id"]
    run_journal(skip_pauses=True)
    assert Order.objects.get(kind=OrderKind.MORE).tenant == tenant
    assert [row["quantity"] for row in sandbox.table("subscriptions").values()] == [3, 2]


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("lines", [], 400),
        ("lines.0.quantity", 0, 400),
        ("lines.0.quantity", 301, 422),
        ("lines.0.unit_price", "0.01", 422),
    ],
)
def test_more_licences_that_cannot_be_had(
    shop: People, tenant: Tenant, body: dict[str, Any], path: str, value: Any, status: int
) -> None:
    more = changed({"key": str(uuid.uuid4()), "lines": body["lines"]}, path, value)
    address = f"/api/v1/tenants/{tenant.service_name}/orders"
    answer = shop.api("manager").post(address, more, format="json")
    assert answer.status_code == status
    assert quantity_of(path) in answer.json()["errors"]
    assert Order.objects.count() == 1


def test_a_suspended_tenant_buys_nothing(
    shop: People, tenant: Tenant, body: dict[str, Any]
) -> None:
    assert compliance.suspend(tenant=tenant, reason="unpaid", by=PORTAL)
    more = {"key": str(uuid.uuid4()), "lines": body["lines"]}
    api = shop.api("manager")
    answer = api.post(f"/api/v1/tenants/{tenant.service_name}/orders", more, format="json")
    assert answer.status_code == 422
    assert "suspended" in answer.json()["title"]
    assert Tenant.objects.get().state == TenantState.SUSPENDED
    assert Order.objects.count() == 1


def test_no_price_waits_for_an_answer(shop: People, tenant: Tenant) -> None:
    order = Order.objects.get()
    answer = shop.api("manager").post(f"/api/v1/orders/{order.pk}/accept-prices", format="json")
    assert answer.status_code == 422


def test_the_list_is_paged_newest_first(shop: People, body: dict[str, Any]) -> None:
    api = shop.api("manager")
    ids = []
    for number in range(3):
        wish = changed(body, "key", str(uuid.UUID(int=number + 1)))
        wish["contact"]["company"] = f"Contoso {number}"
        ids.append(api.post(ORDERS, wish, format="json").json()["id"])
    page = api.get(ORDERS, {"page_size": 2}).json()
    assert page["count"] == 3
    assert [row["id"] for row in page["results"]] == ids[:0:-1]


def test_sentences_in_the_callers_language(shop: People, body: dict[str, Any]) -> None:
    sent = changed(body, "subdomain", "contoso")
    api = shop.api("manager")
    said = api.post(ORDERS, sent, format="json", headers={"accept-language": "fr"}).json()
    assert said["errors"]["subdomain"] == ["Ce nom est déjà pris. Choisissez-en un autre."]
