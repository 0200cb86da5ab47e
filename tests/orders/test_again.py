"""*Order again*: the same licences at today's prices; what cannot be had any more is said."""

from collections.abc import Callable
from typing import Any

from orders import services
from orders.models import Draft
from subscriptions.models import Price
from tests.orders import wishes
from tests.orders.page_form import fields_of
from tests.people import People

Run = Callable[..., int]


def test_the_same_licences_once_more(people: People, sandbox: Any, run_journal: Run) -> None:
    account = people.northwind.account
    wishes.fetch_catalogue(account, run_journal)
    names = [f"Microsoft 365 Business {name}" for name in ("Basic", "Standard", "Premium")]
    basic, standard, premium = (wishes.licence(account, name) for name in names)
    wish = wishes.platform(
        people.northwind.partner_id.pk,
        wishes.line(basic, 3, "P1Y"), wishes.line(standard, 2), wishes.line(premium, 1),
    )  # fmt: skip
    actor = wishes.actor(account, people.user("owner"))
    order = services.order_platform(actor=actor, wish=wish)
    run_journal(skip_pauses=True)
    Price.objects.filter(licence=basic, term="P1Y", billing_cycle="Monthly").update(amount=99)
    standard.prices.filter(term="P1M").delete()
    premium.prices.all().delete()

    address = f"/orders/{order.pk}/again/"
    assert address in people.manager.get(order.get_absolute_url()).text
    page = people.manager.get(address).text
    assert "€99.00" in page
    assert "No longer sold for this term" in page
    assert "No longer sold, or not to this customer" in page
    service = f"/services/{order.tenant.service_name}"
    assert f"{service}/again/" in people.manager.get(f"{service}/").text
    assert "€99.00" in people.manager.get(f"{service}/again/").text
    assert not Draft.objects.exists()

    for target, form in (("new", "/orders/new/"), ("same", f"{service}/subscriptions/new/")):
        begun = people.manager.post(address, {"target": target}, follow=True)
        assert begun.redirect_chain[-1][0] == form
        assert f"{premium.name}: No longer sold" in begun.text
        held = fields_of(begun.text)
        assert held[f"plan_{basic.pk}"] == "P1Y|Monthly|99"
        assert held[f"quantity_{basic.pk}"] == "3"
        assert held[f"quantity_{standard.pk}"] == "0"
    assert "You have begun an order" in people.manager.get(address).text

    review = people.manager.post(form, {**held, "step": "review"}).text
    assert "Renews on" in review and "each month" in review and "Can be given back until" in review
    answer = people.manager.post(form, {**fields_of(review), "step": "order"})
    assert answer.status_code == 302
    assert order.tenant.orders.count() == 2
    assert [draft.tenant for draft in Draft.objects.all()] == [None]
