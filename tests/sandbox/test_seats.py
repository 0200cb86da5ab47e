"""Subscriptions: what a PATCH changes, and until when."""

from typing import Any

import pytest

from tests.sandbox.caller import BASIC, PHONE, Caller, code, read
from tests.sandbox.test_charges import at_noon_of, bought


@pytest.fixture
def path(provider: Caller) -> str:
    """A subscription of five seats, for a year, billed monthly."""
    customer = provider.ready_customer()
    order = provider.buy(customer, provider.line(BASIC, 5))
    found = provider.get(f"{customer}/orders/{order['id']}")
    return f"{customer}/subscriptions/{found['lineItems'][0]['subscriptionId']}"


def change(provider: Caller, path: str, **members: Any) -> Any:
    return provider.call("PATCH", path, {**provider.get(path), **members})


def advance(provider: Caller, step: str) -> None:
    provider.http.post("/_sandbox/clock", json={"advance": step})


def test_more_seats_at_any_time_fewer_only_while_refundable(provider: Caller, path: str) -> None:
    advance(provider, "P6D")
    assert read(change(provider, path, quantity=8))["quantity"] == 8
    advance(provider, "P2D")
    left = provider.get(path)["refundableQuantity"]
    assert [batch["quantity"] for batch in left["details"]] == [3]
    assert code(change(provider, path, quantity=4)) == (400, 800090)
    assert read(change(provider, path, quantity=6))["refundableQuantity"]["totalQuantity"] == 1
    advance(provider, "P6D")
    assert code(change(provider, path, quantity=5)) == (400, 800090)


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [(0, (400, 2002)), (-1, (400, 2002)), (301, (403, 800067)), (1.5, (400, 800002))],
)
def test_impossible_seats(
    provider: Caller, path: str, quantity: Any, expected: tuple[int, int]
) -> None:
    assert code(change(provider, path, quantity=quantity)) == expected
    assert provider.get(path)["quantity"] == 5


def test_what_is_left_out_is_reset(provider: Caller, path: str) -> None:
    assert provider.get(path)["autoRenewEnabled"]
    answer = read(provider.call("PATCH", path, {"friendlyName": "Desks"}))
    assert (answer["friendlyName"], answer["autoRenewEnabled"]) == ("Desks", False)
    assert answer["quantity"] == 5


def test_cancelling_is_possible_for_seven_days(provider: Caller, path: str) -> None:
    advance(provider, "P8D")
    assert code(change(provider, path, status="deleted")) == (400, 900117)
    assert provider.get(path)["status"] == "active"


def test_a_cancelled_subscription_stays_so(provider: Caller, path: str) -> None:
    gone = read(change(provider, path, status="deleted"))
    assert (gone["status"], gone["autoRenewEnabled"]) == ("deleted", False)
    assert code(change(provider, path, quantity=9)) == (400, 2011)


def test_a_suspended_one_is_only_reactivated(provider: Caller, path: str) -> None:
    stopped = read(change(provider, path, status="suspended"))
    assert (stopped["status"], stopped["autoRenewEnabled"]) == ("suspended", False)
    assert stopped["refundableQuantity"] is None
    assert code(change(provider, path, quantity=9)) == (400, 2001)
    assert code(change(provider, path, friendlyName="Other")) == (400, 800091)
    assert read(change(provider, path, status="active"))["status"] == "active"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"termDuration": "P1M"}, 800122),
        ({"termDuration": "P2Y"}, 800121),
        ({"termDuration": "P3Y"}, 900269),
        ({"billingCycle": "triennial"}, 900270),
        ({"billingCycle": "weekly"}, 2004),
        ({"partnerId": "4847384"}, 800098),
    ],
)
def test_plans_that_are_not_sold_and_partners_are_not_patched(
    provider: Caller, path: str, members: dict[str, Any], expected: int
) -> None:
    assert code(change(provider, path, **members)) == (400, expected)


def test_a_year_renews_with_a_new_window(provider: Caller, path: str) -> None:
    before = provider.get(path)
    advance(provider, "P366D")
    after = provider.get(path)
    assert after["commitmentEndDate"][:4] > before["commitmentEndDate"][:4]
    assert after["status"] == "active"
    advance(provider, "P8D")
    assert code(change(provider, path, status="deleted")) == (400, 900117)


def test_an_explicit_end_ends_and_fades(provider: Caller, path: str) -> None:
    stop = {"scheduleType": "TermEnd", "actionType": "Cancel"}
    assert (
        change(provider, path, autoRenewEnabled=False, scheduledActions=[stop]).status_code == 200
    )
    seen = []
    for step in ("P366D", "P31D", "P91D"):
        advance(provider, step)
        seen.append(provider.get(path)["status"])
    assert seen == ["expired", "disabled", "deleted"]


def test_a_bare_end_goes_on_month_by_month(provider: Caller, path: str) -> None:
    change(provider, path, autoRenewEnabled=False)
    advance(provider, "P366D")
    found = provider.get(path)
    assert (found["status"], found["termDuration"]) == ("active", "P1M")
    assert read(change(provider, path, status="deleted"))["status"] == "deleted"


def test_a_scheduled_change_is_made_at_renewal_and_lost_by_another(
    provider: Caller, path: str
) -> None:
    after = {"quantity": 2}
    scheduled = read(change(provider, path, scheduledNextTermInstructions=after))
    assert scheduled["scheduledNextTermInstructions"] == after
    advance(provider, "P366D")
    assert provider.get(path)["quantity"] == 2
    change(provider, path, scheduledNextTermInstructions=after)
    assert "scheduledNextTermInstructions" not in read(change(provider, path, quantity=9))
    refused = change(provider, path, autoRenewEnabled=False, scheduledNextTermInstructions=after)
    assert refused.status_code == 400


def test_a_slow_update_answers_202_and_shows_later(provider: Caller, path: str) -> None:
    provider.world.set_delays({"subscription_update": 60})
    answer = change(provider, path, quantity=9)
    assert (answer.status_code, answer.get_data()) == (202, b"")
    assert "/v1" + answer.headers["Location"] == path
    assert provider.get(path)["quantity"] == 5
    assert code(change(provider, path, quantity=7)) == (409, 800082)
    with provider.world.change():
        row = provider.world.table("subscriptions")[path.rpartition("/")[2]]
        row["pending"]["at"] = provider.world.real_now().isoformat()
    assert provider.get(path)["quantity"] == 9


def test_a_trial_cannot_be_changed_and_turns_into_a_year(provider: Caller) -> None:
    customer = provider.ready_customer()
    line = provider.line("CFQ7TTC0LCHC:0003", 25, "P1M")
    provider.buy(customer, line)
    (trial,) = provider.get(f"{customer}/subscriptions")["items"]
    path = f"{customer}/subscriptions/{trial['id']}"
    assert trial["isTrial"]
    assert trial["scheduledNextTermInstructions"]["product"]["termDuration"] == "P1Y"
    assert code(change(provider, path, quantity=26)) == (400, 800107)
    again = read(provider.call("POST", f"{customer}/carts", {"lineItems": [line]}))
    assert again["lineItems"][0]["error"]["errorCode"] == 10002
    advance(provider, "P32D")
    found = provider.get(path)
    assert (found["isTrial"], found["termDuration"], found["quantity"]) == (False, "P1Y", 25)


def test_seats_are_counted_per_licence_and_add_ons_listed(provider: Caller, path: str) -> None:
    customer = path.partition("/subscriptions")[0]
    provider.buy(customer, provider.line(PHONE, 2))
    counted = provider.get(f"{customer}/subscribedskus")["items"]
    assert [(s["productSku"]["skuPartNumber"], s["activeUnits"]) for s in counted] == [
        ("O365_BUSINESS_ESSENTIALS", 5),
        ("MCOEV", 2),
    ]
    addons = provider.get(f"{path}/addons")["items"]
    assert [each["offerName"] for each in addons] == ["Microsoft Teams Phone Standard"]
    assert provider.get(f"{path}/provisioningstatus")["status"] == "success"


def test_a_renewal_takes_its_time(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider)
    provider.world.set_delays({"renewal": 13 * 3600})
    advance(provider, "P366D")
    before = provider.get(path)
    assert (before["commitmentEndDate"], before["status"]) == ("2028-03-04T00:00:00Z", "active")
    assert code(change(provider, path, quantity=12)) == (409, 900278)
    advance(provider, "PT2H")
    assert read(change(provider, path, quantity=12))["commitmentEndDate"][:10] == "2029-03-04"


def test_a_subscription_has_a_limited_number_of_updates(provider: Caller, path: str) -> None:
    with provider.world.change():
        row = provider.world.table("subscriptions")[path.rpartition("/")[2]]
        row["updates"] = 1199
    assert change(provider, path, friendlyName="Last").status_code == 200
    assert code(change(provider, path, friendlyName="More")) == (400, 900311)


def test_a_bare_stop_shows_the_extension_after_a_day(provider: Caller, path: str) -> None:
    assert "scheduledActions" not in read(change(provider, path, autoRenewEnabled=False))
    advance(provider, "PT25H")
    (action,) = provider.get(path)["scheduledActions"]
    assert action == {"scheduleType": "TermEnd", "actionType": "RenewToExtendedServiceTerm"}
    stop = {"scheduleType": "TermEnd", "actionType": "Cancel"}
    change(provider, path, scheduledActions=[stop])
    assert "scheduledActions" not in read(change(provider, path, quantity=6))
    assert code(change(provider, path, autoRenewEnabled=True, scheduledActions=[stop]))[0] == 400


def test_the_extended_term_is_left_for_a_new_one(provider: Caller, path: str) -> None:
    change(provider, path, autoRenewEnabled=False)
    advance(provider, "P380D")
    renew = {"scheduleType": "TermEnd", "actionType": "RenewToNewTerm"}
    back = change(provider, path, autoRenewEnabled=True, scheduledActions=[renew])
    assert back.status_code == 200, back.get_data()
    advance(provider, "P31D")
    found = provider.get(path)
    assert (found["termDuration"], found["autoRenewEnabled"]) == ("P1Y", True)


def test_the_extended_term_ends_on_a_chosen_day(provider: Caller) -> None:
    at_noon_of(provider, 2027, 3, 5)
    path = bought(provider)
    day = {"scheduleType": "CustomDate", "effectiveDate": "2028-03-20T00:00:00Z"}
    cancel = {**day, "actionType": "Cancel"}
    early = change(provider, path, autoRenewEnabled=False, scheduledActions=[cancel])
    assert code(early) == (400, 800002)
    change(provider, path, autoRenewEnabled=False)
    advance(provider, "P370D")
    assert change(provider, path, scheduledActions=[cancel]).status_code == 200
    advance(provider, "P30D")
    assert provider.get(path)["status"] == "deleted"


def test_partner_and_plan_change_with_the_next_term(provider: Caller, path: str) -> None:
    product, sku = BASIC.split(":")
    plan = {"productId": product, "skuId": sku, "billingCycle": "Annual", "termDuration": "P1Y"}
    after = {"product": plan, "quantity": 3, "partnerIdOnRecord": "4847384"}
    bad = {**after, "partnerIdOnRecord": "5550004"}
    assert code(change(provider, path, scheduledNextTermInstructions=bad)) == (400, 900154)
    wrong = {"product": {**plan, "billingCycle": "Triennial"}}
    assert code(change(provider, path, scheduledNextTermInstructions=wrong)) == (400, 900270)
    many = {**after, "quantity": 301}
    assert code(change(provider, path, scheduledNextTermInstructions=many)) == (400, 900275)
    assert change(provider, path, scheduledNextTermInstructions=after).status_code == 200
    advance(provider, "P366D")
    found = provider.get(path)
    assert (found["billingCycle"], found["quantity"]) == ("annual", 3)
    assert found["partnerId"] == "4847384"


def test_a_trial_may_go_on_with_fewer_seats_or_end(provider: Caller) -> None:
    paths = []
    for name in ("bakery", "garage"):
        customer = provider.ready_customer(name)
        provider.buy(customer, provider.line("CFQ7TTC0LCHC:0003", 25, "P1M"))
        (trial,) = provider.get(f"{customer}/subscriptions")["items"]
        paths.append(f"{customer}/subscriptions/{trial['id']}")
    first, second = paths
    fewer = {
        "quantity": 4,
        "product": provider.get(first)["scheduledNextTermInstructions"]["product"],
    }
    assert change(provider, first, scheduledNextTermInstructions=fewer).status_code == 200
    assert change(provider, second, autoRenewEnabled=False).status_code == 200
    advance(provider, "P32D")
    kept, ended = provider.get(first), provider.get(second)
    assert (kept["isTrial"], kept["quantity"], kept["status"]) == (False, 4, "active")
    assert ended["status"] == "expired"
