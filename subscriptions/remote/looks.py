"""Reading one subscription again: at the end of its term, or because somebody wants to know."""

from datetime import datetime
from functools import partial

from django.utils.translation import gettext_noop

from common.clock import microsoft_now
from common.errors import NotFound
from journal.models import Operation
from journal.work import Done, Wait, Work
from partnercenter import connect
from subscriptions import learning
from subscriptions.models import Status, Subscription
from subscriptions.remote.facts import facts_of
from subscriptions.remote.patch import look as read
from subscriptions.remote.patch import subscription_of

RENEWAL_PAUSE = 600
"""Seconds between two looks while Microsoft renews, which may take a day."""
RENEWING = gettext_noop("Microsoft is renewing the subscription.")


def look(work: Work) -> Done | Wait:
    """`subscription.look`: params `subscription`; waits while a term has ended and none begun."""
    subscription = subscription_of(work)
    at = microsoft_now()
    try:
        shown = read(connect(subscription.tenant.market), subscription)
    except NotFound:
        gone = {"status": Status.DELETED}
        return Done({"status": Status.DELETED}, lambda _op: subscription.show(as_of=at, **gone))
    ends = shown.commitment_end_at
    if shown.status == Status.ACTIVE and ends is not None and ends < at:
        return Wait(seconds=RENEWAL_PAUSE, text=RENEWING)
    return Done({"status": shown.status}, partial(_keep, subscription, facts_of(shown), at))


def _keep(
    subscription: Subscription, facts: learning.Facts, at: datetime, _operation: Operation
) -> None:
    learning.learn(subscription=subscription, facts=facts, as_of=at)
