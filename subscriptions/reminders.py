"""Events of what is about to happen: a window that closes, a term for which nobody has chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from common.clock import microsoft_now
from journal import services as journal
from journal.models import Event
from subscriptions.contracts import batches
from subscriptions.models import Status, Subscription, has_window

CLOSING: Final = timedelta(hours=48)
ENDING: Final = timedelta(days=30)
WINDOW, RENEWAL = "subscription.window_closing", "subscription.renewal_near"


@dataclass(frozen=True)
class Reminder:
    subscription: Subscription
    kind: str
    until: datetime
    quantity: int


def remind() -> int:
    """Record each once, whoever else does the same at this moment. Returns how many are new."""
    found = list(_due(microsoft_now()))
    told = _told({each.subscription.key for each in found})
    return sum(_record(each) for each in found if _mark(each) not in told)


def _due(at: datetime) -> Iterator[Reminder]:
    active = Subscription.objects.filter(status=Status.ACTIVE).select_related("tenant")
    for row in active.filter(has_window(after=at, until=at + CLOSING)).order_by("pk"):
        for batch in batches(row):
            if at < batch.until <= at + CLOSING:
                yield Reminder(row, WINDOW, batch.until, batch.quantity)
    ending = active.filter(commitment_ends_at__gt=at, commitment_ends_at__lte=at + ENDING)
    for row in ending.filter(auto_renew=False, end_choice="").order_by("pk"):
        if row.commitment_ends_at is not None:
            yield Reminder(row, RENEWAL, row.commitment_ends_at, row.quantity)


def _mark(reminder: Reminder) -> tuple[str, str, str]:
    return (reminder.kind, reminder.subscription.key, reminder.until.isoformat())


def _told(subjects: set[str]) -> set[tuple[str, str, str]]:
    rows = Event.objects.filter(kind__in=[WINDOW, RENEWAL], subject__in=subjects)
    return {
        (row.kind, row.subject, str(row.data.get("until")))
        for row in rows.only("kind", "subject", "data")
    }


@transaction.atomic
def _record(reminder: Reminder) -> bool:
    """The subscription's row is the lock: two schedulers record one event."""
    row = reminder.subscription
    Subscription.objects.select_for_update().get(pk=row.pk)
    if _mark(reminder) in _told({row.key}):
        return False
    journal.record(
        kind=reminder.kind,
        account_id=row.tenant.account_id,
        subject=row.key,
        listed_under=row.tenant.key,
        data={
            "name": row.name,
            "quantity": reminder.quantity,
            "until": reminder.until.isoformat(),
        },
    )
    return True
