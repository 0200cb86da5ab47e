"""What the journal does to know how seats and spend go; nobody outside is asked."""

from common.clock import microsoft_now
from journal.models import Operation
from journal.work import Done, Work
from subscriptions import holdings


def count(_work: Work) -> Done:
    """`subscription.count_holdings`: what every service holds today."""
    return Done(write=_count)


def _count(_operation: Operation) -> None:
    holdings.count(day=microsoft_now().date())
