"""Answers that get lost on the way: the same request again finds what was done, once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from common.errors import Busy, Misconfigured, OutcomeUnknown
from partnercenter import requests
from partnercenter.request import Request
from partnercenter.rest import RestPartnerCenter
from sandbox.app import create_app
from sandbox.world import World
from tests.contracts.partner_center.ground import ADDRESS, new_id
from tests.sandbox_fixture import MICROSOFT, ORIGIN

CUSTOMER = requests.create_customer(
    domain="lost-answers.onmicrosoft.com",
    company_name="Lost Answers",
    email="zoe@contoso-bakery.example",
    address=ADDRESS,
    culture="fr-FR",
    language="fr",
    associated_partner_id="aaaaaaaa-0000-4000-8000-000004847383",
)


class Sandbox:
    """The sandbox in this process, a client of it, and its control."""

    def __init__(self) -> None:
        world = World()
        world.delays.update(dict.fromkeys(world.delays, 0.0))
        transport = httpx.WSGITransport(app=create_app(world))
        self.control = httpx.Client(transport=transport, base_url=f"{ORIGIN}/_sandbox/")
        self.client = RestPartnerCenter(
            transport=transport,
            **MICROSOFT,
            authority=ORIGIN,
            partner_center=ORIGIN,
            graph=f"{ORIGIN}/v1.0",
            prices=ORIGIN,
        )

    def post(self, where: str, **body: Any) -> None:
        self.control.post(where, json=body).raise_for_status()

    def customers(self) -> list[str]:
        kept = self.control.get("state").json()["customers"]
        return [customer["domain"] for customer in kept]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.control.close()
    made.client.close()


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop_after"},
        {"kind": "drop_before"},
        {"kind": "html"},
        {"kind": "status", "status": 500, "after": True},
        {"kind": "status", "status": 503},
    ],
    ids=lambda fault: "-".join(map(str, fault.values())),
)
def test_a_customer_whose_answer_was_lost_is_created_once(
    sandbox: Sandbox, fault: dict[str, Any]
) -> None:
    before = sandbox.customers()
    fault = {"service": "partnercenter", "method": "POST", "path": "/customers$", **fault}
    sandbox.post("faults", **fault)
    request_id = new_id()
    with pytest.raises(OutcomeUnknown):
        sandbox.client.create_customer(CUSTOMER, request_id=request_id)
    stored = Request.from_json(CUSTOMER.to_json())
    created = sandbox.client.create_customer(stored, request_id=request_id)
    assert created.password
    assert sandbox.customers() == [*before, "lost-answers.onmicrosoft.com"]


def test_throttling_is_not_an_unknown_outcome(sandbox: Sandbox) -> None:
    fault = {"service": "partnercenter", "kind": "throttle", "retry_after": 7}
    sandbox.post("faults", method="POST", path="/customers$", **fault)
    with pytest.raises(Busy) as raised:
        sandbox.client.create_customer(CUSTOMER, request_id=new_id())
    assert raised.value.retry_after == 7
    assert "lost-answers.onmicrosoft.com" not in sandbox.customers()


def test_a_login_that_breaks_leaves_nothing_unknown(sandbox: Sandbox) -> None:
    sandbox.post("faults", service="login", method="POST", path=".*", kind="drop_after")
    with pytest.raises(Busy):
        sandbox.client.create_customer(CUSTOMER, request_id=new_id())
    assert sandbox.client.create_customer(CUSTOMER, request_id=new_id()).password


def test_a_wrong_secret_is_the_operators_matter(sandbox: Sandbox) -> None:
    options = {**MICROSOFT, "client_secret": "forgotten"}
    client = RestPartnerCenter(
        transport=sandbox.control._transport, **options, authority=ORIGIN, partner_center=ORIGIN
    )
    with pytest.raises(Misconfigured) as raised:
        client.own_profile()
    assert raised.value.code == "AADSTS7000215"


def test_the_turned_clock_is_noticed(sandbox: Sandbox) -> None:
    sandbox.client.own_profile()
    assert abs(sandbox.client.clock_offset) < timedelta(seconds=5)
    sandbox.post("clock", advance="P8D")
    sandbox.client.own_profile()
    assert abs(sandbox.client.clock_offset - timedelta(days=8)) < timedelta(seconds=5)
