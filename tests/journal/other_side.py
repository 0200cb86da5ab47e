"""A remote system in memory that knows request ids, and the handlers that write to it."""

import itertools
import threading
from collections.abc import Callable
from typing import Any

from common.errors import Busy, OutcomeUnknown, Refused
from journal import services
from journal.models import NextActor, Operation
from journal.work import Done, Wait, Work


class Killed(BaseException):
    """The worker dies here: nothing after this line runs."""


class OtherSide:
    """Does each request id once. `plan` holds what happens to the next calls, then all is well.

    `lost`: done, the answer is lost; `dropped`: not done, nobody knows; `busy`; `refused`;
    `killed_before` and `killed_after` the effect; a callable is run while we wait for the answer.
    """

    def __init__(self) -> None:
        self.effects: dict[str, Any] = {}
        self.calls: list[tuple[str, Any]] = []
        self.plan: list[str | Callable[[], Any]] = []
        self.ready_after = 0
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def build(self, params: dict[str, Any]) -> dict[str, Any]:
        """A request that is different each time it is built."""
        return {**params, "nonce": next(self._numbers)}

    def send(self, body: Any, request_id: str) -> dict[str, Any]:
        with self._lock:
            self.calls.append((request_id, body))
            turn = self.plan.pop(0) if self.plan else "answer"
            if turn == "refused" and request_id in self.effects:
                turn = "answer"  # what it knows by this id it has done: the same answer again
        self._before(turn)
        with self._lock:
            self.effects.setdefault(request_id, body)
        if callable(turn):
            turn()
        elif turn == "lost":
            raise OutcomeUnknown("no answer", code="timeout")
        elif turn == "killed_after":
            raise Killed
        return {"body": self.effects[request_id]}

    def _before(self, turn: str | Callable[[], Any]) -> None:
        if turn == "killed_before":
            raise Killed
        if turn == "dropped":
            raise OutcomeUnknown("connection closed", code="connection")
        if turn == "busy":
            raise Busy("slow down", retry_after=7, code="429")
        if turn == "refused":
            raise Refused("The postal code is wrong.", code="2003", field="postal_code")


other_side = OtherSide()


def write(work: Work) -> Done:
    """One remote write, told of in an event."""
    body, request_id = work.request(lambda: other_side.build(work.params))
    return Done(result=other_side.send(body, request_id), write=_tell)


def write_badly(work: Work) -> Done:
    """The remote write succeeds, our own part of it breaks."""
    body, request_id = work.request(lambda: other_side.build(work.params))
    return Done(result=other_side.send(body, request_id), write=_break)


def poll(work: Work) -> Done | Wait:
    """Waits until the other side is ready."""
    if other_side.ready_after > 0:
        other_side.ready_after -= 1
        return Wait(seconds=5, actor=NextActor.CUSTOMER, text="The customer approves.")
    return Done()


def _tell(operation: Operation) -> None:
    services.record(
        kind="try.written", account_id=None, subject=operation.subject, operation=operation
    )


def _break(operation: Operation) -> None:
    _tell(operation)
    raise LookupError("our own mistake")
