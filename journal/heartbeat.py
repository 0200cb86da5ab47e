"""Keeps an operation ours while its handler waits for the network."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

from journal.models import Operation

log = logging.getLogger(__name__)

INTERVAL = 5.0
"""Seconds between two renewals; three fit into a lease."""
LONGEST = 900.0
"""Seconds after which a handler is taken to hang, and its operation is left to another worker."""


@contextmanager
def heartbeat(operation: Operation) -> Iterator[None]:
    """Renew the lease from a thread of its own."""
    ended = threading.Event()
    mine = Operation(pk=operation.pk, attempt=operation.attempt)
    thread = threading.Thread(target=_beat, args=(mine, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(INTERVAL)


def _beat(mine: Operation, ended: threading.Event) -> None:
    latest = time.monotonic() + LONGEST
    try:
        while not ended.wait(INTERVAL) and time.monotonic() < latest:
            if not _renew(mine):
                return
    finally:
        connection.close()


def _renew(mine: Operation) -> bool:
    """False when it is no longer ours; a database that is away for a moment is tried again."""
    try:
        return mine.renew_lease()
    except Error as error:
        log.warning("the lease of operation %s was not renewed: %s", mine.pk, error)
        connection.close()
        return True
