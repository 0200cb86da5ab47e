"""The page at `/` does what the control API does, without a script."""

from typing import Any

import pytest

from tests.sandbox.caller import Caller


def press(provider: Caller, do: str, **fields: str) -> int:
    answer = provider.http.post("/", data={"do": do, **fields})
    assert answer.headers.get("Location", "/") == "/"
    return answer.status_code


def page(provider: Caller) -> str:
    return provider.http.get("/").get_data(as_text=True)


def test_it_shows_audit_webhooks_faults_and_charges(provider: Caller) -> None:
    provider.buy(provider.ready_customer(), provider.line())
    shown = page(provider)
    for word in ("add_customer", "create_order", "id=charges", "id=webhooks", "id=faults"):
        assert word in shown


def test_the_clock_is_turned(provider: Caller) -> None:
    assert press(provider, "clock", by="P8D") == 303
    assert provider.world.offset.days == 8
    assert press(provider, "clock", by="soon") == 400


def test_a_fault_is_ordered_and_forgotten(provider: Caller) -> None:
    fields = {"service": "graph", "method": "", "path": "/domains", "kind": "html", "times": "2"}
    assert press(provider, "fault", **fields) == 303
    (fault,) = provider.world.faults.listed()
    assert (fault["service"], fault["kind"], fault["times"]) == ("graph", "html", 2)
    assert press(provider, "fault", kind="nonsense") == 400
    press(provider, "no faults")
    assert provider.world.faults.listed() == []


def test_a_customer_accepts_and_approves(provider: Caller) -> None:
    assert press(provider, "accept", domain="existing-bakery") == 303
    assert "Existing Bakery" in page(provider)
    assert press(provider, "accept") == 400
    assert press(provider, "approve", domain="existing-bakery") == 303
    customer = provider.world.table("onmicrosoft")["existing-bakery.onmicrosoft.com"]
    assert list(provider.world.table("consents")) == [customer["customer_id"]]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"forge": "forged"}, {"repeat": 0, "late": 0.0, "forge": "forged", "lose": False}),
        (
            {"repeat": "2", "late": "3", "forge": "expired", "lose": "on"},
            {"repeat": 2, "late": 3.0, "forge": "expired", "lose": True},
        ),
    ],
)
def test_webhooks_misbehave(provider: Caller, fields: dict[str, str], kept: Any) -> None:
    press(provider, "webhooks", **fields)
    assert provider.http.get("/_sandbox/webhooks").json["behaviour"] == kept


def test_tokens_end_delays_go_and_all_begins_again(provider: Caller) -> None:
    press(provider, "revoke")
    assert provider.sign_in()["error_codes"] == [50173]
    provider.world.set_delays({"webhook": 5})
    press(provider, "no delays")
    assert provider.world.delays["webhook"] == 0
    press(provider, "reset")
    assert "access_token" in provider.sign_in()
    assert press(provider, "no such button") == 400
