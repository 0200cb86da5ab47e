"""Faults, log of calls, clock, page, reset."""

import time
import uuid
from typing import Any

import pytest

from sandbox.faulty import Dropped
from tests.sandbox.caller import Caller, new_customer, read


def fault(provider: Caller, **members: Any) -> None:
    answer = provider.http.post("/_sandbox/faults", json=members)
    assert answer.status_code == 200, answer.get_data()


def test_throttling_speaks_as_the_gateway(provider: Caller) -> None:
    token = provider.token()
    fault(provider, service="partnercenter", kind="throttle", retry_after=57)
    refused = provider.call("GET", "/v1/customers", token=token)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "57")
    assert read(refused) == {
        "statusCode": 429,
        "message": "Rate limit is exceeded. Try again in 57 seconds.",
    }
    assert provider.call("GET", "/v1/customers").status_code == 200


@pytest.mark.parametrize(
    ("members", "made"),
    [
        ({"kind": "status", "status": 500}, 0),
        ({"kind": "status", "status": 500, "after": True}, 1),
        ({"kind": "html"}, 1),
        ({"kind": "html", "after": False}, 0),
        ({"kind": "slow", "seconds": 0.01}, 1),
    ],
)
def test_a_wrong_answer_with_or_without_the_write(
    provider: Caller, members: dict[str, Any], made: int
) -> None:
    provider.token()
    fault(provider, service="partnercenter", method="POST", path="/customers$", **members)
    provider.call("POST", "/v1/customers", new_customer())
    assert len(provider.world.table("customers")) == made


def test_an_html_page_is_what_a_gateway_sends(provider: Caller) -> None:
    provider.token()
    fault(provider, service="partnercenter", kind="html", status=504)
    answer = provider.call("GET", "/v1/customers")
    assert (answer.status_code, answer.mimetype) == (504, "text/html")


@pytest.mark.parametrize(("kind", "made"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_call_is_done_or_not_and_logged(provider: Caller, kind: str, made: int) -> None:
    provider.token()
    asked = str(uuid.uuid4())
    fault(provider, service="partnercenter", kind=kind, method="post", path="/customers")
    with pytest.raises(Dropped):
        provider.call("POST", "/v1/customers", new_customer(), MS_RequestId=asked)
    assert len(provider.world.table("customers")) == made
    last = provider.http.get("/_sandbox/calls").json[-1]
    assert (last["status"], last["fault"], last["request_id"]) == (0, kind, asked)
    again = provider.call("POST", "/v1/customers", new_customer(), MS_RequestId=asked)
    assert again.status_code == 201
    assert len(provider.world.table("customers")) == 1


def test_faults_are_counted_filtered_and_forgotten(provider: Caller) -> None:
    provider.token()
    fault(provider, service="partnercenter", kind="status", status=503, times=2)
    fault(provider, service="ovh", kind="status", times=-1)
    fault(provider, service="partnercenter", kind="status", probability=0)
    statuses = [provider.call("GET", "/v1/customers").status_code for _ in "123"]
    assert statuses == [503, 503, 200]
    assert len(provider.http.get("/_sandbox/faults").json) == 2
    assert provider.http.delete("/_sandbox/faults").json == []


@pytest.mark.parametrize("body", [{"kind": "nothing"}, {"kind": "status", "x": 1},
                                  {"kind": "status", "path": "("}, []])  # fmt: skip
def test_a_malformed_fault_is_refused(provider: Caller, body: Any) -> None:
    assert provider.http.post("/_sandbox/faults", json=body).status_code == 400


def test_hanging_ends_without_an_answer(provider: Caller) -> None:
    provider.token()
    fault(provider, service="partnercenter", kind="hang", seconds=0.05)
    began = time.monotonic()
    with pytest.raises(Dropped):
        provider.call("GET", "/v1/customers")
    assert time.monotonic() - began >= 0.05


def test_every_call_is_logged_with_its_service(provider: Caller) -> None:
    provider.get("/v1/customers?size=1")
    provider.graph("GET", "/v1.0/domains")
    provider.http.get("/_sandbox/state")
    calls = provider.http.get("/_sandbox/calls").json
    assert [each["service"] for each in calls] == ["login", "partnercenter", "login", "graph"]
    assert (calls[1]["path"], calls[1]["query"]) == ("/v1/customers", "size=1")
    assert provider.http.get(f"/_sandbox/calls?since={calls[2]['n']}").json == calls[3:]


def test_the_clock_is_turned_and_told(provider: Caller) -> None:
    answer = provider.http.post("/_sandbox/clock", json={"advance": "P8D"}).json
    assert answer["offset_seconds"] == 8 * 86400
    assert provider.http.get("/_sandbox/clock").json["offset_seconds"] == 8 * 86400
    assert provider.http.post("/_sandbox/clock", json={"advance": "soon"}).status_code == 400


def test_delays_are_set_one_by_one_or_all(provider: Caller) -> None:
    every = provider.http.post("/_sandbox/delays", json={"all": 0, "gdap_active": 3}).json
    assert every["gdap_active"] == 3
    assert sum(every.values()) == 3
    assert provider.http.post("/_sandbox/delays", json={"all": "x"}).status_code == 400


def test_state_and_page_show_what_happened(provider: Caller) -> None:
    customer = provider.ready_customer()
    provider.buy(customer, provider.line())
    state = provider.http.get("/_sandbox/state").json
    (bought,) = state["subscriptions"]
    assert (bought["quantity"], bought["mpnId"], bought["status"]) == (5, "4847383", "active")
    assert bought["customerId"] == state["customers"][0]["id"] == customer.rpartition("/")[2]
    page = provider.http.get("/")
    assert page.status_code == 200
    assert "bakery.onmicrosoft.com" in page.get_data(as_text=True)


def test_a_message_is_shown_escaped_and_framed(provider: Caller) -> None:
    with provider.world.change():
        provider.world.table("mail")["1"] = {
            "id": "1",
            "at": "2026-01-01T00:00:00",
            "from": "a@portal.example",
            "to": ["b@bakery.example"],
            "subject": "<script>hello",
            "text": "plain",
            "html": '<p class="x">rich</p>',
        }
    assert "&lt;script&gt;hello" in provider.http.get("/").get_data(as_text=True)
    page = provider.http.get("/mail/1").get_data(as_text=True)
    assert "<script>" not in page
    assert "<iframe sandbox" in page
    assert provider.http.get("/mail/2").status_code == 404


def test_reset_brings_the_seeds_back(provider: Caller) -> None:
    provider.customer()
    provider.http.post("/_sandbox/clock", json={"advance": "P8D"})
    fault(provider, kind="status")
    provider.http.post("/_sandbox/reset")
    assert provider.http.get("/_sandbox/state").json["customers"] == []
    assert provider.http.get("/_sandbox/faults").json == []
    assert provider.http.get("/_sandbox/clock").json["offset_seconds"] == 0
    assert len(provider.http.get("/_sandbox/partners").json) == 8
