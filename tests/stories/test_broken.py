"""Whatever breaks: one customer, one order, the right seats, one mail, and a page that is true.

Real Celery workers, real HTTP and SMTP; the sandbox hangs or loses its answers.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.utils.timezone import now

from journal import tasks
from journal.models import Operation, State
from orders import services as orders
from orders.models import Order
from orders.state import OrderState
from subscriptions import services as subscriptions
from subscriptions.models import Subscription
from tests.orders import wishes
from tests.people import People
from tests.sandbox_fixture import MICROSOFT, LiveSandbox
from tests.stories import truth
from tests.stories.house import House, Process, opened

BASIC, STANDARD = "Microsoft 365 Business Basic", "Microsoft 365 Business Standard"
CUSTOMER = {"service": "partnercenter", "method": "POST", "path": "^/v1/customers$"}
CHECKOUT = {"service": "partnercenter", "method": "POST", "path": "/checkout$"}
SEATS = {"service": "partnercenter", "method": "PATCH", "path": "/subscriptions/"}
MAIL = {"service": "smtp", "method": "DATA", "path": wishes.CONTACT["email"]}
PROVIDER = MICROSOFT["tenant_id"]
STEPS = {
    "create customer": CUSTOMER,
    "wait for approval": {"method": "GET", "path": "(?i)/validationstatus"},
    "ask for rights": {"method": "POST", "path": "/delegatedAdminRelationships$"},
    "lock the rights": {"method": "POST", "path": "/delegatedAdminRelationships/.*/requests$"},
    "assign the rights": {"method": "POST", "path": "/accessAssignments$"},
    "look for the consent": {"service": "login", "path": f"^/(?!{PROVIDER})[^/]+/oauth2/"},
    "attest the agreement": {"method": "POST", "path": "/agreements$"},
    "check the MPN ID": {"method": "GET", "path": "/agreementstatus"},
    "fill the cart": {"method": "POST", "path": "/carts$"},
    "checkout": CHECKOUT,
    "wait for the licences": {"method": "GET", "path": "/customers/[^/]+/subscriptions"},
}
LOST = {
    "lost": {"kind": "drop_after"},
    "500 after the write": {"kind": "status", "status": 500, "after": True},
    "a page": {"kind": "html"},
}


@pytest.fixture
def house(shop: People, live_sandbox: LiveSandbox, tmp_path: Path) -> Iterator[House]:
    """Nothing rings from an earlier story."""
    current_app.control.purge()
    with opened(live_sandbox, tmp_path) as one:
        yield one


def place(shop: People) -> Order:
    """Three seats of one licence, two of another."""
    account = shop.northwind.account
    basic, standard = (wishes.licence(account, name) for name in (BASIC, STANDARD))
    wish = wishes.platform(
        shop.northwind.partner_id.pk, wishes.line(basic, 3), wishes.line(standard, 2, "P1Y")
    )
    actor = wishes.actor(account, shop.user("owner"))
    return orders.order_platform(actor=actor, wish=wish)


def follow(
    shop: People, live: LiveSandbox, order: Order, ready: Callable[[], object], seconds: float = 180
) -> None:
    """Watches the order's page until `ready()`; the schedule rings as it always does."""
    latest = time.monotonic() + seconds
    while not ready():
        truth.look(shop.owner, live, order)
        left = Operation.objects.in_progress().values_list("kind", "state", "error_text")
        assert time.monotonic() < latest, list(left)
        tasks.sweep()
        time.sleep(0.3)


def break_it(live: LiveSandbox, call: dict[str, Any], **fault: Any) -> None:
    live.post("faults", {**call, **fault})


def is_broken(live: LiveSandbox) -> bool:
    """The call that was to break has arrived."""
    return not live.get("faults")


def kill_in_the_middle(
    shop: People, live: LiveSandbox, house: House, order: Order, worker: Process
) -> None:
    """Once the call hangs its worker is killed; the operation is left, as its lease would say."""
    follow(shop, live, order, lambda: is_broken(live))
    house.kill(worker)
    assert Operation.objects.filter(state=State.DOING).exists()
    truth.look(shop.owner, live, order)
    lapsed = now() - timedelta(seconds=1)
    Operation.objects.filter(state=State.DOING).update(lease_until=lapsed)


def test_killed_at_checkout_and_answers_lost_around_it(
    shop: People, live_sandbox: LiveSandbox, house: House
) -> None:
    """The short form of the whole matrix below."""
    break_it(live_sandbox, CUSTOMER, kind="drop_after")
    order, worker = place(shop), house.worker()
    follow(shop, live_sandbox, order, lambda: is_broken(live_sandbox))
    break_it(live_sandbox, CHECKOUT, kind="hang", after=True)
    kill_in_the_middle(shop, live_sandbox, house, order, worker)
    assert truth.look(shop.owner, live_sandbox, order) == OrderState.WORKING
    house.worker()
    follow(shop, live_sandbox, order, truth.all_at_rest)
    truth.check_once(live_sandbox, order, [2, 3])

    break_it(live_sandbox, SEATS, kind="html", times=2)
    change_seats(shop, order)
    follow(shop, live_sandbox, order, truth.all_at_rest)
    truth.check_once(live_sandbox, order, [2, 7])


@pytest.mark.full
@pytest.mark.parametrize("is_written", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_in_any_step(
    shop: People, live_sandbox: LiveSandbox, house: House, step: str, is_written: bool
) -> None:
    break_it(live_sandbox, STEPS[step], kind="hang", after=is_written)
    order = place(shop)
    kill_in_the_middle(shop, live_sandbox, house, order, house.worker())
    house.worker()
    follow(shop, live_sandbox, order, truth.all_at_rest)
    truth.check_once(live_sandbox, order, [2, 3])


@pytest.mark.full
def test_a_worker_killed_while_it_mails(
    shop: People, live_sandbox: LiveSandbox, house: House
) -> None:
    break_it(live_sandbox, MAIL, kind="hang")
    order = place(shop)
    kill_in_the_middle(shop, live_sandbox, house, order, house.worker())
    house.worker()
    follow(shop, live_sandbox, order, truth.all_at_rest)
    truth.check_once(live_sandbox, order, [2, 3])
    mails = [m for m in live_sandbox.get("mail") if wishes.CONTACT["email"] in m["to"]]
    assert len(mails) == 1


@pytest.mark.full
def test_a_mail_server_that_hangs_up(shop: People, live_sandbox: LiveSandbox, house: House) -> None:
    """It has taken the mail all the same: what comes twice is recognised by its Message-ID."""
    break_it(live_sandbox, MAIL, kind="drop_after")
    order = place(shop)
    house.worker()
    follow(shop, live_sandbox, order, truth.all_at_rest)
    truth.check_once(live_sandbox, order, [2, 3])


@pytest.mark.full
@pytest.mark.parametrize("is_written", [False, True], ids=["before", "after"])
def test_a_worker_killed_while_it_changes_seats(
    shop: People, live_sandbox: LiveSandbox, house: House, run_journal: Any, is_written: bool
) -> None:
    order = place(shop)
    run_journal(skip_pauses=True)
    break_it(live_sandbox, SEATS, kind="hang", after=is_written)
    change_seats(shop, order)
    kill_in_the_middle(shop, live_sandbox, house, order, house.worker())
    assert order.tenant.subscriptions.filter(quantity=3).exists(), "not said before it is known"
    house.worker()
    follow(shop, live_sandbox, order, truth.all_at_rest)
    truth.check_once(live_sandbox, order, [2, 7])


@pytest.mark.full
@pytest.mark.parametrize("answer", LOST)
@pytest.mark.parametrize(("call", "times"), [(CUSTOMER, 1), (CHECKOUT, 2)])
def test_an_answer_that_is_lost(
    shop: People,
    live_sandbox: LiveSandbox,
    house: House,
    answer: str,
    call: dict[str, Any],
    times: int,
) -> None:
    break_it(live_sandbox, call, **LOST[answer], times=times)
    order = place(shop)
    house.worker()
    follow(shop, live_sandbox, order, truth.all_at_rest)
    assert is_broken(live_sandbox)
    truth.check_once(live_sandbox, order, [2, 3])


@pytest.mark.full
@pytest.mark.parametrize("answer", LOST)
def test_an_answer_to_a_change_of_seats_that_is_lost(
    shop: People, live_sandbox: LiveSandbox, house: House, run_journal: Any, answer: str
) -> None:
    order = place(shop)
    run_journal(skip_pauses=True)
    break_it(live_sandbox, SEATS, **LOST[answer], times=2)
    change_seats(shop, order)
    house.worker()
    follow(shop, live_sandbox, order, truth.all_at_rest)
    assert is_broken(live_sandbox)
    truth.check_once(live_sandbox, order, [2, 7])


def change_seats(shop: People, order: Order) -> None:
    """From three to seven."""
    three = Subscription.objects.get(tenant=order.tenant_id, quantity=3)
    subscriptions.change_seats(subscription=three, quantity=7, by=shop.user("manager").by)
