"""Upgrades: whole and in part, into new and existing subscriptions."""

from typing import Any

import pytest

from tests.sandbox.caller import BASIC, EXCHANGE, Caller, code, read
from tests.sandbox.test_charges import advance, at_noon_of, bought, change, charges

STANDARD = "CFQ7TTC0LDPB:0001"


@pytest.fixture
def path(provider: Caller) -> str:
    """Ten seats of Business Basic for a year, bought on 5 March 2027."""
    at_noon_of(provider, 2027, 3, 5)
    return bought(provider)


def body(provider: Caller, path: str, quantity: int = 10, **members: Any) -> dict[str, Any]:
    """An upgrade to Business Standard."""
    term = members.get("termDuration", "P1Y")
    return {
        "fromCatalogItemId": provider.get(path)["offerId"],
        "fromSubscriptionId": path.rpartition("/")[2],
        "toCatalogItemId": provider.line(STANDARD, 1, term)["catalogItemId"],
        "quantity": quantity,
        "termDuration": term,
        "billingCycle": "Monthly",
        "transitionType": "transition_only",
        **members,
    }


def upgrade(provider: Caller, path: str, quantity: int = 10, **members: Any) -> Any:
    return provider.call("POST", f"{path}/transitions", body(provider, path, quantity, **members))


def test_what_a_subscription_may_become(provider: Caller, path: str) -> None:
    found = provider.get(f"{path}/transitionEligibilities?eligibilityType=immediate")["items"]
    titles = {item["title"] for item in found}
    assert titles == {"Microsoft 365 Business Standard", "Microsoft 365 Business Premium"}
    assert [each["isEligible"] for each in found[0]["eligibilities"]] == [True, True]
    scheduled = provider.get(f"{path}/transitionEligibilities?eligibilityType=scheduled")
    assert scheduled["totalCount"] == 2 * len(found)
    change(provider, path, status="suspended")
    assert provider.get(f"{path}/transitionEligibilities")["items"] == []


def test_all_seats_become_a_new_subscription_without_a_window(provider: Caller, path: str) -> None:
    advance(provider, "P3D")
    answer = read(upgrade(provider, path))
    assert [event["status"] for event in answer["Events"]] == ["Started"]
    assert provider.get(path)["status"] == "deleted"
    customer = path.partition("/subscriptions")[0]
    new = provider.get(f"{customer}/subscriptions/{answer['toSubscriptionId']}")
    assert (new["offerName"], new["quantity"]) == ("Microsoft 365 Business Standard", 10)
    assert new["commitmentEndDate"] == "2028-03-04T00:00:00Z"
    assert new["refundableQuantity"]["totalQuantity"] == 0
    new_path = f"{customer}/subscriptions/{new['id']}"
    assert code(change(provider, new_path, status="deleted")) == (400, 900117)
    back, on = charges(provider, path)[-2:]
    assert (back["chargeType"], back["subtotal"]) == ("convert", -42.4)  # 4.70 / 31 * 28 = 4.24
    assert (on["chargeType"], on["subtotal"]) == ("convert", 88.7)  # 9.83 / 31 * 28 = 8.87
    events = provider.get(f"{path}/transitions")["transition"][0]["Events"]
    assert [event["status"] for event in events] == ["Started", "Completed"]


def test_a_part_inherits_the_window_of_its_parent(provider: Caller, path: str) -> None:
    advance(provider, "P3D")
    answer = read(upgrade(provider, path, quantity=4))
    left = provider.get(path)
    assert (left["status"], left["quantity"]) == ("active", 6)
    new = provider.get(f"{path.rpartition('/')[0]}/{answer['toSubscriptionId']}")
    assert new["cancellationAllowedUntilDate"] == left["cancellationAllowedUntilDate"]
    assert new["refundableQuantity"]["totalQuantity"] == 4
    assert left["refundableQuantity"]["totalQuantity"] == 6


def test_seats_join_a_subscription_that_ends_later(provider: Caller, path: str) -> None:
    customer = path.partition("/subscriptions")[0]
    advance(provider, "P30D")
    order = provider.buy(customer, provider.line(STANDARD, 2))
    (target,) = provider.get(f"{customer}/subscriptions?order_id={order['id']}")["items"]
    target_path = f"{customer}/subscriptions/{target['id']}"
    (found,) = [
        each
        for item in provider.get(f"{path}/transitionEligibilities")["items"]
        for each in item.get("subscriptionEligibilities", [])
    ]
    assert (found["isEligible"], found["subscriptionId"]) == (True, target["id"])
    after = {"quantity": 3}
    change(provider, target_path, scheduledNextTermInstructions=after)
    assert upgrade(provider, path, toSubscriptionId=target["id"]).status_code == 200
    joined = provider.get(target_path)
    assert (joined["quantity"], joined["refundableQuantity"]["totalQuantity"]) == (12, 2)
    assert "scheduledNextTermInstructions" not in joined


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"quantity": 11}, (400, 900275)),
        ({"quantity": 0}, (400, 900275)),
        ({"quantity": "2"}, (400, 800002)),
        ({"termDuration": "P1M"}, (400, 900267)),
        ({"billingCycle": "Triennial"}, (400, 900270)),
        ({"transitionType": "magic"}, (400, 800002)),
        ({"toCatalogItemId": f"{STANDARD}:CFQ7TTC00000"}, (404, 400019)),
        ({"toSubscriptionId": "nothing"}, (404, 20003)),
    ],
)
def test_transitions_that_are_refused(
    provider: Caller, path: str, members: dict[str, Any], expected: tuple[int, int]
) -> None:
    assert code(upgrade(provider, path, **members)) == expected
    assert provider.get(path)["quantity"] == 10


def test_targets_that_are_refused(provider: Caller, path: str) -> None:
    customer, own = path.partition("/subscriptions")[0], path.rpartition("/")[2]
    assert code(upgrade(provider, path, toSubscriptionId=own)) == (400, 900259)
    ids = {}
    for key, term in ((BASIC, "P1Y"), (STANDARD, "P1Y")):
        order = provider.buy(customer, provider.line(key, 2, term))
        (item,) = provider.get(f"{customer}/subscriptions?order_id={order['id']}")["items"]
        ids[key] = item["id"]
    assert code(upgrade(provider, path, toSubscriptionId=ids[BASIC])) == (400, 900260)
    assert code(upgrade(provider, path, toSubscriptionId=ids[STANDARD])) == (400, 900236)
    change(provider, f"{customer}/subscriptions/{ids[STANDARD]}", status="suspended")
    assert code(upgrade(provider, path, toSubscriptionId=ids[STANDARD])) == (400, 900258)
    exchange = body(provider, path, toCatalogItemId=provider.line(EXCHANGE)["catalogItemId"])
    assert code(provider.call("POST", f"{path}/transitions", exchange)) == (403, 800020)


def test_users_keep_working_when_licences_are_transferred(provider: Caller, path: str) -> None:
    customer = path.partition("/subscriptions")[0]
    provider.grant(customer.rpartition("/")[2], "4d6ac14f-3453-41d0-bef9-a3e0c569773a")
    (admin,) = provider.get(f"{customer}/users")["items"]
    user = f"{customer}/users/{admin['id']}"
    provider.call("PATCH", user, {"usageLocation": "FR"})
    sku = {"skuId": "3b555118-da6a-4418-894f-7df1e2096870"}
    given = provider.call("POST", f"{user}/licenseupdates", {"licensesToAssign": [sku]})
    assert given.status_code == 201, given.get_data()
    transfer = {"transitionType": "transition_with_license_transfer"}
    assert code(upgrade(provider, path, 4, **transfer)) == (400, 800002)
    assert upgrade(provider, path, **transfer).status_code == 200
    (licence,) = provider.get(f"{user}/licenses")["items"]
    assert licence["productSku"]["name"] == "Microsoft 365 Business Standard"


def test_a_transition_can_wait_for_the_end_of_the_term(provider: Caller, path: str) -> None:
    product, sku = STANDARD.split(":")
    instructions = {"product": {"productId": product, "skuId": sku}, "quantity": 12}
    action = {
        "scheduledType": "TermEnd",
        "actionType": "Transition",
        "instructions": instructions,
    }
    shown = read(change(provider, path, scheduledActions=[action]))["scheduledActions"]
    assert [each["scheduleType"] for each in shown] == ["TermEnd"]
    advance(provider, "P366D")
    found = provider.get(path)
    assert (found["offerName"], found["quantity"]) == ("Microsoft 365 Business Standard", 12)
    wrong = {"product": {"productId": EXCHANGE.split(":")[0], "skuId": "0001"}}
    refused = change(provider, path, scheduledActions=[{**action, "instructions": wrong}])
    assert code(refused) == (403, 800020)
