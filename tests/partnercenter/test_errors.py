"""Whatever goes wrong says who acts next, and a write is never thought undone by mistake."""

import httpx
import pytest

from common.errors import (
    AlreadyDone,
    Busy,
    Misconfigured,
    NotFound,
    OutcomeUnknown,
    Refused,
    RemoteError,
)
from partnercenter import requests
from partnercenter.request import Request
from tests.partnercenter.microsoft import CUSTOMER, Microsoft, ok, refused

CHECKOUT = requests.checkout_cart(customer_id=CUSTOMER, cart_id="c1")
ONE_PAGE = "<html><title>502 Bad Gateway</title></html>"


def write(*answers: object) -> RemoteError:
    """What a checkout raises when Microsoft answers so."""
    with pytest.raises(RemoteError) as raised:
        Microsoft(*answers).client().checkout_cart(CHECKOUT, request_id="r1")
    return raised.value


def read(*answers: object) -> RemoteError:
    """What a question raises when Microsoft answers so."""
    with pytest.raises(RemoteError) as raised:
        Microsoft(*answers).client().customer(customer_id=CUSTOMER)
    return raised.value


UNCLEAR = [
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("cut"),
    httpx.ReadError("reset"),
    ConnectionError("dropped"),
    httpx.Response(500, json={"code": 800094, "description": "failed"}),
    httpx.Response(502, html=ONE_PAGE),
    httpx.Response(503),
    httpx.Response(408),
    httpx.Response(302, headers={"Location": "/login"}),
    httpx.Response(200, html=ONE_PAGE),
    httpx.Response(400, html=ONE_PAGE),
    httpx.Response(400),
    httpx.Response(201, content=b""),
    httpx.Response(201, content=b'\xef\xbb\xbf{"orders":[{"id":'),
    httpx.Response(201, json=[]),
]


@pytest.mark.parametrize("answer", UNCLEAR, ids=repr)
def test_after_no_answer_a_write_is_unknown_and_a_read_is_repeated(answer: object) -> None:
    assert type(write(answer)) is OutcomeUnknown
    assert type(read(answer)) is Busy


@pytest.mark.parametrize(
    "error",
    [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("full")],
)
def test_what_was_never_sent_was_not_done(error: Exception) -> None:
    assert type(write(error)) is Busy


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (refused(400, 800090), Refused, "800090"),
        (refused(400, "800090"), Refused, "800090"),
        (refused(403, 13605), Refused, "13605"),
        (refused(403, 800075), Refused, "800075"),
        (refused(404, 20000), NotFound, "20000"),
        (httpx.Response(404), NotFound, ""),
        (refused(403, 900329), Misconfigured, "900329"),
        (refused(403, 900124), Misconfigured, "900124"),
        (httpx.Response(403), Misconfigured, "403"),
        (refused(409, 800064), Busy, "800064"),
        (refused(409, 900278), Busy, "900278"),
        (refused(409, 27009), Refused, "27009"),
        (refused(400, 800065), AlreadyDone, "800065"),
        (refused(400, 7, isRetryable=True), Busy, "7"),
    ],
)
def test_microsofts_code_decides(answer: object, kind: type[RemoteError], code: str) -> None:
    error = write(answer)
    assert type(error) is kind
    assert error.code == code


def test_the_newer_services_shape_is_understood() -> None:
    body = {
        "code": 600061,
        "message": "exists",
        "description": "exists",
        "errorName": "PartnerConfirmedAgreementAlreadyExists",
        "isRetryable": False,
        "parameters": {},
    }
    error = write(httpx.Response(400, json=body))
    assert type(error) is AlreadyDone
    assert (error.detail, error.code) == ("exists", "600061")


def test_graphs_shape_is_understood() -> None:
    body = {"error": {"code": "Request_BadRequest", "message": "bad", "innerError": {}}}
    error = write(httpx.Response(400, json=body))
    assert (type(error), error.code, error.message) == (Refused, "Request_BadRequest", "bad")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "57"}, 57),
        ({}, 12),
        (
            {
                "Date": "Tue, 21 Jul 2020 04:10:58 GMT",
                "Retry-After": "Tue, 21 Jul 2020 04:11:58 GMT",
            },
            60,
        ),
    ],
)
def test_throttling_names_the_wait(headers: dict[str, str], seconds: int) -> None:
    body = {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 12 seconds."}
    error = write(httpx.Response(429, json=body, headers=headers))
    assert isinstance(error, Busy)
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (refused(400, 800090), "quantity"),
        (refused(400, 600049), "registration_number"),
        (refused(400, 600051), "phone"),
        (refused(400, 27002, data=["property_name:  StateInvalid - Details"]), "state"),
        (refused(400, 2001), ""),
    ],
)
def test_a_refusal_goes_beside_its_field(answer: object, field: str) -> None:
    assert write(answer).field == field


def test_a_malformed_mpn_id_belongs_beside_the_mpn_id() -> None:
    client = Microsoft(refused(400, 2000, "MPN Id must be numeric.")).client()
    with pytest.raises(Refused) as raised:
        client.agreement_status(mpn_id="12a")
    assert (raised.value.code, raised.value.field) == ("2000", "mpn_id")


def test_support_is_told_the_request_id_once() -> None:
    answer = refused(400, 800090)
    answer.headers["MS-RequestId"] = "g-1,g-1"
    assert write(answer).request_id == "g-1"


def test_rights_the_customer_has_not_granted_are_the_customers_matter() -> None:
    request = requests.reset_password(customer_id=CUSTOMER, user_id="u", password="new")
    client = Microsoft(refused(403, 900308)).client()
    with pytest.raises(Refused) as raised:
        client.reset_password(request, request_id="r")
    assert raised.value.field == "gdap"


def test_a_race_in_graph_over_a_name_is_done_already() -> None:
    request = requests.add_domain(customer_id=CUSTOMER, name="contoso.example")
    conflict = httpx.Response(409, json={"error": {"code": "Conflict", "message": "there"}})
    with pytest.raises(AlreadyDone):
        Microsoft(conflict).client().add_domain(request, request_id="r")


@pytest.mark.parametrize(("path", "kind"), [("/users", AlreadyDone), ("", Refused)])
def test_a_conflict_over_a_user_is_done_but_over_a_customer_refused(
    path: str, kind: type[RemoteError]
) -> None:
    request = Request(method="POST", path=f"/v1/customers{path}", body=b"{}")
    with pytest.raises(kind):
        Microsoft(refused(409, 2000)).client().send(request, request_id="r")


def test_a_success_after_trouble_is_a_success() -> None:
    microsoft = Microsoft(httpx.ReadTimeout("slow"), ok({"orders": []}, 201))
    client = microsoft.client()
    with pytest.raises(OutcomeUnknown):
        client.checkout_cart(CHECKOUT, request_id="r1")
    client.checkout_cart(CHECKOUT, request_id="r1")
    first, second = microsoft.asked
    assert first.headers["MS-RequestId"] == second.headers["MS-RequestId"] == "r1"
    assert first.content == second.content
