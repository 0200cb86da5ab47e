"""A whole portal for stories: web, a worker, and the sandbox as a process."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils.timezone import now

from dnsconfig import services as dns
from journal import remote
from journal.models import Operation
from tests.orders import wishes
from tests.people import People
from tests.sandbox_fixture import LiveSandbox

OVH_KEYS = {
    "application_key": "sandboxAppKey001",
    "application_secret": "sandboxAppSecret0123456789abcdef0",
    "consumer_key": "sandboxConsumerKeyNorthwind0000001",
}


class Worker(threading.Thread):
    """Does what is due until it is told to stop; the broker is not needed for that."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()

    def run(self) -> None:
        try:
            while not self.ended.wait(0.05):
                for operation in list(Operation.objects.due(now()).order_by("pk")[:5]):
                    remote.perform(operation.pk)
        finally:
            connection.close()

    def stop(self) -> None:
        self.ended.set()
        self.join(20)


@pytest.fixture
def shop(
    transactional_db: None, people: People, live_sandbox: LiveSandbox, run_journal: Any
) -> People:
    """Northwind ready to sell: catalogue fetched, OVH zones connected."""
    account = people.northwind.account
    wishes.fetch_catalogue(account, run_journal)
    by = people.user("owner").by
    dns.add_connection(account=account, provider="ovh", label="OVH", keys=OVH_KEYS, by=by)
    run_journal(skip_pauses=True)
    return people


@pytest.fixture
def worker(shop: People) -> Iterator[Worker]:
    thread = Worker()
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def until() -> Callable[..., Any]:
    """`until(ask)`: the first true answer, within a bounded time."""

    def wait(ask: Callable[[], Any], *, seconds: float = 180, what: str = "") -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = ask()
            if answer:
                return answer
            time.sleep(0.1)
        rows = Operation.objects.in_progress().values_list("kind", "state", "error_text")
        pytest.fail(f"waited {seconds} s for {what or ask}; under way: {list(rows)}")

    return wait
