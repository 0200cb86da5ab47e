"""The doorbell: wakes a worker through Celery, and never fails loudly."""

import logging
import time
from collections.abc import Sequence
from typing import Any

from celery import current_app
from kombu import Queue
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

QUIET = 5.0
"""Seconds without ringing after the broker was away: the next callers need not wait for it too."""
_quiet_until = 0.0


def ring(operation_ids: Sequence[int]) -> None:
    """Ring for each; with the broker away the sweep will do it. At most about a second."""
    global _quiet_until
    for pk in operation_ids:
        if time.monotonic() < _quiet_until:
            return
        try:
            current_app.send_task("journal.tasks.work", kwargs={"operation_id": pk})
        except OperationalError:
            log.warning("the broker is away; operation %s waits for the sweep", pk)
            _quiet_until = time.monotonic() + QUIET


def unheard() -> int:
    """How many bells no worker has heard yet. Raises the broker's own errors when it is away."""
    queue = Queue(current_app.conf.task_default_queue)
    with current_app.connection_for_read() as connection, connection.channel() as channel:
        declared: Any = queue(channel).queue_declare()
        return int(declared.message_count)
