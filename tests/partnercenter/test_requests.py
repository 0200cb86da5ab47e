"""What is sent: the same bytes for the same wish, whole resources, secrets only in the body."""

import json
from datetime import UTC, datetime
from typing import Any

from partnercenter import requests
from partnercenter.request import Request
from partnercenter.types import Address, WantedLine
from tests.partnercenter.microsoft import CUSTOMER

ADDRESS = Address(
    line1="1 rue de la Paix",
    city="Paris",
    postal_code="75002",
    country="FR",
    first_name="Zoé",
    last_name="Martin",
    phone="+33100000000",
)


def customer() -> Request:
    return requests.create_customer(
        domain="boulangerie.onmicrosoft.com",
        company_name="Boulangerie Zoé",
        email="zoe@boulangerie.example",
        address=ADDRESS,
        culture="fr-FR",
        language="fr",
        associated_partner_id="aaaaaaaa-0000-4000-8000-000004847383",
    )


def body(request: Request) -> dict[str, Any]:
    return dict(json.loads(request.body))


def test_a_stored_request_is_the_same_request() -> None:
    request = customer()
    assert request == customer()
    stored = json.loads(json.dumps(request.to_json()))
    assert Request.from_json(stored) == request


def test_a_request_stored_by_another_version_is_still_read() -> None:
    stored = {**customer().to_json(), "later_invention": True}
    assert Request.from_json(stored) == customer()


def test_a_customer_is_created_for_a_reseller() -> None:
    sent = body(customer())
    assert sent["companyProfile"] == {"domain": "boulangerie.onmicrosoft.com"}
    assert sent["billingProfile"]["defaultAddress"]["country"] == "FR"
    assert sent["associatedPartnerId"].endswith("4847383")


def test_the_reseller_stands_on_every_line() -> None:
    line = WantedLine(
        catalog_item_id="P:0001:A",
        quantity=3,
        billing_cycle="Monthly",
        term_duration="P1Y",
        mpn_id="4847383",
    )
    sent = body(requests.create_cart(customer_id=CUSTOMER, lines=[line, line]))["lineItems"]
    assert [item["id"] for item in sent] == [0, 1]
    assert sent[0]["participants"] == [{"key": "transaction_reseller", "value": "4847383"}]
    assert sent[0]["partnerOnRecordAttestationAccepted"] is True
    assert sent[0]["quantity"] == 3


def test_an_agreement_is_dated_in_utc() -> None:
    request = requests.attest_agreement(
        customer_id=CUSTOMER,
        template_id="t",
        agreed_at=datetime(2024, 5, 1, 12, 30, tzinfo=UTC),
        first_name="Zoé",
        last_name="Martin",
        email="zoe@boulangerie.example",
    )
    assert body(request)["dateAgreed"] == "2024-05-01T12:30:00.000Z"
    assert "phoneNumber" not in body(request)["primaryContact"]


def test_a_change_sends_the_whole_resource_back() -> None:
    resource = {
        "id": "s1",
        "quantity": 5,
        "autoRenewEnabled": True,
        "novelty": {"kept": [1, 2]},
        "attributes": {"objectType": "Subscription"},
    }
    request = requests.change_seats(customer_id=CUSTOMER, resource=resource, quantity=8)
    assert body(request) == {**resource, "quantity": 8}
    assert resource["quantity"] == 5
    assert request.path.endswith("/subscriptions/s1")


def test_the_end_of_a_term_is_said_explicitly() -> None:
    resource = {"id": "s1", "autoRenewEnabled": True}
    sent = body(requests.choose_renewal(customer_id=CUSTOMER, resource=resource, choice="cancel"))
    assert sent["autoRenewEnabled"] is False
    assert sent["scheduledActions"] == [{"scheduleType": "TermEnd", "actionType": "Cancel"}]


def test_a_password_does_not_show_in_the_text_of_a_request() -> None:
    request = requests.reset_password(customer_id=CUSTOMER, user_id="u", password="Secret-1")
    assert "Secret-1" not in repr(request)
    assert body(request)["passwordProfile"] == {
        "password": "Secret-1",
        "forceChangePassword": True,
    }
