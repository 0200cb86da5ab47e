"""How a fault is played: carried out or not, answered late, wrongly or never."""

import errno
import time
from collections.abc import Callable
from dataclasses import dataclass

from werkzeug import Response

from sandbox.faults import Fault
from sandbox.refusals import fault_answer

PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


class Dropped(ConnectionResetError):
    """The connection is to be cut without an answer; the server does so."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "the sandbox dropped this connection")


@dataclass
class Played:
    """What happened to one call: the kind of fault, and the status it would have had."""

    kind: str | None
    done_status: int | None = None


def play(fault: Fault, service: str, act: Callable[[], Response], played: Played) -> Response:
    """Answer a call as the fault says; `act` carries it out.

    Raises:
        Dropped: no answer at all.
    """
    if fault.kind == "slow":
        time.sleep(fault.seconds)
    real = act() if fault.after else None
    played.done_status = real.status_code if real else None
    if fault.kind == "slow" and real:
        return real
    if fault.kind == "hang":
        time.sleep(fault.seconds)
    if fault.kind in ("hang", "drop_before", "drop_after"):
        raise Dropped
    if fault.kind == "html":
        return Response(
            PAGE.format(f"{fault.status} Bad Gateway"), fault.status, mimetype="text/html"
        )
    answer = fault_answer(service, fault.status, fault.retry_after)
    if fault.status in (429, 503) or fault.kind == "throttle":
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer
