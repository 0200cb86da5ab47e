"""What Microsoft's services and those in between do to an answer on its way."""

import gzip
import zlib
from decimal import Decimal

import httpx
import pytest

from common.errors import Busy, OutcomeUnknown, Refused, Stale
from partnercenter import requests
from tests.partnercenter.microsoft import BOM, CUSTOMER, Microsoft, ok, refused

RESOURCE = {"id": "s", "quantity": 1, "autoRenewEnabled": True}
SEATS = requests.change_seats(customer_id=CUSTOMER, resource=RESOURCE, quantity=2)
PRICES = b'{"id":"c","lineItems":[{"id":0,"pricing":{"price":17.219999999999999}}]}'


@pytest.mark.parametrize(
    ("encoding", "squeeze"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
@pytest.mark.parametrize("mark", [b"", BOM])
def test_a_compressed_answer_is_read(encoding: str, squeeze: object, mark: bytes) -> None:
    assert callable(squeeze)
    body = squeeze(mark + b'{"mpnId":"4847383"}')
    told = httpx.Response(200, content=body, headers={"Content-Encoding": encoding})
    microsoft = Microsoft(told)
    assert microsoft.client().own_profile().mpn_id == "4847383"
    assert "gzip" in microsoft.asked[0].headers["Accept-Encoding"]


def test_an_answer_that_does_not_decompress_says_nothing() -> None:
    told = Microsoft(
        lambda _: httpx.Response(200, content=b"x", headers={"Content-Encoding": "gzip"})
    )
    with pytest.raises(OutcomeUnknown):
        told.client().change_subscription(SEATS, request_id="a")


def test_doubled_headers_are_read_once() -> None:
    told = ok({}, **{"MS-RequestId": "g,g", "X-Locale": "en-US,en-US"})
    assert Microsoft(told).client().send(SEATS, request_id="a").request_id == "g"


def test_amounts_keep_the_digits_of_the_wire() -> None:
    told = httpx.Response(200, content=PRICES)
    cart = Microsoft(told).client().cart(customer_id=CUSTOMER, cart_id="c")
    pricing = cart.lines[0].pricing
    assert pricing is not None
    assert pricing.price == Decimal("17.219999999999999")
    assert str(cart.members["lineItems"][0]["pricing"]["price"]) == "17.219999999999999"


@pytest.mark.parametrize(
    "told",
    [
        refused(400, 2055, "Etag is no longer valid"),
        httpx.Response(412),
        httpx.Response(412, json={"error": {"code": "preconditionFailed", "message": "no"}}),
        refused(412, 412),
    ],
)
def test_an_older_version_is_told_apart(told: httpx.Response) -> None:
    with pytest.raises(Stale) as raised:
        Microsoft(told).client().change_subscription(SEATS, request_id="a")
    assert "meanwhile" in raised.value.message
    assert raised.value.code


@pytest.mark.parametrize("code", [800082, 900278])
def test_a_race_is_tried_again_with_the_same_request(code: int) -> None:
    with pytest.raises(Busy):
        Microsoft(refused(409, code)).client().change_subscription(SEATS, request_id="a")


def test_another_conflict_is_a_refusal() -> None:
    with pytest.raises(Refused):
        Microsoft(refused(409, 27009)).client().change_subscription(SEATS, request_id="a")


def test_an_accepted_change_is_polled_where_it_was_said() -> None:
    where = "/customers/c/subscriptions/s"
    pending = httpx.Response(202, headers={"Location": where})
    microsoft = Microsoft(pending, httpx.Response(202, headers={"Location": where}), ok(RESOURCE))
    client = microsoft.client()
    change = client.change_subscription(SEATS, request_id="a")
    for is_pending in (True, False):
        change = client.subscription_change(
            location=change.location, customer_id=CUSTOMER, subscription_id="s"
        )
        assert change.is_pending is is_pending
    assert [request.url.path for request in microsoft.asked[1:]] == [f"/v1{where}"] * 2


@pytest.mark.parametrize("body", [b"", b" ", BOM, b"<html>", b'{"id":', b"null", b"[]", b'"id"'])
def test_a_success_without_its_object_says_nothing(body: bytes) -> None:
    request = requests.create_cart(customer_id=CUSTOMER, lines=[])
    with pytest.raises(OutcomeUnknown):
        Microsoft(httpx.Response(201, content=body)).client().create_cart(request, request_id="a")
    with pytest.raises(Busy):
        Microsoft(httpx.Response(200, content=body)).client().own_profile()
