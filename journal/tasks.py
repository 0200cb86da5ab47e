"""Doorbells. They carry ids only; losing one does no harm, ringing twice neither."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import now

from journal import bell, pulse, remote
from journal.models import Operation

log = logging.getLogger(__name__)

SWEEP_AT_ONCE = 500
"""At most so many bells are rung, and unheard, at a time: more would only fill the broker."""


@shared_task
def work(*, operation_id: int) -> None:
    """Somebody rang for this operation."""
    remote.perform(operation_id)


@shared_task
def sweep() -> None:
    """Ring for everything that is due, whoever forgot to."""
    pulse.beat("sweep")
    room = SWEEP_AT_ONCE - bell.unheard()
    if room > 0:
        due = Operation.objects.due(now()).order_by("not_before").values_list("pk", flat=True)
        bell.ring(list(due[:room]))


@shared_task
def plan_daily() -> None:
    """Let every room write the operations that are due today; unique on (kind, day).

    One room that fails does not keep the others from it.
    """
    pulse.beat("plan_daily")
    for path in settings.JOURNAL_DAILY:
        try:
            import_string(path)()
        except Exception:
            log.exception("daily work %s was not planned", path)
