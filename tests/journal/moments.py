"""Turns of time that the tests do not wait for."""

from datetime import timedelta

from django.utils.timezone import now

from journal.models import Operation


def lease_lapses(operation: Operation) -> None:
    """Its worker has been silent for too long."""
    Operation.objects.filter(pk=operation.pk).update(lease_until=now() - timedelta(seconds=1))


def pause_ends(operation: Operation) -> None:
    Operation.objects.filter(pk=operation.pk).update(not_before=now())


def seconds_to_go(operation: Operation) -> float:
    operation.refresh_from_db()
    return (operation.not_before - now()).total_seconds()


def first_sent(operation: Operation, *, ago: timedelta) -> None:
    Operation.objects.filter(pk=operation.pk).update(first_sent_at=now() - ago)


def begun(operation: Operation, *, ago: timedelta) -> None:
    Operation.objects.filter(pk=operation.pk).update(started_at=now() - ago)
