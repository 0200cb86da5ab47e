"""Writes about the end of a term, upgrades and plans, and what Microsoft tells about them."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from common.errors import Stale
from partnercenter import requests
from partnercenter.request import Request
from partnercenter.types import NextTerm, Renewal, Subscription, WantedLine
from tests.partnercenter.microsoft import CUSTOMER, Microsoft, ok, refused

SUBSCRIPTION = "33333333-0000-4000-8000-000000000003"
WHOLE: dict[str, Any] = {
    "id": SUBSCRIPTION,
    "quantity": 7,
    "autoRenewEnabled": True,
    "attributes": {"objectType": "Subscription"},
}
NEXT = {"product": {"productId": "P", "skuId": "0001", "termDuration": "P3Y"}, "quantity": 5}


def body(request: Request) -> dict[str, Any]:
    return dict(json.loads(request.body))


def action(kind: str, **more: Any) -> dict[str, Any]:
    return {"scheduleType": "TermEnd", "actionType": kind, **more}


def test_a_schedule_replaces_the_choice_that_would_hide_it() -> None:
    resource = {**WHOLE, "autoRenewEnabled": False, "scheduledActions": [action("Cancel")]}
    wanted = NextTerm(
        product_id="P",
        sku_id="0002",
        term_duration="P1Y",
        billing_cycle="Monthly",
        quantity=3,
        custom_end_date=date(2027, 1, 31),
    )
    sent = body(
        requests.schedule_next_term(customer_id=CUSTOMER, resource=resource, next_term=wanted)
    )
    assert sent == {
        **WHOLE,
        "scheduledNextTermInstructions": {
            "product": {
                "productId": "P",
                "skuId": "0002",
                "termDuration": "P1Y",
                "billingCycle": "Monthly",
            },
            "quantity": 3,
            "customTermEndDate": "2027-01-31T00:00:00Z",
        },
    }


def test_seats_alone_can_be_scheduled_for_the_renewal() -> None:
    request = requests.schedule_next_term(
        customer_id=CUSTOMER, resource=WHOLE, next_term=NextTerm(quantity=2)
    )
    assert body(request)["scheduledNextTermInstructions"] == {"product": {}, "quantity": 2}


def test_a_cleared_schedule_keeps_the_choice() -> None:
    scheduled = {**WHOLE, "scheduledNextTermInstructions": NEXT}
    assert body(requests.clear_schedule(customer_id=CUSTOMER, resource=scheduled)) == WHOLE

    stopped = {**WHOLE, "autoRenewEnabled": False, "scheduledActions": [action("Cancel")]}
    assert body(requests.clear_schedule(customer_id=CUSTOMER, resource=stopped)) == stopped

    upgrade = action("Transition", instructions=NEXT)
    renewed = {**WHOLE, "scheduledActions": [action("RenewToNewTerm", instructions=NEXT), upgrade]}
    sent = body(requests.clear_schedule(customer_id=CUSTOMER, resource=renewed))
    assert sent["scheduledActions"] == [action("RenewToNewTerm")]


@pytest.mark.parametrize(
    ("choice", "written"),
    [
        ("renew", action("RenewToNewTerm", instructions=NEXT)),
        ("cancel", action("Cancel")),
        ("extend", action("RenewToExtendedServiceTerm")),
    ],
)
def test_a_choice_is_the_only_word_about_the_end(choice: Renewal, written: Any) -> None:
    resource = {**WHOLE, "scheduledNextTermInstructions": NEXT}
    sent = body(requests.choose_renewal(customer_id=CUSTOMER, resource=resource, choice=choice))
    assert sent["scheduledActions"] == [written]
    assert sent["autoRenewEnabled"] is (choice == "renew")
    assert "scheduledNextTermInstructions" not in sent


@pytest.mark.parametrize(
    ("told", "choice"),
    [
        ({"autoRenewEnabled": True}, "renew"),
        ({"autoRenewEnabled": False}, ""),
        ({"scheduledActions": [action("Cancel")]}, "cancel"),
        ({"scheduledActions": [{"scheduledType": "termEnd", "actionType": "Cancel"}]}, "cancel"),
        ({"scheduledActions": [action("RenewToExtendedServiceTerm")]}, "extend"),
        ({"autoRenewEnabled": True, "scheduledActions": [action("Transition")]}, "renew"),
        ({"scheduledActions": [{"scheduleType": "CustomDate", "actionType": "Cancel"}]}, ""),
        ({"scheduledActions": [action("SomethingNew")]}, ""),
        ({"scheduledActions": None}, ""),
    ],
)
def test_the_choice_is_read_and_never_guessed(told: dict[str, Any], choice: str) -> None:
    assert Subscription.parse({"id": SUBSCRIPTION, **told}).end_choice == choice


def test_plans_and_partners_change_the_whole_resource() -> None:
    plan = requests.change_plan(
        customer_id=CUSTOMER, resource=WHOLE, term="P3Y", billing_cycle="Triennial"
    )
    assert body(plan) == {**WHOLE, "termDuration": "P3Y", "billingCycle": "Triennial"}
    partner = requests.set_partner_of_record(customer_id=CUSTOMER, resource=WHOLE, mpn_id="4847383")
    assert body(partner) == {**WHOLE, "partnerId": "4847383"}


def test_an_upgrade_names_both_sides() -> None:
    request = requests.transition(
        customer_id=CUSTOMER,
        subscription_id=SUBSCRIPTION,
        from_catalog_item_id="P:0001:A",
        to_catalog_item_id="Q:0001:B",
        quantity=2,
        term="P1Y",
        billing_cycle="Monthly",
        transition_type="transition_only",
    )
    microsoft = Microsoft(
        ok({**body(request), "Events": [{"name": "Conversion", "status": "Started "}]})
    )
    upgrade = microsoft.client().transition(request, request_id="a")
    assert microsoft.asked[0].url.path.endswith(f"/subscriptions/{SUBSCRIPTION}/transitions")
    assert upgrade.from_subscription_id == SUBSCRIPTION
    assert (upgrade.status, upgrade.to_subscription_id) == ("started", "")


def test_an_upgrade_that_is_only_accepted_has_no_status_yet() -> None:
    request = Request(method="POST", path="/v1/customers/c/subscriptions/s/transitions", body=b"{}")
    accepted = Microsoft(ok(None, 202, Location="/customers/c/subscriptions/s"))
    assert accepted.client().transition(request, request_id="a").status == ""


def test_lines_carry_add_ons_dates_and_declarations() -> None:
    addon = WantedLine(
        catalog_item_id="Q:0001:B", quantity=1, billing_cycle="Monthly", term_duration="P1Y"
    )
    base = WantedLine(
        catalog_item_id="P:0001:A",
        quantity=1,
        billing_cycle="Monthly",
        term_duration="P1Y",
        custom_term_end_date=date(2027, 1, 31),
        renews_to="P3Y",
        addon_items=(addon,),
        attestation_accepted=True,
    )
    sent = body(requests.update_cart(customer_id=CUSTOMER, cart_id="c", lines=[base, addon]))
    first, second = sent["lineItems"]
    assert sent["id"] == "c"
    assert (first["id"], first["addonItems"][0]["id"], second["id"]) == (0, 1, 2)
    assert first["customTermEndDate"] == "2027-01-31T00:00:00Z"
    assert first["renewsTo"] == {"termDuration": "P3Y"}
    assert first["attestationAccepted"] is True
    assert "attestationAccepted" not in second


def test_a_billing_profile_is_sent_back_whole_with_its_version() -> None:
    told = {
        "id": "x",
        "email": "old@a.example",
        "defaultAddress": {"country": "FR", "city": "Lyon", "middleName": "K."},
        "attributes": {"etag": "-42", "objectType": "CustomerBillingProfile"},
    }
    microsoft = Microsoft(ok(told), refused(400, 2055), refused(412, 412))
    client = microsoft.client()
    profile = client.billing_profile(customer_id=CUSTOMER)
    request = requests.update_billing_profile(customer_id=CUSTOMER, profile=profile)
    for _ in range(2):
        with pytest.raises(Stale):
            client.update_billing_profile(request, request_id="a")
    assert microsoft.asked[1].headers["If-Match"] == '"-42"'
    sent = body(request)
    assert sent["id"] == "x"
    assert sent["attributes"]["etag"] == "-42"
    assert sent["defaultAddress"]["middleName"] == "K."


def test_gdap_is_extended_by_its_version_and_ended_by_a_request() -> None:
    extend = requests.extend_gdap(gdap_id="g", etag='W/"abc"')
    microsoft = Microsoft(ok({"id": "g", "autoExtendDuration": "P180D"}), ok({}, 201))
    client = microsoft.client()
    assert client.extend_gdap(extend, request_id="a").auto_extend == "P180D"
    client.terminate_gdap(requests.terminate_gdap(gdap_id="g"), request_id="b")
    first, second = microsoft.asked
    assert (first.method, first.headers["If-Match"]) == ("PATCH", 'W/"abc"')
    assert json.loads(second.content) == {"action": "terminate"}


def test_audit_records_are_those_since_the_moment() -> None:
    early, late = "2026-03-01T08:00:00Z", "2026-03-01T12:00:00.1234567Z"
    item = {
        "id": "r",
        "customerId": CUSTOMER.upper(),
        "userPrincipalName": "admin@provider.example",
        "operationType": "update_subscription",
        "resourceNewValue": '{"Id":"S","Quantity":9,"Price":0.1}',
        "resourceOldValue": "{cut off",
    }
    page = {"items": [{**item, "operationDate": early}, {**item, "operationDate": late}]}
    microsoft = Microsoft(ok(page))
    since = datetime(2026, 3, 1, 9, tzinfo=UTC)
    found = list(microsoft.client().audit_records(since=since, resource_type="Subscription"))
    asked = microsoft.asked[0].url.params
    assert asked["startDate"] == "2026-03-01"
    assert json.loads(asked["filter"]) == {
        "Field": "ResourceType",
        "Value": "Subscription",
        "Operator": "equals",
    }
    (record,) = found
    assert record.customer_id == CUSTOMER
    assert record.after is not None
    assert record.after["quantity"] == 9
    assert record.before is None


def test_a_page_may_be_continued_by_a_header_alone() -> None:
    first = ok({"items": [{"allowedCustomTermEndDateType": "calendarMonthAligned"}]})
    first.headers["MS-ContinuationToken"] = "AAAB"
    second = ok({"items": [{"allowedCustomTermEndDateType": "subscriptionAligned"}]})
    microsoft = Microsoft(first, second)
    found = microsoft.client().custom_term_end_dates(customer_id=CUSTOMER, term="P1Y")
    assert [each.kind for each in found] == ["calendarMonthAligned", "subscriptionAligned"]
    again = microsoft.asked[1]
    assert again.headers["MS-ContinuationToken"] == "AAAB"
    assert dict(again.url.params) == {"term_duration": "P1Y", "seekOperation": "Next"}
