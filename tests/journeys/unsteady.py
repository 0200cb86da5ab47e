"""What goes wrong on the way: broken answers, and workers that die in the middle of a call."""

import random
from typing import Any

import httpx

from sandbox.faults import Fault

WRITES = ("POST", "PATCH", "PUT", "DELETE")
CENTER = {"service": "partnercenter"}


class Killed(BaseException):
    """The worker is dead: nothing after this moment happens in it."""


class Unsteady(httpx.BaseTransport):
    """Passes calls on, but for those in which a worker is to die."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner = inner
        self._deaths: list[tuple[str, str]] = []

    def kill(self, method: str, moment: str) -> None:
        """The worker of the next call of this method dies `before` it was received or `after`."""
        self._deaths.append((method, moment))

    def heal(self) -> None:
        """Nobody dies any more."""
        self._deaths.clear()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        death = next((each for each in self._deaths if each[0] == request.method), None)
        if death is None or "/oauth2/" in request.url.path:
            return self._inner.handle_request(request)
        self._deaths.remove(death)
        if death[1] == "after":
            self._inner.handle_request(request).read()
        raise Killed


def trouble(rng: random.Random, world: Any, transport: Unsteady) -> str:
    """Order one fault or death for the next read or write, and say which."""
    method = rng.choice(["GET", "PATCH", "PATCH", "POST"])
    if rng.random() < 0.3:
        moment = rng.choice(["before", "after"])
        transport.kill(method, moment)
        return f"the worker dies {moment} a {method}"
    fault: dict[str, Any] = rng.choice(
        [
            {"kind": "status", "status": 500},
            {"kind": "status", "status": 503, "after": True},
            {"kind": "html"},
            {"kind": "html", "after": False},
            {"kind": "drop_before"},
            {"kind": "drop_after"},
            {"kind": "throttle", "retry_after": 1},
        ]
    )
    times = rng.choice([1, 1, 1, 2])
    world.faults.add(Fault.from_json({**CENTER, "method": method, "times": times, **fault}))
    return f"{method} answers {fault} {times}x"
