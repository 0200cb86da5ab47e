"""Microsoft's availability ids change: a stale one is fetched again, once, under a new id."""

from collections.abc import Callable
from typing import Any

import pytest

from journal.models import State
from orders import services
from orders.models import Order
from orders.state import OrderState, state_of
from sandbox.app import create_app
from sandbox.faults import Fault
from sandbox.microsoft import carts
from tests.orders import wishes
from tests.people import Reseller

Run = Callable[..., int]


@pytest.fixture
def order(northwind: Reseller, sandbox: Any, run_journal: Run) -> Order:
    """It hangs before its cart: the answer to the first attempt never came."""
    wishes.fetch_catalogue(northwind.account, run_journal)
    fault = {"method": "POST", "path": "/carts$", "kind": "drop_before"}
    sandbox.faults.add(Fault.from_json(fault))
    actor = wishes.actor(northwind.account, northwind.users["owner"])
    basic = wishes.licence(northwind.account, "Microsoft 365 Business Basic")
    wish = wishes.platform(northwind.partner_id.pk, wishes.line(basic, 3))
    placed = services.order_platform(actor=actor, wish=wish)
    run_journal()
    return placed


def rotate(world: Any) -> None:
    from werkzeug.test import Client

    answer = Client(create_app(world)).post("/_sandbox/availabilities/rotate", json={})
    assert answer.status_code == 200


def sent_carts(world: Any) -> list[dict[str, Any]]:
    return [c for c in world.calls(0) if c["method"] == "POST" and c["path"].endswith("/carts")]


def test_a_stale_availability_is_fetched_again(
    order: Order, sandbox: Any, run_journal: Run
) -> None:
    rotate(sandbox)
    run_journal(skip_pauses=True)
    assert state_of(order.steps()) == OrderState.DONE
    sent = sent_carts(sandbox)
    lost, stale, fresh = (call["request_id"] for call in sent)
    assert lost == stale  # the same bytes, the same id
    assert fresh != stale
    assert len(sandbox.table("orders")) == 1
    assert order.steps().get(kind="order.fill_cart").attempt == 2


def test_it_is_fetched_again_once_only(
    order: Order, sandbox: Any, run_journal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue item that Microsoft's cart never knows ends with a sentence, not in a loop."""
    monkeypatch.setattr(carts, "errors", lambda *_args: [(10001, "not available")])
    run_journal(skip_pauses=True)
    step = order.steps().get(kind="order.fill_cart")
    assert (step.state, step.error_code) == (State.ERROR, "10001")
    assert len(sent_carts(sandbox)) == 3  # the lost one, its repeat, and one with fresh ids
    assert not sandbox.table("orders")
