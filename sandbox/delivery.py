"""The thread that does what nobody asks for: delivers webhooks, lets time pass."""

from __future__ import annotations

import http.client
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sandbox.microsoft import watch, webhooks
from sandbox.microsoft.webhook_calls import is_loopback

if TYPE_CHECKING:
    from sandbox.world import World

PATIENCE = 10.0  # seconds for a receiver to answer
PAUSE = 0.1


class Courier(threading.Thread):
    """Runs until `stop`."""

    def __init__(self, world: World) -> None:
        super().__init__(name="courier", daemon=True)
        self._world, self._stopping = world, threading.Event()

    def run(self) -> None:
        """Look ten times a second."""
        while not self._stopping.wait(PAUSE):
            watch.settle(self._world)
            deliver_due(self._world)

    def stop(self) -> None:
        """End after the delivery that is under way."""
        self._stopping.set()


def deliver_due(world: World) -> int:
    """Deliver what is due, one after the other; how many attempts that were."""
    found = webhooks.due(world)
    for delivery in found:
        status, told = _send(delivery["url"], delivery["body"], webhooks.headers(world, delivery))
        webhooks.attempted(world, delivery["id"], status, told)
    return len(found)


def _send(url: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    """The receiver's status, or 0 and why there is none."""
    if not is_loopback(url):
        return 0, "the address is not on this machine"
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", target, body.encode(), headers)
        return connection.getresponse().status, ""
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error) or type(error).__name__
    finally:
        connection.close()
