"""Subscriptions: what a PATCH changes, and until when."""

from typing import Any

import pytest

from tests.sandbox.caller import BASIC, PHONE, Caller, code, read


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
