"""Changes that will not be made: refused, taken back, or overtaken by time."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import now

from journal import services as journal
from journal.people import PORTAL, By
from subscriptions.models import Status, Subscription
from subscriptions.waiting.asked import LAPSED, WaitingChange, undecided
from subscriptions.waiting.telling import record, tell_asker

PATIENCE: Final = timedelta(days=30)
"""After that nobody remembers what it was for."""
STANDING: Final = (Status.ACTIVE, Status.SUSPENDED)


def end(
    *, waiting: WaitingChange, subscription: Subscription, kind: str, by: By, reason: str = ""
) -> bool:
    """Nothing comes of it; False when it is being worked on, or has ended already."""
    if not journal.cancel(operation=waiting.step, by=by, reason=reason):
        return False
    record(subscription, waiting, kind, by, reason=reason)
    if by != waiting.by:
        tell_asker(subscription, waiting, kind, by, reason)
    return True


def end_with(subscription: Subscription) -> None:
    """Where the subscription has ended, what waits on it ends too."""
    if subscription.status in STANDING:
        return
    waiting = WaitingChange.on(subscription)
    if waiting is not None:
        end(waiting=waiting, subscription=subscription, kind=LAPSED, by=PORTAL)


def end_stale() -> int:
    """Once a day: what nobody has decided for a month, or whose subscription is gone."""
    waiting = [WaitingChange(step) for step in undecided()]
    rows = Subscription.objects.select_related("tenant__account")
    named = rows.in_bulk([each.subscription_id for each in waiting])
    return sum(_end_if_stale(each, named[each.subscription_id]) for each in waiting)


@transaction.atomic
def _end_if_stale(waiting: WaitingChange, subscription: Subscription) -> bool:
    is_late = waiting.step.created_at < now() - PATIENCE
    if not is_late and subscription.status in STANDING:
        return False
    return end(waiting=waiting, subscription=subscription, kind=LAPSED, by=PORTAL)
