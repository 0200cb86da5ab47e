"""A handler that is in the middle of its write for as long as the test wants."""

import time
from pathlib import Path

from journal import services
from journal.models import Operation
from journal.work import Done, Work


def slow(work: Work) -> Done:
    """Writes what it sends into the folder `params["place"]`; answers once `go` is there."""
    place = Path(work.params["place"])
    body, request_id = work.request(lambda: {"asked_at": time.time_ns()})
    with (place / "sent").open("a") as sent:
        sent.write(f"{request_id} {body}\n")
    while not (place / "go").exists():
        time.sleep(0.05)
    return Done(result={"by": work.operation.attempt}, write=_tell)


def _tell(operation: Operation) -> None:
    services.record(
        kind="try.written", account_id=None, subject=operation.subject, operation=operation
    )
